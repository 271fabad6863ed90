// Worker groups whose size Ray's autoscaler decides, while the manifest names one too. It writes `replicas` of the live
// RayCluster; clusters of the other kinds are no objects that Git has.
import { changeAt, valueAt } from '../manifests/edit.ts';
import type { PodGroup, RayClusterSpec, RaySpec } from './spec.ts';

/** The groups with `replicas` beside an autoscaler that has something to decide. */
export function findAutoscaledGroups({ kind, cluster, owner, workers }: RaySpec): readonly PodGroup[] {
  if (kind !== 'RayCluster' || cluster.enableInTreeAutoscaling !== true) return [];
  return workers.filter(({ path }) => {
    const [replicas, least = 0, most] = ['replicas', 'minReplicas', 'maxReplicas'].map((field) =>
      valueAt(owner.body, [...path, field]),
    );
    return replicas !== undefined && least !== most;
  });
}

/** The cluster spec without `replicas` of those groups: the API server then sets 0, and KubeRay begins with minReplicas. */
export const dropAutoscaledReplicas = (spec: RaySpec, cluster: RayClusterSpec): RayClusterSpec =>
  findAutoscaledGroups(spec).reduce(
    (done, group) =>
      changeAt(done, ['workerGroupSpecs', spec.workers.indexOf(group)], (body) => {
        const { replicas: _, ...rest } = body as { readonly replicas?: number };
        return rest;
      }),
    cluster,
  );
