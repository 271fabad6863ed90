// The two Issuers of an owner's own PKI: one signs the CA with its own key, the other signs leaves with the CA's.
// https://cert-manager.io/docs/configuration/selfsigned/#bootstrapping-ca-issuers
import type { KubernetesObject } from '../manifests/manifest.ts';
import type { RaySpec } from '../ray/spec.ts';
import type { IssuerRef, Settings } from '../settings/settings.ts';
import { buildCertManagerObject, certManagerName } from './cert-manager-object.ts';
import type { TLSSpec } from './request.ts';

/** How the CA's Certificate names the Issuer that signs it. */
export const selfSignedIssuerRef = (spec: RaySpec): IssuerRef => refTo(certManagerName(spec, 'selfsigned'));

/** How leaves name the Issuer that signs with the owner's own CA. */
export const authorityIssuerRef = (spec: TLSSpec): IssuerRef => refTo(certManagerName(spec, authorityPart(spec)));

const refTo = (name: string): IssuerRef => ({ name, kind: 'Issuer', group: 'cert-manager.io' });

// A raised generation has an Issuer of its own. Were there one for all, a leaf that is applied before it would be signed by the
// old CA once more, and keep that for a year: Helm and Flux apply Certificates before Issuers.
function authorityPart({ tls: { generation } }: TLSSpec): string {
  return generation === undefined || String(generation) === '0' ? 'ca' : `ca-${generation}`;
}

export const buildSelfSignedIssuer = (spec: RaySpec, settings: Settings): KubernetesObject =>
  buildCertManagerObject(spec, settings, { kind: 'Issuer', part: 'selfsigned' }, { selfSigned: {} });

export const buildAuthorityIssuer = (spec: TLSSpec, settings: Settings, secretName: string): KubernetesObject =>
  buildCertManagerObject(spec, settings, { kind: 'Issuer', part: authorityPart(spec) }, { ca: { secretName } });
