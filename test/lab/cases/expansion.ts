// Every case that the API server is shown: the fixtures of fixtures/expand with their own settings, and KubeRay's samples with
// our fields put in, each expanded for one minor version of KubeRay.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { KubeRayVersion } from '../../../plugin/settings/settings.ts';
import { fixtures, inputOf, ioFor, listCases } from '../../support/case.ts';
import { run } from '../../support/run.ts';
import { type PrintedObject, readPrinted } from './printed.ts';
import { listSamples, readSample, sampleFlags } from './samples.ts';

export interface Case {
  readonly name: string;
  readonly flags: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Where it is run. */
  readonly folder: string;
  /** The file or folder to expand, where it is not the text. */
  readonly path?: string;
  readonly text: string;
}

export interface Expansion {
  readonly name: string;
  readonly printed: readonly PrintedObject[];
  /** The codes of the errors where it was refused. */
  readonly refused: readonly string[];
}

function readFixture(name: string): Case {
  const folder = join(fixtures, 'expand', name);
  const env = existsSync(join(folder, 'settings.yaml')) ? { RAYSHIELD_PLATFORM: 'settings.yaml' } : {};
  const input = inputOf(folder);
  const base = { name, flags: [], env, folder };
  if (statSync(join(folder, input)).isDirectory()) return { ...base, path: input, text: '' };
  return { ...base, text: readFileSync(join(folder, input), 'utf8') };
}

/** The fixtures, then the samples where they can be had. */
export const listAllCases = (): Case[] => [
  ...listCases('expand').map(readFixture),
  ...listSamples().map((path) => ({
    name: path,
    flags: sampleFlags,
    env: {},
    folder: fixtures,
    text: readSample(path),
  })),
];

// KubeRay has the field from 1.6 on; with an older one a user would not have written it.
const upgradeStrategy = /^( +)upgradeStrategy: *(?:\{.*\}|\r?\n\1 +type: *\S+) *\r?\n/gm;

/** The text as a user of that version would have it. */
export const textFor = (version: KubeRayVersion, text: string): string =>
  version < '1.6' ? text.replace(upgradeStrategy, '') : text;

/** What rayshield prints of a case, or says against it, for that version of KubeRay. */
export async function expandCase(one: Case, version: KubeRayVersion): Promise<Expansion> {
  const argv = ['expand', `--kuberay-version=${version}`, ...one.flags, ...(one.path === undefined ? [] : [one.path])];
  const { exitCode, stdout, stderr } = await run(argv, ioFor(one.folder, one.env, textFor(version, one.text)), '0.0.0');
  if (exitCode === 0) return { name: one.name, printed: readPrinted(stdout), refused: [] };
  const codes = [...stderr.matchAll(/: error ([A-Z_]+) /g)].map(([, code = '']) => code);
  if (codes.length === 0) throw new Error(`${one.name}: exit ${exitCode}: ${stderr}`);
  return { name: one.name, printed: [], refused: [...new Set(codes)].sort() };
}
