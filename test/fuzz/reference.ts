// A reading of a stream that shares nothing with plugin/manifests: the package `yaml`, set to YAML 1.1 without the types that
// Kubernetes' reader lacks (sigs.k8s.io/yaml knows no times, sets or binary in the JSON that it makes).
import { parseAllDocuments, type Tags } from 'yaml';

/** Stands for a number that is not exact in every reader. */
export const inexact: unique symbol = Symbol('inexact');

export type Tree = Readonly<Record<string, unknown>>;

export const isMap = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const unknownToKubernetes = /:(binary|omap|pairs|set|timestamp)$/;

const knownTags = (tags: Tags): Tags =>
  tags.filter((tag) => typeof tag === 'string' || !(unknownToKubernetes.test(tag.tag) || tag.format === 'TIME'));

export interface ReferenceDocument {
  /** Undefined where the document cannot be read. */
  readonly value: unknown;
}

/** The documents of a stream. */
export function readReference(text: string): ReferenceDocument[] {
  // That reader skips a byte order mark at the head of each document.
  const documents = parseAllDocuments(text.replaceAll(/(?<=^---[^\n]*\n)\uFEFF/gm, ''), {
    version: '1.1',
    merge: true,
    uniqueKeys: false,
    intAsBigInt: true,
    logLevel: 'silent',
    customTags: knownTags,
  });
  return documents.map((document) => ({ value: document.errors.length > 0 ? undefined : toValue(document) }));
}

function toValue(document: { toJS: (options: { maxAliasCount: number }) => unknown }): unknown {
  try {
    return exact(document.toJS({ maxAliasCount: 10_000 }), new Set());
  } catch {
    // An alias without its anchor, or aliases without an end.
    return undefined;
  }
}

function exact(value: unknown, open: Set<unknown>): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : inexact;
  if (typeof value === 'number') return Number.isFinite(value) && Math.abs(value) < 2 ** 53 ? value : inexact;
  if (typeof value !== 'object' || value === null) return value;
  if (open.has(value)) throw new Error('a value stands in itself');
  open.add(value);
  const made = Array.isArray(value)
    ? value.map((item) => exact(item, open))
    : Object.fromEntries(Object.entries(value).map(([key, child]) => [key, exact(child, open)]));
  open.delete(value);
  return made;
}

/** The objects of a document: itself, or the items of a List. */
export const unfold = (value: unknown): Tree[] => {
  if (!isMap(value)) return [];
  const { apiVersion, kind, items } = value;
  return apiVersion === 'v1' && kind === 'List' && Array.isArray(items) ? items.flatMap(unfold) : [value];
};
