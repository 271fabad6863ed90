// What KubeRay's operator changes in an owner when it writes it back whole to add its finalizer: RayJob, RayService, and a
// RayCluster whose GCS keeps its state in Redis (raycluster_controller.go, rayjob_controller.go, rayservice_controller.go of
// KubeRay 1.6.2). Structs that Go cannot leave out appear as empty maps, and zero values that it leaves out go.
import { isRayKind, rayKinds } from '../../../plugin/ray/kinds.ts';
import type { KubernetesObject } from '../cluster/api.ts';
import { findDifferences, printPath } from './difference.ts';

export const listSorted = (texts: readonly string[]): string[] => [...new Set(texts)].sort();

export interface Rewriting {
  readonly kind: string;
  /** `Kind adds|drops path: value`, list indexes left out. */
  readonly text: string;
  /** Whether the value is one that Go writes for nothing. */
  readonly isEmpty: boolean;
}

/** What was added to and dropped from the spec. */
export function listRewritings(before: KubernetesObject, after: KubernetesObject): Rewriting[] {
  const tell = (verb: string, from: KubernetesObject, to: KubernetesObject): Rewriting[] =>
    findDifferences(from['spec'], to['spec']).map(({ path, sent, means }) => ({
      kind: from.kind,
      text: `${from.kind} ${verb} ${printPath(path).replace(/\[\d+\]/g, '[]')}: ${JSON.stringify(sent)}`,
      isEmpty: means === 'the zero value',
    }));
  return [...tell('adds', after, before), ...tell('drops', before, after)];
}

/** Whether KubeRay has written the object back: it then has a finalizer of KubeRay's. */
export const isRewritten = ({ metadata }: KubernetesObject): boolean =>
  metadata.finalizers?.some((name) => name.startsWith('ray.io/')) ?? false;

const readAt = (value: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((found, key) => (found as Record<string, unknown> | undefined)?.[key], value);

/** Whether the object's Ray cluster spec has worker groups. */
export function hasWorkerGroups(object: KubernetesObject): boolean {
  const groups = isRayKind(object.kind) && readAt(object, [...rayKinds[object.kind].specPath, 'workerGroupSpecs']);
  return Array.isArray(groups) && groups.length > 0;
}
