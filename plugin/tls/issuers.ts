// The two Issuers of an owner's own PKI: one signs the CA with its own key, the other signs leaves with the CA's.
// https://cert-manager.io/docs/configuration/selfsigned/#bootstrapping-ca-issuers
import type { KubernetesObject } from '../manifests/manifest.ts';
import type { RaySpec } from '../ray/spec.ts';
import type { IssuerRef, Settings } from '../settings/settings.ts';
import { buildCertManagerObject, certManagerName } from './cert-manager-object.ts';

/** How Certificates name an Issuer of the owner's own. */
export const ownIssuerRef = (spec: RaySpec, part: 'selfsigned' | 'ca'): IssuerRef => ({
  name: certManagerName(spec, part),
  kind: 'Issuer',
  group: 'cert-manager.io',
});

export const buildSelfSignedIssuer = (spec: RaySpec, settings: Settings): KubernetesObject =>
  buildCertManagerObject(spec, settings, { kind: 'Issuer', part: 'selfsigned' }, { selfSigned: {} });

export const buildAuthorityIssuer = (spec: RaySpec, settings: Settings, secretName: string): KubernetesObject =>
  buildCertManagerObject(spec, settings, { kind: 'Issuer', part: 'ca' }, { ca: { secretName } });
