// Changing one place of a value without touching the original.
import type { FieldPath } from '../findings/finding.ts';

type Node = Readonly<Record<string | number, unknown>>;

/** What stands at `path`; undefined where a step is missing. Own properties only. */
export function valueAt(value: unknown, path: FieldPath): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Node)[key];
  }
  return at;
}

/** A copy of `value` in which `change` has been applied to what stands at `path`; missing steps are made as maps. */
export function changeAt<T>(value: T, path: FieldPath, change: (old: unknown) => unknown): T {
  const [key, ...rest] = path;
  if (key === undefined) return change(value) as T;
  if (Array.isArray(value)) return value.with(Number(key), changeAt(value[Number(key)], rest, change)) as T;
  const map = (value ?? {}) as Node;
  return { ...map, [key]: changeAt(map[key], rest, change) } as T;
}
