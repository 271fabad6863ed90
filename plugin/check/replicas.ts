// `replicas` in Git beside the autoscaler, which writes the same field of the live object: each sync sets it back and takes
// workers away that have work (kuberay#1120, kuberay#4149). Clusters of other kinds are no objects that Git has.
import type { Report } from '../findings/finding.ts';
import { valueAt } from '../manifests/edit.ts';
import type { RaySpec } from '../ray/spec.ts';

/** Reports each worker group whose size both the manifest and the autoscaler decide. */
export function checkReplicas({ kind, cluster, owner, workers }: RaySpec, report: Report): void {
  if (kind !== 'RayCluster' || cluster.enableInTreeAutoscaling !== true) return;
  for (const { name, path } of workers) {
    const at = [...path, 'replicas'];
    const [replicas, least = 0, most] = ['replicas', 'minReplicas', 'maxReplicas'].map((field) =>
      valueAt(owner.body, [...path, field]),
    );
    // Where both bounds are one, the autoscaler has nothing to decide.
    if (replicas !== undefined && least !== most) report('REPLICAS_AUTOSCALED', at, { group: name }, 'key');
  }
}
