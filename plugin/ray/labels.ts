// Labels of generated objects, and the selectors that find an owner's pods. Which labels KubeRay sets on pods:
// ray-operator/controllers/ray/utils/constant.go and common/pod.go (labelPod) in https://github.com/ray-project/kuberay
import { valueAt } from '../manifests/edit.ts';
import { baseName, fitName } from './names.ts';
import type { PodGroup, RaySpec } from './spec.ts';

type Labels = Readonly<Record<string, string>>;

/** The value of the label `rayshield.io/owner` for an object of this name and kind. */
export const ownerLabelOf = (owner: { readonly name: string; readonly kind: string }): string =>
  fitName(baseName(owner), 63);

/** The value of the label `rayshield.io/owner`. */
export const ownerLabel = (spec: RaySpec): string => ownerLabelOf(spec);

/** Whether the cluster's name is known before the sync: only RayCluster names its own. */
export const hasFixedClusterName = (spec: RaySpec): boolean => spec.kind === 'RayCluster';

/** Whether a RayService is told to go on with the cluster that it has, whatever changes (rayservice_controller.go, shouldPrepareNewCluster). */
export const keepsCluster = ({ kind, owner }: RaySpec): boolean =>
  kind === 'RayService' && valueAt(owner.body, ['spec', 'upgradeStrategy', 'type']) === 'None';

/** The labels of a generated object, and of the Secrets that cert-manager makes for it. Keys sorted. */
export const generatedLabels = (spec: RaySpec, component: 'network-isolation' | 'tls'): Labels => ({
  'app.kubernetes.io/component': component,
  'app.kubernetes.io/managed-by': 'rayshield',
  'rayshield.io/owner': ownerLabel(spec),
});

/**
 * Selects all pods of an owner, or those of one role, or of one worker group. A RayCluster's pods are found by KubeRay's
 * `ray.io/cluster`; clusters of the other kinds have random names, so their templates carry the owner's label. Keys sorted.
 */
export function podLabels(spec: RaySpec, group?: Pick<PodGroup, 'role'> & { readonly name?: string }): Labels {
  const labels: Record<string, string> = {};
  if (hasFixedClusterName(spec)) labels['ray.io/cluster'] = spec.name;
  if (group?.name) labels['ray.io/group'] = group.name;
  if (group) labels['ray.io/node-type'] = group.role;
  if (!hasFixedClusterName(spec)) labels['rayshield.io/owner'] = ownerLabel(spec);
  return labels;
}
