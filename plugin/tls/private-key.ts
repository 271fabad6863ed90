// The private keys of leaves. Sizes that cert-manager makes:
// https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificatePrivateKey
// Ed25519 is left out: Ray was seen to run with ECDSA and RSA keys only (docs/design.md, Observed).
import type { TLSRequest } from '../ray/spec.ts';
import { usualKeySize } from '../settings/key-size.ts';
import type { Settings } from '../settings/settings.ts';

export interface PrivateKey {
  readonly algorithm: string;
  readonly size: number;
}

/** Algorithm and size; where the user names an algorithm that is not the setting's, its usual size. */
export function resolvePrivateKey({ privateKey }: TLSRequest, settings: Settings): PrivateKey {
  const algorithm = privateKey?.algorithm ?? settings.privateKeyAlgorithm;
  const fallback = algorithm === settings.privateKeyAlgorithm ? settings.privateKeySize : usualKeySize(algorithm);
  return { algorithm, size: privateKey?.size ?? fallback };
}
