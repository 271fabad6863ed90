// What `expand` prints for the cases of fixtures/expand and for the examples, as objects that a test can damage, and what
// `validate --expanded` says of them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../plugin/manifests/manifest.ts';
import { printYAML } from '../../plugin/manifests/print-yaml.ts';
import { readManifests } from '../../plugin/manifests/read.ts';
import { validate } from '../../plugin/validate.ts';
import { fixtures, ioFor, listCases } from './case.ts';
import { run } from './run.ts';
import { makeSettings } from './settings.ts';

const { loadValidator } = ioFor('/');
const examples = join(fixtures, '../deploy/examples');

/** The printed text of every case and example, by name. */
export async function listStreams(): Promise<ReadonlyMap<string, string>> {
  const streams = new Map<string, string>();
  for (const name of listCases('expand')) {
    const folder = join(fixtures, 'expand', name);
    const file = readdirSync(folder).find((entry) => /^expected\.(yaml|json)$/.test(entry));
    if (file !== undefined) streams.set(name, readFileSync(join(folder, file), 'utf8'));
  }
  for (const name of readdirSync(examples)) {
    const argv = ['expand', name, '--operator-namespace', 'kuberay-operator'];
    streams.set(name, (await run(argv, ioFor(examples), '0.0.0')).stdout);
  }
  return streams;
}

type Item = KubernetesObject & { readonly items?: readonly Item[] };

const unfold = (item: Item): readonly KubernetesObject[] =>
  item.kind === 'List' ? (item.items ?? []).flatMap(unfold) : [item];

/** The objects of a stream, those of Lists each. */
export const readObjects = (text: string): readonly KubernetesObject[] =>
  [...parseAllDocuments(text, { version: '1.1' })].flatMap((document) => {
    const value = document.toJS() as Item | null;
    return value === null ? [] : unfold(value);
  });

/** `severity CODE` of what is found in a stream. */
export function judge(text: string): string[] {
  const settings = makeSettings();
  const { manifests } = readManifests({ file: 'stream.yaml', text }, settings);
  const { findings } = validate(manifests, { settings, loadValidator, allKinds: false, isExpanded: true });
  return findings.map(({ severity, code }) => `${severity} ${code}`);
}

export const judgeObjects = (objects: readonly KubernetesObject[]): string[] =>
  judge(objects.map((object) => printYAML(object)).join('---\n'));
