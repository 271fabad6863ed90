// The value of rayStartParams `node-ip-address`. KubeRay pastes it unquoted into the `bash -c` line that starts Ray
// (common/pod.go, convertParamMap), so it may be a shell expression: the name under which a pod is in its certificate.

import { serviceHost } from '../ray/head-service.ts';
import { nodesServiceName } from '../ray/names.ts';
import type { PodGroup, RaySpec } from '../ray/spec.ts';
import type { Settings } from '../settings/settings.ts';

/** The rayStartParams key; `ray start --node-ip-address`. */
export const nodeAddressParameter = 'node-ip-address';

/**
 * Tries 120 times, a second apart, whether the pod's dashed name resolves, or its host name's where CoreDNS runs with
 * endpoint_pod_names, and prints it; after that the dashed name all the same, so that Ray says what it misses.
 * FROZEN within a major release, as every text in pod templates. No `${` and no `$$`: Flux substitutes them.
 */
export function buildNodeAddress(spec: RaySpec, settings: Settings, role: PodGroup['role']): string {
  const steps = [
    `s=${serviceHost(nodesServiceName(spec, role), spec, settings)}`,
    'd=$(echo $RAYSHIELD_POD_IP | tr .: -).$s',
    'for i in $(seq 120)',
    'do for n in $d $HOSTNAME.$s',
    'do getent hosts $n >/dev/null && break 2',
    'done',
    'echo rayshield: waiting for $d in DNS >&2',
    'n=$d',
    'sleep 1',
    'done',
    'echo $n',
  ];
  return `$(${steps.join('; ')})`;
}

const form = /^\$\(s=([-a-z0-9]+)\.([-a-z0-9]+)\.svc\.([-.a-z0-9]+);/;

/** What such a value was made for; undefined where it is none of ours. */
export function readNodeAddress(
  text: string | undefined,
): { readonly service: string; readonly namespace: string; readonly clusterDomain: string } | undefined {
  const [, service, namespace, clusterDomain] = form.exec(text ?? '') ?? [];
  return service === undefined || namespace === undefined || clusterDomain === undefined
    ? undefined
    : { service, namespace, clusterDomain };
}
