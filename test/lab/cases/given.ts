// What the user gave: the objects of a case before rayshield saw them, and which fields of what came out are rayshield's.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRayKind, rayKinds } from '../../../plugin/ray/kinds.ts';
import type { KubernetesObject } from '../cluster/api.ts';
import { findLeaves, type Path, printPath } from './difference.ts';
import type { Case } from './expansion.ts';
import { readPrinted } from './printed.ts';

const readFolder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));

/** The objects of a case as the user wrote them. */
export function readGiven(one: Case): KubernetesObject[] {
  const texts = one.path === undefined ? [one.text] : readFolder(join(one.folder, one.path));
  return texts.flatMap(readPrinted).map(({ object }) => object);
}

const ownFields = new Set(['networkIsolation', 'networkPolicy', 'tlsOptions']);

const without = (value: unknown, path: readonly (string | number)[]): unknown => {
  const [key, ...rest] = path;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  return key === undefined
    ? Object.fromEntries(entries.filter(([name]) => !ownFields.has(name)))
    : Object.fromEntries(entries.map(([name, child]) => [name, name === key ? without(child, rest) : child]));
};

/** A Ray object without the fields that rayshield reads and takes out. */
export const withoutOwnFields = (object: KubernetesObject): KubernetesObject =>
  isRayKind(object.kind) ? (without(object, rayKinds[object.kind].specPath) as KubernetesObject) : object;

/** The ends of the branches of `printed` that the user did not give: rayshield made them. */
export function findOwnPaths(given: KubernetesObject, printed: KubernetesObject): Path[] {
  const before = new Map(findLeaves(given).map(({ path, value }) => [printPath(path), JSON.stringify(value)]));
  return findLeaves(printed)
    .filter(({ path, value }) => before.get(printPath(path)) !== JSON.stringify(value))
    .map(({ path }) => path);
}

/** Whether one path leads to, or through, the other. */
export const isOnWay = (one: Path, other: Path): boolean =>
  one.every((key, index) => index >= other.length || key === other[index]);
