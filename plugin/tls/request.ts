// What an owner asks of TLS, with the settings filled in where it is silent (design.md 2 and 7).
import type { RaySpec, TLSRequest } from '../ray/spec.ts';
import type { IssuerRef, Settings } from '../settings/settings.ts';

/** A spec that asks for TLS. */
export type TLSSpec = RaySpec & { readonly tls: TLSRequest };

export const hasTLS = (spec: RaySpec): spec is TLSSpec => spec.tls !== undefined;

/** Whether the user brings the Secrets: then nothing of cert-manager is made. */
export const hasOwnSecrets = ({ tls }: TLSSpec): boolean =>
  tls.certificateSecretName !== undefined || tls.workerCertificateSecretName !== undefined;

/** The issuer that signs in place of an own CA; cert-manager's defaults for kind and group are written out. */
export function findSharedIssuer({ tls }: TLSSpec, settings: Settings): IssuerRef | undefined {
  if (tls.issuerRef === undefined) return settings.issuerRef;
  const { name, kind = 'Issuer', group = 'cert-manager.io' } = tls.issuerRef;
  return { name, kind, group };
}
