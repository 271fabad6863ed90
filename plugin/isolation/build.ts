// networkIsolation to NetworkPolicies. Policies add up: one baseline over all pods of the owner, and small ones that add
// what a role or group needs. https://kubernetes.io/docs/concepts/services-networking/network-policies/
import type { Report } from '../findings/finding.ts';
import type { KubernetesObject } from '../manifests/manifest.ts';
import type { RaySpec } from '../ray/spec.ts';
import type { Settings } from '../settings/settings.ts';
import { buildBaseline } from './baseline.ts';
import { buildHead } from './head.ts';
import { buildWorker } from './worker.ts';

/** The policies of an isolated owner: baseline, head, then the groups in input order; none where it asks for none. */
export function buildIsolation(spec: RaySpec, settings: Settings, report: Report): KubernetesObject[] {
  if (spec.isolation === undefined) return [];
  return [
    buildBaseline(spec, settings, report),
    buildHead(spec, settings, report),
    ...spec.workers.map((group) => buildWorker(spec, group)),
  ].filter((policy) => policy !== undefined);
}
