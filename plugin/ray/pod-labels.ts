// The labels that pods of an owner will carry, as far as they are known before the sync: by them selectors of others in the
// input find these pods. labelPod in ray-operator/controllers/ray/common/pod.go of https://github.com/ray-project/kuberay
import { hasFixedClusterName, ownerLabel } from './labels.ts';
import type { PodGroup, RaySpec } from './spec.ts';

/** All values that a label may have; empty where its value is made up by KubeRay and nobody can name it before. */
export type PodLabels = Readonly<Record<string, readonly string[]>>;

/** A group's own labels win over its template's, and both over KubeRay's `app.kubernetes.io/` ones. */
export function findPodLabels(spec: RaySpec, { role, name, template, labels }: PodGroup): PodLabels {
  const isFixed = hasFixedClusterName(spec);
  const given = { ...template.metadata?.labels, ...labels };
  return {
    'app.kubernetes.io/created-by': ['kuberay-operator'],
    'app.kubernetes.io/name': ['kuberay'],
    'ray.io/identifier': isFixed ? [`${spec.name}-${role}`] : [],
    'ray.io/is-ray-node': ['yes'],
    ...Object.fromEntries(Object.entries(given).map(([key, value]) => [key, [value]])),
    'ray.io/cluster': isFixed ? [spec.name] : [],
    'ray.io/group': [role === 'head' ? 'headgroup' : name],
    'ray.io/node-type': [role],
    ...(isFixed ? {} : { 'rayshield.io/owner': [ownerLabel(spec)] }),
    // KubeRay turns it on and off as the pod's proxy comes and goes.
    ...(spec.kind === 'RayService' ? { 'ray.io/serve': ['true', 'false'] } : {}),
  };
}
