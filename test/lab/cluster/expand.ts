// What a user gets from `rayshield expand`: the built command, run as a process on standard input.
import { join } from 'node:path';
import { execa } from 'execa';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from './api.ts';

const command = join(import.meta.dirname, '../../../dist/rayshield.cjs');

export type Flags = Readonly<Record<string, string | number | boolean>>;

export interface Expansion {
  readonly text: string;
  /** What was said on standard error. */
  readonly said: string;
}

const flagsOf = (flags: Flags): string[] => Object.entries(flags).map(([name, value]) => `--${name}=${value}`);

/**
 * Expands manifests as a user would.
 * @param flags names without the leading dashes.
 * @throws where rayshield refuses; the message holds what it said.
 */
export async function expandManifests(manifests: string, flags: Flags = {}): Promise<Expansion> {
  const { stdout, stderr } = await execa(process.execPath, [command, 'expand', '-', ...flagsOf(flags)], {
    input: manifests,
    stripFinalNewline: false,
    maxBuffer: 64 * 1024 * 1024,
  });
  return { text: stdout, said: stderr };
}

/** The same, in objects; empty documents are left out. */
export const expandObjects = async (manifests: string, flags: Flags = {}): Promise<KubernetesObject[]> =>
  readObjects((await expandManifests(manifests, flags)).text);

/** The objects of a stream of YAML documents; the items of a List stand for it. */
export const readObjects = (text: string): KubernetesObject[] =>
  parseAllDocuments(text)
    .map((document) => document.toJS() as (KubernetesObject & { items?: KubernetesObject[] }) | null)
    .flatMap((object) => (object === null ? [] : object.kind === 'List' ? (object.items ?? []) : [object]));
