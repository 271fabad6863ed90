// The objects that TLS adds for an owner, in the order in which they are printed (design.md 3 and 5).
import type { KubernetesObject } from '../manifests/manifest.ts';
import type { RaySpec } from '../ray/spec.ts';
import type { Settings } from '../settings/settings.ts';
import { buildAuthorityCertificate, buildClientCertificate, buildNodeCertificate } from './certificates.ts';
import { buildAuthorityIssuer, buildSelfSignedIssuer } from './issuers.ts';
import { findSharedIssuer, hasOwnSecrets, hasTLS, type TLSSpec } from './request.ts';
import { findSecretNames } from './secret-names.ts';
import { buildNodesService } from './services.ts';

/**
 * Identity Services, then what cert-manager makes Secrets of, unless the user brings those. The same while `retiring`:
 * pods that run still need them. What cannot work is reported by checkTLS, not here.
 */
export function buildTLS(spec: RaySpec, settings: Settings): KubernetesObject[] {
  if (!hasTLS(spec)) return [];
  const services = [buildNodesService(spec, 'head'), buildNodesService(spec, 'worker')];
  return hasOwnSecrets(spec) ? services : [...services, ...buildPKI(spec, settings)];
}

function buildPKI(spec: TLSSpec, settings: Settings): readonly KubernetesObject[] {
  const secrets = findSecretNames(spec, settings);
  const authority = [
    buildSelfSignedIssuer(spec, settings),
    buildAuthorityCertificate(spec, settings, secrets.authority),
    buildAuthorityIssuer(spec, settings, secrets.authority),
  ];
  // A name that is given twice is reported by checkTLS; a second Certificate would only look like a collision.
  const clients = new Set((spec.tls.clients ?? []).map(({ name }) => name));
  return [
    ...(findSharedIssuer(spec, settings) === undefined ? authority : []),
    buildNodeCertificate(spec, settings, 'head', secrets.head),
    buildNodeCertificate(spec, settings, 'worker', secrets.worker),
    ...[...clients].map((name) => buildClientCertificate(spec, settings, name, secrets.client(name))),
  ];
}
