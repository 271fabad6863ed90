// What TLS needs or leaves open around it: a namespace, closed ingress or tokens, and pods that are replaced.
import type { Report } from '../findings/finding.ts';
import { valueAt } from '../manifests/edit.ts';
import { hasFixedClusterName, keepsCluster } from '../ray/labels.ts';
import { closesIngress } from '../ray/mode.ts';
import type { Settings } from '../settings/settings.ts';
import type { TLSSpec } from './request.ts';

export function checkSurroundings(spec: TLSSpec, settings: Settings, report: Report): void {
  const { tls, cluster, owner } = spec;
  if (spec.namespace === '') report('TLS_NAMESPACE_MISSING', ['metadata', 'namespace'], {});
  if (isEmpty(valueAt(owner.body, tls.path))) report('TLS_EMPTY_OPTIONS', tls.path, {});
  if (!closesIngress(spec) && cluster.authOptions?.mode !== 'token') report('TLS_DASHBOARD_OPEN', tls.path, {});
  // Of an isolated owner that starts its clusters itself, the isolation says so already.
  if (!hasFixedClusterName(spec)) {
    const facts = { kind: spec.kind, isHeld: keepsCluster(spec) };
    if (spec.isolation === undefined) report('TLS_NEXT_CLUSTER', tls.path, facts, 'key');
  } else if (cluster.upgradeStrategy?.type !== 'Recreate') {
    report('TLS_PODS_STAY', [...spec.path, 'upgradeStrategy'], { hasField: hasUpgradeStrategy(spec, settings) });
  }
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** KubeRay 1.6 brought RayCluster's upgradeStrategy, to ray.io/v1 alone. */
const hasUpgradeStrategy = ({ owner }: TLSSpec, { kuberayVersion }: Settings): boolean =>
  !['1.3', '1.4', '1.5'].includes(kuberayVersion) && owner.body.apiVersion === 'ray.io/v1';
