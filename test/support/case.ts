// A case is a folder under fixtures/: input, perhaps settings.yaml (read as the platform file), what is expected, and one
// line in README.md that says why it exists. `UPDATE=1` writes what came out as the expectation: read it before you commit.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  makeFluxControllerLoader,
  makeHelpLoader,
  makePrintDiffLoader,
  makeRunChildLoader,
  makeValidatorLoader,
} from '../../plugin/fronts/loaded.ts';
import { type Ran, run } from './run.ts';

const require = createRequire(import.meta.url);

/** What the build has made. */
const load = (file: string): unknown => require(`../../dist/${file}`);
const loadValidator = makeValidatorLoader(load);

export const fixtures = join(import.meta.dirname, '../../fixtures');

/** The names of the cases of a kind. */
export const listCases = (kind: 'expand' | 'refuse' | 'validate'): string[] =>
  readdirSync(join(fixtures, kind), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

/** The name of a case's input: a file `input.*`, or the folder `input`. */
export function inputOf(folder: string): string {
  const name = readdirSync(folder).find((entry) => entry === 'input' || entry.startsWith('input.'));
  if (name === undefined) throw new Error(`${folder} has no input`);
  return name;
}

/** Runs the expand verb in a case's folder, as a user would there. */
export const runCase = (folder: string): Promise<Ran> => runIn(folder, ['expand', inputOf(folder)]);

/** Runs a command line in a case's folder. */
export function runIn(folder: string, argv: readonly string[]): Promise<Ran> {
  const env = existsSync(join(folder, 'settings.yaml')) ? { RAYSHIELD_PLATFORM: 'settings.yaml' } : {};
  return run(argv, ioFor(folder, env), '0.0.0');
}

/** What main would hand over, without a process. */
export const ioFor = (cwd: string, env: Record<string, string> = {}, stdin = ''): Parameters<typeof run>[1] => ({
  env,
  cwd,
  isTerminal: () => Promise.resolve(false),
  isOutputTerminal: () => Promise.resolve(false),
  readStdin: () => Promise.resolve(Buffer.from(stdin)),
  elapsed: () => 0,
  loadValidator,
  loadRunChild: makeRunChildLoader(load, process),
  loadFluxController: makeFluxControllerLoader(load, process),
  loadHelp: makeHelpLoader(load),
  loadPrintDiff: makePrintDiffLoader(load),
});

/**
 * What `file` of a case should hold, or an empty text where there is none. With UPDATE=1 the file is first made to hold
 * `actual`; on a miss `actual` is left beside it as `got.*`.
 */
export function expectation(folder: string, file: string, actual: string): string {
  const path = join(folder, file);
  const got = join(folder, file.replace(/^expected(?:-findings)?|^findings/, 'got'));
  if (process.env['UPDATE'] === '1') {
    if (actual === '') rmSync(path, { force: true });
    else writeFileSync(path, actual);
  }
  const expected = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (actual === expected) rmSync(got, { force: true });
  else writeFileSync(got, actual);
  return expected;
}
