// Where else a schema has a field of some name, for the message about a field at the wrong place.
import type { FieldPath } from '../findings/finding.ts';

/**
 * The fields of a map, each with its own: a map, the name of a shared map, or 0 for a field without any. A list's name
 * ends in `[]`, and its fields are those of its items.
 */
export interface Fields {
  readonly [field: string]: Fields | string | 0;
}

/** The fields of a whole object under the empty name, and shared maps by name. */
export type FieldTable = Readonly<Record<string, Fields>>;

/** Enough to find the place that was meant; more would hide it. */
const shown = 3;

/** For each field name the maps that have such a field, as steps from the root. */
export type PlaceIndex = ReadonlyMap<string, readonly (readonly string[])[]>;

/** Walks a table once, for any number of names. */
export function indexPlaces(table: FieldTable): PlaceIndex {
  const index = new Map<string, (readonly string[])[]>();
  const walk = (fields: Fields, path: readonly string[]): void => {
    for (const [field, below] of Object.entries(fields)) {
      const name = field.replace(/\[\]$/, '');
      const known = index.get(name);
      if (known) known.push(path);
      else index.set(name, [path]);
      const inner = typeof below === 'string' ? table[below] : below;
      if (inner) walk(inner, [...path, field]);
    }
  };
  walk(table[''] ?? {}, []);
  return index;
}

/**
 * The maps that have a field `name`, as `spec.workerGroupSpecs[].template`: those that are nearest to the map at `from`, and
 * where `within` is given those below it alone.
 */
export function findPlaces(
  index: PlaceIndex,
  name: string,
  from: FieldPath,
  within: FieldPath = [],
): readonly string[] {
  const [start, root] = [foldIndices(from), foldIndices(within)];
  const known = (index.get(name) ?? []).filter((path) => root.every((step, depth) => path[depth] === step));
  const nearest = Math.min(...known.map((path) => distance(path, start)));
  return known
    .filter((path) => distance(path, start) === nearest)
    .slice(0, shown)
    .map((path) => path.join('.') || 'the root');
}

/** `['workerGroupSpecs', 0, 'template']` -> `['workerGroupSpecs[]', 'template']` */
function foldIndices(path: FieldPath): readonly string[] {
  const folded: string[] = [];
  for (const step of path) {
    if (typeof step === 'string') folded.push(step);
    else folded.push(`${folded.pop() ?? ''}[]`);
  }
  return folded;
}

/** Steps up from one place and down to the other. */
function distance(a: readonly string[], b: readonly string[]): number {
  let common = 0;
  while (common < a.length && common < b.length && a[common] === b[common]) common += 1;
  return a.length + b.length - 2 * common;
}
