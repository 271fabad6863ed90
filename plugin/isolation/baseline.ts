// The policy that holds every pod of an owner, whatever its role or group, and closes the directions that the mode
// closes: groups added later and Redis clean-up pods are held by it too.
import type { Report } from '../findings/finding.ts';
import type { KubernetesObject } from '../manifests/manifest.ts';
import { podLabels } from '../ray/labels.ts';
import { closesEgress, closesIngress } from '../ray/mode.ts';
import { baseName } from '../ray/names.ts';
import { portOf } from '../ray/ports.ts';
import type { EgressRule, IngressRule, PolicyPeer, RaySpec } from '../ray/spec.ts';
import type { Settings } from '../settings/settings.ts';
import { buildDNSRules } from './dns.ts';
import { buildPolicy } from './policy.ts';
import { buildRedisRules } from './redis.ts';
import { podsIn, podsWith, storedEgress, storedIngress, tcp } from './rules.ts';

/** The baseline policy: the owner's pods among themselves, what all of them need, and the user's rules for all. */
export function buildBaseline(spec: RaySpec, settings: Settings, report: Report): KubernetesObject {
  const labels = podLabels(spec);
  const own = podsWith(labels);
  return buildPolicy(spec, baseName(spec), labels, {
    ...(closesIngress(spec) ? { ingress: baseIngress(spec, settings, own) } : {}),
    ...(closesEgress(spec) ? { egress: baseEgress(spec, settings, own, report) } : {}),
  });
}

const baseIngress = (spec: RaySpec, settings: Settings, own: PolicyPeer): IngressRule[] => [
  { from: [own] },
  ...metricsRules(spec, settings),
  ...(spec.isolation?.ingressRules ?? []).map(storedIngress),
];

const baseEgress = (spec: RaySpec, settings: Settings, own: PolicyPeer, report: Report): EgressRule[] => [
  { to: [own] },
  ...buildDNSRules(settings.dns),
  ...buildRedisRules(spec, settings, report),
  ...(spec.isolation?.egressRules ?? []).map(storedEgress),
];

function metricsRules(spec: RaySpec, settings: Settings): IngressRule[] {
  if (settings.monitoringNamespaces.length === 0) return [];
  const ports = [...new Set([spec.head, ...spec.workers].map((group) => portOf(group, 'metrics')))].sort(
    (a, b) => a - b,
  );
  return [{ from: settings.monitoringNamespaces.map((namespace) => podsIn(namespace)), ports: ports.map(tcp) }];
}
