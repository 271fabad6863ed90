// The environment, volume and mount of TLS. FROZEN within a major release: a changed pod template starts new RayService
// clusters, and restarts RayClusters with upgradeStrategy Recreate. Names and paths are KubeRay 1.7's own on purpose
// (RAY_TLS_* and RayTLSVolumeName in utils/constant.go): it refuses a mix with its feature loudly.

import { defaultHeadService, findHeadService, gcsAddress } from '../ray/head-service.ts';
import type { EnvVar, PodGroup, RaySpec } from '../ray/spec.ts';
import type { Settings } from '../settings/settings.ts';

export const tlsVolume = 'ray-tls';
export const tlsMountPath = '/etc/ray/tls';

/** https://docs.ray.io/en/latest/ray-core/configure.html#tls-authentication */
export const tlsVariables: readonly EnvVar[] = [
  { name: 'RAY_USE_TLS', value: '1' },
  { name: 'RAY_TLS_SERVER_CERT', value: `${tlsMountPath}/tls.crt` },
  { name: 'RAY_TLS_SERVER_KEY', value: `${tlsMountPath}/tls.key` },
  { name: 'RAY_TLS_CA_CERT', value: `${tlsMountPath}/ca.crt` },
];

/** Makes the autoscaler's sidecar dial 127.0.0.1, which is in the head's certificate, not the pod's IP (docs/design.md, Observed). */
export const loopbackVariable: EnvVar = { name: 'RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER', value: '0' };

export const addressVariable = 'RAY_ADDRESS';

export const tlsMount = { name: tlsVolume, mountPath: tlsMountPath, readOnly: true } as const;

export const buildTLSVolume = (secretName: string) => ({ name: tlsVolume, secret: { secretName } });

/** What the Ray container of a role gets after the user's own variables. Workers get RAY_ADDRESS from KubeRay. */
export const buildEnvironment = (spec: RaySpec, settings: Settings, role: PodGroup['role']): readonly EnvVar[] => [
  fromField('RAYSHIELD_POD_IP', 'status.podIP'),
  ...(role === 'head' ? buildAddress(spec, settings) : []),
  ...tlsVariables,
];

/** KubeRay's own value for the head, 127.0.0.1, becomes the pod's IP inside Ray, which no certificate has (docs/design.md, Observed). */
function buildAddress(spec: RaySpec, settings: Settings): readonly EnvVar[] {
  const service = findHeadService(spec);
  if (service !== undefined) return [{ name: addressVariable, value: gcsAddress(service, spec, settings) }];
  const generated = defaultHeadService('$(RAYSHIELD_CLUSTER)');
  return [
    // KubeRay's RAY_CLUSTER_NAME comes too late in the list: `$(...)` sees only what stands before it.
    fromField('RAYSHIELD_CLUSTER', "metadata.labels['ray.io/cluster']"),
    { name: addressVariable, value: gcsAddress(generated, spec, settings) },
  ];
}

const fromField = (name: string, fieldPath: string): EnvVar => ({ name, valueFrom: { fieldRef: { fieldPath } } });
