// The objects that stand beside Ray's in an input: a policy or an issuer can undo what is asked for. A kind is read where
// a rule asks for it, and no document of other kinds is.
import type { KubernetesObject, Manifest } from './manifest.ts';
import { readResources } from './mention.ts';
import { positionOf } from './position.ts';

const kinds = [
  'ClusterIssuer',
  'ConfigMap',
  'GRPCRoute',
  'HTTPRoute',
  'Ingress',
  'Issuer',
  'NetworkPolicy',
  'RayJob',
  'Route',
  'Secret',
  'Service',
  'ServiceAccount',
  'TCPRoute',
  'TLSRoute',
] as const;

type NeighbourKind = (typeof kinds)[number];

/** An object as its author wrote it: nothing of its body has been checked but apiVersion, kind and that metadata is a map. */
export interface Neighbour {
  readonly body: KubernetesObject;
  readonly name: string;
  /** Its own, else the caller's; empty where neither gives one. */
  readonly namespace: string;
  /** As `file:line:column`. */
  readonly place: string;
}

/** All objects of a kind in input order; with a `sign` only those of documents whose text has it. */
export type Neighbours = (kind: NeighbourKind, sign?: RegExp) => readonly Neighbour[];

/** The objects beside Ray's. Texts are searched once, and a document is read once for each kind and sign that are asked for. */
export function findNeighbours(manifests: readonly Manifest[], callerNamespace: string): Neighbours {
  let byKind: ReadonlyMap<string, readonly Manifest[]> | undefined;
  const known = new Map<string, readonly Neighbour[]>();
  return (kind, sign) => {
    const key = `${kind} ${sign?.source ?? ''}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    byKind ??= sortByKind(manifests);
    const documents = (byKind.get(kind) ?? []).filter(({ text }) => sign === undefined || sign.test(text));
    const read = documents.flatMap((document) => readKind(document, kind, callerNamespace));
    known.set(key, read);
    return read;
  };
}

function sortByKind(manifests: readonly Manifest[]): Map<string, Manifest[]> {
  const sorted = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    const named = new Set([...manifest.text.matchAll(kindLine)].map(([, kind = '']) => kind));
    for (const kind of named) {
      const documents = sorted.get(kind) ?? [];
      documents.push(manifest);
      sorted.set(kind, documents);
    }
  }
  return sorted;
}

// Also that of an item of a List, in JSON, behind an anchor or a tag, and on the next line.
const kindLine = new RegExp(`kind["']?\\s*:\\s*(?:[&!]\\S*\\s+)*["']?(${kinds.join('|')})(?:List)?\\b`, 'g');

const readKind = (document: Manifest, kind: NeighbourKind, callerNamespace: string): Neighbour[] =>
  readResources(document)
    .filter(({ body }) => body.kind === kind)
    .map(({ manifest, path, body }) => {
      const { file, line, column } = positionOf(manifest, [...path, 'metadata', 'name']);
      const { name, namespace } = body.metadata;
      return {
        body,
        name: typeof name === 'string' ? name : '',
        namespace: typeof namespace === 'string' ? namespace : callerNamespace,
        place: `${file}:${line}:${column}`,
      };
    });
