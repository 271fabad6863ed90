// Nulls in maps: the API server drops them before it sets defaults and validates, so that `tolerations:` without a value, as
// templates leave it, is no tolerations at all.
// https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting-and-nullable

/** The value without the map entries that are null; the value itself where there are none. */
export function dropNulls<T>(value: T): T {
  return hasNull(value) ? (withoutNulls(value) as T) : value;
}

function hasNull(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(hasNull);
  for (const key in value) {
    const child: unknown = value[key as keyof typeof value];
    if (child === null || hasNull(child)) return true;
  }
  return false;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, child]) => child !== null);
  return Object.fromEntries(kept.map(([key, child]) => [key, withoutNulls(child)]));
}
