// The policy of one worker group: the rules of its own entry, which replaces `worker` whole, else those of `worker`.
import type { KubernetesObject } from '../manifests/manifest.ts';
import { podLabels } from '../ray/labels.ts';
import { closesEgress, closesIngress } from '../ray/mode.ts';
import { baseName } from '../ray/names.ts';
import type { PodGroup, RaySpec } from '../ray/spec.ts';
import { buildPolicy } from './policy.ts';
import { storedEgress, storedIngress } from './rules.ts';

/** The group's policy, or undefined where it has no rules. */
export function buildWorker(spec: RaySpec, group: PodGroup): KubernetesObject | undefined {
  const own = spec.isolation?.workerGroups?.find(({ groupName }) => groupName === group.name);
  const rules = own ?? spec.isolation?.worker;
  const ingress = closesIngress(spec) ? (rules?.ingressRules ?? []).map(storedIngress) : [];
  const egress = closesEgress(spec) ? (rules?.egressRules ?? []).map(storedEgress) : [];
  if (ingress.length === 0 && egress.length === 0) return undefined;
  return buildPolicy(spec, `${baseName(spec)}-worker-${group.name}`, podLabels(spec, group), {
    ...(ingress.length > 0 ? { ingress } : {}),
    ...(egress.length > 0 ? { egress } : {}),
  });
}
