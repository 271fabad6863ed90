// The private keys of leaves. Sizes that cert-manager makes:
// https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificatePrivateKey
// Ed25519 is left out: Ray was seen to run with ECDSA and RSA keys only (docs/design.md, Observed).
import type { TLSRequest } from '../ray/spec.ts';
import type { Settings } from '../settings/settings.ts';

export interface PrivateKey {
  readonly algorithm: string;
  readonly size: number;
}

export const keyAlgorithms: readonly string[] = ['ECDSA', 'RSA'];

const ecdsaSizes: readonly number[] = [256, 384, 521];
const rsaSizes = { least: 2048, most: 8192 };

/** Algorithm and size; where the user names an algorithm that is not the setting's, its usual size. */
export function resolvePrivateKey({ privateKey }: TLSRequest, settings: Settings): PrivateKey {
  const algorithm = privateKey?.algorithm ?? settings.privateKeyAlgorithm;
  const usual = algorithm === 'RSA' ? rsaSizes.least : 256;
  const fallback = algorithm === settings.privateKeyAlgorithm ? settings.privateKeySize : usual;
  return { algorithm, size: privateKey?.size ?? fallback };
}

/** Whether cert-manager makes keys of that size. */
export const isKeySize = ({ algorithm, size }: PrivateKey): boolean =>
  algorithm === 'RSA' ? size >= rsaSizes.least && size <= rsaSizes.most : ecdsaSizes.includes(size);
