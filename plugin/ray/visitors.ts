// RayJobs that run on a RayCluster of the same input by `clusterSelector`: their submitters must reach its dashboard.
// KubeRay takes the cluster's name from the selector's `ray.io/cluster` (rayjob_controller.go).
import { valueAt } from '../manifests/edit.ts';
import { findResources } from '../manifests/list.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { isRayApiVersion, readContent } from '../manifests/read.ts';
import type { Settings } from '../settings/settings.ts';

/** The names of the jobs in input order, by the key of the cluster that they run on; empty for a generated name. */
export type Visitors = ReadonlyMap<string, readonly string[]>;

export const visitorKey = (namespace: string, cluster: string): string => `${namespace}/${cluster}`;

/** All visitors of an input. Only documents that speak of clusterSelector are read for it. */
export function findVisitors(manifests: readonly Manifest[], settings: Settings): Visitors {
  const visitors = new Map<string, string[]>();
  const speaking = manifests.filter(({ text }) => text.includes('clusterSelector'));
  for (const { body } of speaking.flatMap((one) => findResources(readContent(one, settings).manifest))) {
    if (body.kind !== 'RayJob' || !isRayApiVersion(body.apiVersion)) continue;
    const cluster = valueAt(body, ['spec', 'clusterSelector', 'ray.io/cluster']);
    const mode = valueAt(body, ['spec', 'submissionMode']) ?? 'K8sJobMode';
    // The other modes submit from the head, by the operator, or by the user.
    if (typeof cluster !== 'string' || mode !== 'K8sJobMode') continue;
    const key = visitorKey(body.metadata.namespace ?? settings.namespace, cluster);
    visitors.set(key, [...(visitors.get(key) ?? []), body.metadata.name ?? '']);
  }
  return visitors;
}
