// KubeRay: its operators, and the CRDs of each minor version, out of the modules that the project publishes.
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildEnvironment, buildFlags, copyDefinitions, goModule, hasModule } from './go-module.ts';
import type { Job, Part, Run } from './part.ts';
import { definitions, kubeRayModule, type operators, sums } from './pins.ts';
import { readModuleError } from './refusal.ts';

/** The part of one operator. */
export const buildOperatorPart = (version: (typeof operators)[number]): Part =>
  hasModule(`kuberay-${version}`)
    ? goModule({
        name: `kuberay-${version}`,
        required: true,
        minutes: 5,
        holds: { 'KubeRay operator': kubeRayModule },
        executables: ['ray-operator'],
      })
    : servedOperator(version);

/** An operator without a folder of ours: Go makes the go.mod, and the checksum database stands for go.sum. */
const servedOperator = (version: (typeof operators)[number]): Part => ({
  name: `kuberay-${version}`,
  pin: `KubeRay operator ${version}`,
  tool: 'go',
  required: false,
  compiles: true,
  minutes: 6,
  sources: () => ({ module: `${kubeRayModule}@v${version}`, flags: buildFlags.join(' ') }),
  provides: ['bin/ray-operator'],
  async install({ directory, run }) {
    await downloadModule(run, version, directory);
    const cwd = join(directory, 'module');
    mkdirSync(cwd);
    const go = (...args: string[]): Promise<string> => run('go', args, { cwd, env: buildEnvironment });
    await go('mod', 'init', 'rayshield.io/lab/kuberay');
    await go('get', '-tool', `${kubeRayModule}@v${version}`);
    await go('build', ...buildFlags, '-ldflags', '-s -w', '-o', `${join(directory, 'bin')}/`, 'tool');
    rmSync(cwd, { recursive: true });
    return [];
  },
});

// Beside the project, on machines that have it.
const upstream = join(import.meta.dirname, '../../../../shared/upstream/kuberay');

const folderOfUpstream = (version: string): string => join(upstream, `v${version}`);

// Names and sizes: to read megabytes each time somebody asks for the part would be slow.
const describeUpstream = (version: string): string =>
  existsSync(folderOfUpstream(version))
    ? readdirSync(folderOfUpstream(version))
        .map((name) => `${name} ${statSync(join(folderOfUpstream(version), name)).size}`)
        .sort()
        .join(', ')
    : '';

/** The CRDs of all supported versions, `crds/<version>/*.yaml`: those that can be had. */
export const kubeRayDefinitions: Part = {
  name: 'kuberay-crds',
  pin: `KubeRay CRDs ${definitions.join(', ')}`,
  tool: 'go',
  required: true,
  compiles: false,
  minutes: 1,
  // A folder that appears beside the project later is a reason to look again.
  sources: () => ({
    modules: `${kubeRayModule} ${definitions.join(' ')} ${JSON.stringify(sums)}`,
    ...Object.fromEntries(definitions.map((version) => [version, describeUpstream(version)])),
  }),
  provides: ['crds'],
  async install(job) {
    const remarks = [];
    for (const version of definitions) remarks.push(...(await installDefinitionsOf(version, job)));
    if (!existsSync(join(job.directory, 'crds'))) throw new Error(remarks.join('; '));
    return remarks;
  },
};

async function installDefinitionsOf(version: string, { directory, run }: Job): Promise<string[]> {
  const target = join(directory, 'crds', version);
  try {
    copyDefinitions(join(await downloadModule(run, version, directory), 'config/crd/bases'), target);
    return [];
  } catch (failure) {
    if (existsSync(folderOfUpstream(version))) {
      copyDefinitions(folderOfUpstream(version), target);
      return [`the CRDs of ${version} are the copy beside the project; ${(failure as Error).message}`];
    }
    return [`the CRDs of ${version} are not to be had: ${(failure as Error).message}`];
  }
}

/** Where Go keeps the module, after downloading it and holding it against our own sum where we have one. */
async function downloadModule(run: Run, version: string, cwd: string): Promise<string> {
  const module = `${kubeRayModule}@v${version}`;
  const sum = sums[module];
  const env = sum === undefined ? {} : { GONOSUMDB: kubeRayModule };
  // In a folder without go.mod, so that no module of ours has a say.
  const answer = await run('go', ['mod', 'download', '-json', module], { cwd, env }).catch(
    (failure: Error & { stdout?: string }) => {
      throw readModuleError(failure.stdout) ?? failure;
    },
  );
  const downloaded = JSON.parse(answer) as { Dir: string; Sum: string };
  if (sum !== undefined && downloaded.Sum !== sum) throw new Error(`${module} is not what it was when it was pinned`);
  return downloaded.Dir;
}
