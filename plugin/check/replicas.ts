// `replicas` in Git beside the autoscaler, which writes the same field of the live object: each sync sets it back
// (kuberay#1120, kuberay#4149).
import type { Report } from '../findings/finding.ts';
import { findAutoscaledGroups } from '../ray/autoscaled-groups.ts';
import type { RaySpec } from '../ray/spec.ts';

/** Reports each worker group whose size both the manifest and the autoscaler decide. */
export function checkReplicas(spec: RaySpec, report: Report): void {
  for (const { name, path } of findAutoscaledGroups(spec))
    report('REPLICAS_AUTOSCALED', [...path, 'replicas'], { group: name }, 'key');
}
