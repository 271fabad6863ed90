// Flux: small programs over its own libraries, and the CRDs of its controllers out of the modules that the project publishes. Its
// controllers themselves need registries and Git servers, and are not run here.
import { join } from 'node:path';
import { buildEnvironment, copyDefinitions, goModule } from './go-module.ts';
import type { Part } from './part.ts';
import { fluxControllers } from './pins.ts';
import { readModuleError } from './refusal.ts';

const programs = goModule({
  name: 'flux',
  minutes: 3,
  holds: { 'Flux packages tar': 'github.com/fluxcd/pkg/tar', envsubst: 'github.com/fluxcd/pkg/envsubst' },
  executables: [],
});

const modules = Object.entries(fluxControllers).map(
  ([name, { version, sum }]) => [`github.com/fluxcd/${name}@v${version}`, sum] as const,
);

export const fluxPart: Part = {
  ...programs,
  pin: `${programs.pin}, CRDs of ${modules.map(([module]) => module).join(', ')}`,
  sources: () => ({ ...programs.sources(), modules: JSON.stringify(modules) }),
  provides: [...programs.provides, 'crds'],
  async install(job) {
    const remarks = await programs.install(job);
    for (const [module, sum] of modules) {
      const answer = await job
        .run('go', ['mod', 'download', '-json', module], { cwd: job.directory, env: buildEnvironment })
        .catch((failure: Error & { stdout?: string }) => {
          throw readModuleError(failure.stdout) ?? failure;
        });
      const downloaded = JSON.parse(answer) as { Dir: string; Sum: string };
      if (downloaded.Sum !== sum) throw new Error(`${module} is not what it was when it was pinned`);
      copyDefinitions(join(downloaded.Dir, 'config/crd/bases'), join(job.directory, 'crds'));
    }
    return remarks;
  },
};
