// The objects of a document: itself, or the items of a `kind: List`, which kubectl and Argo CD apply one by one.
// Other list kinds (RayClusterList) are what a server answers, not what is applied, and are not unfolded.
import type { FieldPath } from '../findings/finding.ts';
import type { KubernetesObject, Manifest, Resource } from './manifest.ts';

type Map = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Map => typeof value === 'object' && value !== null && !Array.isArray(value);

const isList = (value: Map): value is Map & { readonly items: readonly unknown[] } =>
  value['apiVersion'] === 'v1' && value['kind'] === 'List' && Array.isArray(value['items']);

const isAnyList = (value: Map): value is Map & { readonly items: readonly unknown[] } =>
  String(value['kind']).endsWith('List') && Array.isArray(value['items']);

/** Whether a value is a Kubernetes object as far as it can be told from itself: apiVersion, kind and a metadata map. */
const isObject = (value: unknown): value is KubernetesObject =>
  isMap(value) &&
  typeof value['apiVersion'] === 'string' &&
  typeof value['kind'] === 'string' &&
  isMap(value['metadata']);

/** The Kubernetes objects of a read document in order; none where it was not read or holds none. */
export function findResources(manifest: Manifest): Resource[] {
  return manifest.content === undefined ? [] : collect(manifest, manifest.content.value, [], isList);
}

/** The same of documents of others, of which kubectl and Argo CD apply the items of a `NetworkPolicyList` too. */
export function findApplied(manifest: Manifest): Resource[] {
  return manifest.content === undefined ? [] : collect(manifest, manifest.content.value, [], isAnyList);
}

function collect(manifest: Manifest, value: unknown, path: FieldPath, holdsItems: typeof isList): Resource[] {
  if (!isMap(value)) return [];
  if (holdsItems(value)) {
    return value.items.flatMap((item, index) => collect(manifest, item, [...path, 'items', index], holdsItems));
  }
  return isObject(value) ? [{ manifest, path, body: value }] : [];
}

/** What stands where an object should, and lacks what makes one; as far as it can be told, in the form of a Resource. */
export interface Incomplete {
  readonly resource: Resource;
  readonly lacks: readonly ('apiVersion' | 'kind' | 'metadata')[];
  /** The keys that it has. */
  readonly keys: readonly string[];
}

/** The incomplete objects of a read document in order: the document itself, or items of a `kind: List`. */
export function findIncomplete(manifest: Manifest): Incomplete[] {
  return manifest.content === undefined ? [] : collectIncomplete(manifest, manifest.content.value, []);
}

function collectIncomplete(manifest: Manifest, value: unknown, path: FieldPath): Incomplete[] {
  if (isMap(value) && isList(value)) {
    return value.items.flatMap((item, index) => collectIncomplete(manifest, item, [...path, 'items', index]));
  }
  if (isObject(value)) return [];
  const { apiVersion, kind, metadata } = isMap(value) ? value : {};
  const body = { apiVersion: textOf(apiVersion), kind: textOf(kind) || 'object', metadata: {} };
  const lacks = [
    ...(textOf(apiVersion) === '' ? (['apiVersion'] as const) : []),
    ...(textOf(kind) === '' ? (['kind'] as const) : []),
    ...(isMap(metadata) ? [] : (['metadata'] as const)),
  ];
  return [{ resource: { manifest, path, body }, lacks, keys: isMap(value) ? Object.keys(value) : [] }];
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What takes an object's place: new objects right before it, and its own new form. */
export interface Replacement {
  readonly resource: Resource;
  readonly before: readonly KubernetesObject[];
  readonly body: KubernetesObject;
}

/** A List's value with objects replaced and new items put in before them, at any depth of nested Lists. */
export function replaceItems(value: unknown, replacements: readonly Replacement[]): unknown {
  return replaceIn(value, new Map(replacements.map((one) => [one.resource.path.join(), one])), []);
}

function replaceIn(value: unknown, replacements: ReadonlyMap<string, Replacement>, path: FieldPath): unknown {
  if (!isMap(value) || !isList(value)) return value;
  const items = value.items.flatMap((item, index): unknown[] => {
    const at = [...path, 'items', index];
    const found = replacements.get(at.join());
    return found === undefined ? [replaceIn(item, replacements, at)] : [...found.before, found.body];
  });
  return { ...value, items };
}
