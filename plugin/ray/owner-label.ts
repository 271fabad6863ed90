// Puts the owner's label on the pod templates of kinds whose clusters have random names: selectors find the pods by it.
// KubeRay merges template labels into its pods' (common/pod.go, labelPod), all but its own `ray.io/` ones.
import { changeAt } from '../manifests/edit.ts';
import { hasFixedClusterName, ownerLabel } from './labels.ts';
import type { PodTemplate, RayClusterSpec, RaySpec } from './spec.ts';

/**
 * The cluster spec with the label on head and workers; unchanged for a RayCluster, which is found by its name, and where
 * nothing but a retiring TLS is asked for, whose templates are plain.
 */
export function labelTemplates(spec: RaySpec, cluster: RayClusterSpec): RayClusterSpec {
  const isNeeded = spec.isolation !== undefined || (spec.tls !== undefined && spec.tls.retiring !== true);
  if (hasFixedClusterName(spec) || !isNeeded) return cluster;
  const label = (template: unknown): unknown => labelTemplate(template as PodTemplate, ownerLabel(spec));
  const labelled = changeAt(cluster, ['headGroupSpec', 'template'], label);
  return spec.workers.reduce(
    (done, _, index) => changeAt(done, ['workerGroupSpecs', index, 'template'], label),
    labelled,
  );
}

const labelTemplate = (template: PodTemplate, label: string): PodTemplate => ({
  ...template,
  metadata: { ...template.metadata, labels: { ...template.metadata?.labels, 'rayshield.io/owner': label } },
});
