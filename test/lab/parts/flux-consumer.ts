// What consumes artifacts in Flux: its fetcher and untar as a small program, and the CRDs of its sources, out of the module that
// source-controller is published as.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { copyDefinitions, goModule } from './go-module.ts';
import type { Part } from './part.ts';
import { readModuleError } from './refusal.ts';

/** Of Flux 2.9. */
const sourceController = 'github.com/fluxcd/source-controller@v1.9.6';

const program = goModule({
  name: 'flux-consumer',
  minutes: 2,
  holds: { "Flux's fetch": 'github.com/fluxcd/pkg/http/fetch', 'and tar': 'github.com/fluxcd/pkg/tar' },
  executables: [],
});

export const fluxConsumer: Part = {
  ...program,
  pin: `${program.pin}, CRDs of source-controller ${sourceController.split('@v')[1]}`,
  sources: () => ({ ...program.sources(), definitions: sourceController }),
  provides: [...program.provides, 'crds'],
  async install(job) {
    const remarks = await program.install(job);
    // In a folder without go.mod, so that no module of ours has a say.
    const answer = await job
      .run('go', ['mod', 'download', '-json', sourceController], { cwd: job.directory })
      .catch((failure: Error & { stdout?: string }) => {
        throw readModuleError(failure.stdout) ?? failure;
      });
    const folder = join((JSON.parse(answer) as { Dir: string }).Dir, 'config/crd/bases');
    mkdirSync(join(job.directory, 'crds'), { recursive: true });
    copyDefinitions(folder, join(job.directory, 'crds'));
    return remarks;
  },
};
