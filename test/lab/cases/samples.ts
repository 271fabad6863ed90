// KubeRay's samples with our fields put in, as a user would add them: each Ray cluster spec gets networkIsolation and
// tlsOptions where it has neither them nor KubeRay's own networkPolicy. The samples are upstream's files: they are read where
// the session has them and never become ours.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, isMap, isScalar, parseAllDocuments } from 'yaml';
import { isRayKind, rayKinds } from '../../../plugin/ray/kinds.ts';

const upstream = join(import.meta.dirname, '../../../../shared/upstream');
const folders = ['samples', 'samples-pr4566'].map((name) => join(upstream, name));

/** What is said of a test that leaves the samples out. */
export const withoutSamples = '(skipped, the samples are not beside the project)';

/** Whether a case is a sample. */
export const isSample = ({ name }: { readonly name: string }): boolean => name.startsWith('samples');

export const haveSamples = folders.every((folder) => existsSync(folder));

/** The flags that a sample needs beside its own text: it names no namespace, and some scale by themselves. */
export const sampleFlags = [
  '--namespace=ml',
  '--operator-namespace=kuberay-system',
  '--api-server=10.0.0.1:6443',
] as const;

const listFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => join(entry.parentPath, entry.name));

/** The paths of all samples, below the folder of upstream files, in the order of their names. */
export const listSamples = (): string[] =>
  haveSamples
    ? folders.flatMap((folder) => listFiles(folder).sort()).map((path) => path.slice(upstream.length + 1))
    : [];

/** Lines to put before the first field of a document's Ray cluster spec, and where that is. */
function findInsertion(text: string, document: Document): { readonly at: number; readonly lines: string } | undefined {
  const kind = document.get('kind');
  const spec = typeof kind === 'string' && isRayKind(kind) ? document.getIn(rayKinds[kind].specPath) : undefined;
  const first = isMap(spec) ? spec.items[0]?.key : undefined;
  if (!isMap(spec) || !isScalar(first) || !first.range) return undefined;
  const at = first.range[0];
  const indent = ' '.repeat(at - text.lastIndexOf('\n', at) - 1);
  const fields = [
    ...(spec.has('networkIsolation') || spec.has('networkPolicy') ? [] : ['networkIsolation: {mode: denyAll}']),
    ...(spec.has('tlsOptions') ? [] : ['tlsOptions: {mode: mTLS}']),
  ];
  return { at, lines: fields.map((field) => `${field}\n${indent}`).join('') };
}

/** The text of a sample after our fields were put in; all else stands as it did. */
export function readSample(path: string): string {
  const text = readFileSync(join(upstream, path), 'utf8');
  return [...parseAllDocuments(text)]
    .flatMap((document) => findInsertion(text, document) ?? [])
    .reduceRight((done, { at, lines }) => done.slice(0, at) + lines + done.slice(at), text);
}
