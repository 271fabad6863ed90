// Parts that are programs in Go, built from the modules in test/lab/go: the packages of the module itself and what its
// go.mod names as tools. go.sum pins every byte of it (https://go.dev/ref/mod#go-sum-files).
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFolder } from './key.ts';
import type { Job, Part, PartName } from './part.ts';

const folderOfModule = (name: string): string => join(import.meta.dirname, '../go', name);

export const hasModule = (name: string): boolean => existsSync(folderOfModule(name));

/** No C compiler is needed, no path of this machine gets into a program, and no outer workspace or repository counts. */
export const buildEnvironment = { CGO_ENABLED: '0', GOWORK: 'off' };

export const buildFlags = ['-trimpath', '-buildvcs=false', '-mod=readonly'];

const strip = '-s -w';

/** The version of a module in a go.mod, without its `v`. */
export function findVersion(goMod: string, module: string): string {
  const required = goMod.split('\n').map((line) =>
    line
      .trim()
      .replace(/^require /, '')
      .split(' '),
  );
  const version = required.find(([name]) => name === module)?.[1];
  if (version === undefined) throw new Error(`go.mod does not require ${module}`);
  return version.replace(/^v/, '');
}

interface GoModule {
  readonly name: PartName;
  readonly minutes: number;
  readonly required?: boolean;
  /** What people call it, and the module that has its version. */
  readonly holds: Readonly<Record<string, string>>;
  /** The programs that its tools make; its own packages make one of their name each. */
  readonly executables: readonly string[];
  /** Variables of Go packages to set when linking, and the module whose version they take. */
  readonly stamps?: Readonly<Record<string, string>>;
  /** A folder of YAML files in a module, to be copied to `crds`. */
  readonly definitions?: { readonly module: string; readonly folder: string };
}

/** A part that is built from the folder of its name. */
export function goModule(module: GoModule): Part {
  const folder = folderOfModule(module.name);
  const goMod = readFileSync(join(folder, 'go.mod'), 'utf8');
  const stamps = Object.entries(module.stamps ?? {}).map(
    ([variable, path]) => `-X ${variable}=v${findVersion(goMod, path)}`,
  );
  const ldflags = [strip, ...stamps].join(' ');
  const packages = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const patterns = packages.length > 0 ? ['./...', 'tool'] : ['tool'];
  return {
    name: module.name,
    pin: Object.entries(module.holds)
      .map(([title, path]) => `${title} ${findVersion(goMod, path)}`)
      .join(', '),
    tool: 'go',
    required: module.required ?? false,
    compiles: true,
    minutes: module.minutes,
    sources: () => ({ ...readFolder(folder), 'build flags': [...buildFlags, ldflags].join(' ') }),
    provides: [
      ...[...packages.map(({ name }) => name), ...module.executables].map((name) => `bin/${name}`),
      ...(module.definitions === undefined ? [] : ['crds']),
    ],
    async install({ directory, run }: Job) {
      const [cwd, env] = [folder, buildEnvironment];
      await run('go', ['build', ...buildFlags, '-ldflags', ldflags, '-o', `${join(directory, 'bin')}/`, ...patterns], {
        cwd,
        env,
      });
      if (module.definitions !== undefined) {
        const source = await run('go', ['list', '-m', '-f', '{{.Dir}}', module.definitions.module], { cwd, env });
        copyDefinitions(join(source.trim(), module.definitions.folder), join(directory, 'crds'));
      }
      return [];
    },
  };
}

/** Copies the YAML files of a folder; the module cache is read-only, the copies are not. */
export function copyDefinitions(source: string, target: string): void {
  const files = readdirSync(source).filter((name) => name.endsWith('.yaml'));
  if (files.length === 0) throw new Error('the module has no CustomResourceDefinitions where they were');
  for (const name of files) cpSync(join(source, name), join(target, name), { mode: 0 });
}
