// Where what is stored says something else than what was sent. Fields that the server added are no difference; a list of
// another length is. Normal forms that mean the same are told apart from values that do not:
// quantities (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/) and zero values that a
// controller written in Go drops when it writes an object back (https://pkg.go.dev/encoding/json, omitempty).
import { isSameQuantity } from './quantity.ts';

export type Path = readonly (string | number)[];

export interface Difference {
  readonly path: Path;
  readonly sent: unknown;
  /** Undefined where the field is gone. */
  readonly stored: unknown;
  readonly means: 'the same quantity' | 'the zero value' | 'something else';
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isZero(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isMap(value)) return Object.values(value).every(isZero);
  return value === null || value === '' || value === 0 || value === false;
}

// The maps whose values are quantities in a pod template, and the fields that are one.
const isQuantity = (path: Path): boolean =>
  /^(limits|requests|capacity|sizeLimit|divisor)$/.test(String(path.at(-2))) ||
  /^(sizeLimit|divisor)$/.test(String(path.at(-1)));

function meaning(path: Path, sent: unknown, stored: unknown): Difference['means'] {
  if (isQuantity(path) && isSameQuantity(sent, stored)) return 'the same quantity';
  return isZero(sent) && stored === undefined ? 'the zero value' : 'something else';
}

/** The fields that were sent and are stored with another value, or not at all, in the order in which they were sent. */
export function findDifferences(sent: unknown, stored: unknown, path: Path = []): Difference[] {
  if (isMap(sent) && isMap(stored)) {
    return Object.entries(sent).flatMap(([key, value]) => findDifferences(value, stored[key], [...path, key]));
  }
  if (Array.isArray(sent) && Array.isArray(stored) && sent.length === stored.length) {
    return sent.flatMap((item, index) => findDifferences(item, stored[index], [...path, index]));
  }
  return Object.is(sent, stored) ? [] : [{ path, sent, stored, means: meaning(path, sent, stored) }];
}

/** The ends of all branches of a value: scalars, and empty maps and lists. */
export function findLeaves(value: unknown, path: Path = []): { readonly path: Path; readonly value: unknown }[] {
  const children: [string | number, unknown][] = Array.isArray(value)
    ? value.map((item, index) => [index, item])
    : isMap(value)
      ? Object.entries(value)
      : [];
  return children.length === 0
    ? [{ path, value }]
    : children.flatMap(([key, child]) => findLeaves(child, [...path, key]));
}

/** `spec.ports[0].name` */
export const printPath = (path: Path): string =>
  path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? key : `${text}.${key}`;
  }, '');
