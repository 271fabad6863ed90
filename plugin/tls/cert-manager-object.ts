// The frame of cert-manager's objects: names, labels, and Argo CD's permission to meet them before their CRDs.
// https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#skip-dry-run-for-new-custom-resources-types
import type { KubernetesObject } from '../manifests/manifest.ts';
import { buildMetadata } from '../ray/metadata.ts';
import { baseName, fitName } from '../ray/names.ts';
import type { RaySpec } from '../ray/spec.ts';
import type { Settings } from '../settings/settings.ts';

/** Issuers and Certificates of an owner: `<base>-<part>`. */
export const certManagerName = (spec: RaySpec, part: string): string => fitName(`${baseName(spec)}-${part}`, 253);

/** An Issuer or Certificate with `body` as its spec. */
export function buildCertManagerObject(
  spec: RaySpec,
  settings: Settings,
  { kind, part }: { readonly kind: 'Issuer' | 'Certificate'; readonly part: string },
  body: object,
): KubernetesObject {
  const options = settings.skipDryRun ? ['SkipDryRunOnMissingResource=true'] : [];
  return {
    apiVersion: 'cert-manager.io/v1',
    kind,
    metadata: buildMetadata(spec, certManagerName(spec, part), 'tls', options),
    spec: body,
  };
}
