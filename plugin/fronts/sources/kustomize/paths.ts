// The paths that a kustomization, or the configuration of a transformer, names: by the fields that hold paths, at any depth.
// https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/
import type { FieldPath } from '../../../findings/finding.ts';

export interface NamedPath {
  readonly path: string;
  readonly field: FieldPath;
  /** What kustomize does with it. */
  readonly as: 'file' | 'resource' | 'configuration';
}

// In lower case: Go's JSON decoder, by which kustomize reads, takes a key in any case.
const fields: Readonly<Record<string, NamedPath['as']>> = {
  resources: 'resource',
  bases: 'resource',
  components: 'resource',
  generators: 'configuration',
  transformers: 'configuration',
  validators: 'configuration',
  crds: 'file',
  configurations: 'file',
  patchesstrategicmerge: 'file',
  patchesjson6902: 'file',
  path: 'file',
  paths: 'file',
  files: 'file',
  env: 'file',
  envs: 'file',
  repo: 'file',
  valuesfile: 'file',
  additionalvaluesfiles: 'file',
  charthome: 'file',
  confighome: 'file',
  chartrepourl: 'file',
};
// What holds the user's own words, or places in objects.
const free = [
  'labels',
  'commonlabels',
  'commonannotations',
  'metadata',
  'literals',
  'valuesinline',
  'options',
  'target',
  'fieldspecs',
];

// It takes U+017F for an s and U+212A for a k as well: https://pkg.go.dev/encoding/json#Unmarshal
const folded = (key: string): string => key.toUpperCase().toLowerCase();

/** All of them, in order. */
export function findPaths(value: unknown, field: FieldPath = []): NamedPath[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]): NamedPath[] => {
    const at = [...field, Array.isArray(value) ? Number(key) : key];
    if (free.includes(folded(key))) return [];
    const as = Array.isArray(value) ? fieldOf(field) : fieldAt(key, field);
    if (typeof child !== 'string') return findPaths(child, at);
    // An inline patch or configuration is no path.
    return as === undefined || child.includes('\n') ? [] : [{ path: withoutKey(child, at), field: at, as }];
  });
}

/** The name of a chart is a path below the folder of charts too. */
const fieldAt = (key: string, field: FieldPath): NamedPath['as'] | undefined =>
  folded(key) === 'name' && folded(String(field[0])) === 'helmcharts' ? 'file' : fields[folded(key)];

const fieldOf = (field: FieldPath): NamedPath['as'] | undefined => {
  const name = field.at(-1);
  return typeof name === 'string' ? fields[folded(name)] : undefined;
};

/** `files` of a generator are written `name=path` too. */
const withoutKey = (text: string, field: FieldPath): string =>
  field.some((step) => folded(String(step)) === 'files') && /^[^/=]+=/.test(text)
    ? text.slice(text.indexOf('=') + 1)
    : text;

/** Configurations that stand in the kustomization itself, as text. */
export function findInline(value: unknown): { readonly text: string; readonly field: FieldPath }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, list]) => {
    if (fields[folded(name)] !== 'configuration' || !Array.isArray(list)) return [];
    return list.flatMap((text: unknown, index) =>
      typeof text === 'string' && text.includes('\n') ? [{ text, field: [name, index] }] : [],
    );
  });
}
