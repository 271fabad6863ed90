// The change that TLS makes to a cluster spec: head, every worker group, autoscaler (design.md 5).
import type { PodGroup, RayClusterSpec, RaySpec } from '../ray/spec.ts';
import type { Settings } from '../settings/settings.ts';
import { patchAutoscaler } from './autoscaler.ts';
import { buildEnvironment } from './environment.ts';
import { type GroupSpec, type PodIdentity, patchGroup } from './pod-template.ts';
import { hasTLS } from './request.ts';
import { findSecretNames } from './secret-names.ts';
import { buildNodeAddress } from './start-parameter.ts';

/**
 * A function from cluster spec to changed cluster spec, so that other changes may come before and after. It changes
 * nothing without TLS, nor while `retiring`: then pods are plain again.
 */
export function patchTLS(spec: RaySpec, settings: Settings): (cluster: RayClusterSpec) => RayClusterSpec {
  if (!hasTLS(spec) || spec.tls.retiring === true) return (cluster) => cluster;
  const secrets = findSecretNames(spec, settings);
  const identify = (role: PodGroup['role']): PodIdentity => ({
    nodeAddress: buildNodeAddress(spec, settings, role),
    environment: buildEnvironment(spec, settings, role),
    secretName: secrets[role],
  });
  const [head, worker] = [identify('head'), identify('worker')];
  return (cluster) => {
    const groups = cluster['workerGroupSpecs'] as readonly GroupSpec[] | undefined;
    return patchAutoscaler({
      ...cluster,
      headGroupSpec: patchGroup(cluster.headGroupSpec as GroupSpec, head),
      ...(groups ? { workerGroupSpecs: groups.map((group) => patchGroup(group, worker)) } : {}),
    });
  };
}
