// Who may sign, where the platform file says so: an issuer by its name, kind and group, an own CA, or Secrets of one's own.
import type { Report } from '../findings/finding.ts';
import type { IssuerRef, Settings } from '../settings/settings.ts';
import { findSharedIssuer, hasOwnSecrets, type TLSSpec } from './request.ts';

/** Reports a signer that the platform file does not allow. The same while `retiring`: its certificates stay. */
export function checkAllowedIssuers(spec: TLSSpec, settings: Settings, report: Report): void {
  const { allowedIssuers, file } = settings.platform;
  if (allowedIssuers === undefined) return;
  const [signer, field] = findSigner(spec, settings);
  const allowed = allowedIssuers.map(nameSigner);
  if (allowed.includes(nameSigner(signer))) return;
  const at = [...spec.tls.path, ...(field === undefined ? [] : [field])];
  report('PLATFORM_ISSUER', at, { file, signer: nameSigner(signer), allowed });
}

type Signer = IssuerRef | 'own-ca' | 'own-secrets';

/** Who signs, and the field of tlsOptions that says so. */
function findSigner(spec: TLSSpec, settings: Settings): readonly [Signer, string?] {
  if (hasOwnSecrets(spec)) return ['own-secrets', 'certificateSecretName'];
  const issuer = findSharedIssuer(spec, settings);
  return issuer === undefined ? ['own-ca'] : [issuer, 'issuerRef'];
}

/** As `allowedIssuers` has it; an issuer always with its kind, and with its group where that is not cert-manager's own. */
function nameSigner(signer: Signer): string {
  if (typeof signer === 'string') return signer;
  const { kind, group, name } = signer;
  return `${kind}${group === 'cert-manager.io' ? '' : `.${group}`}/${name}`;
}
