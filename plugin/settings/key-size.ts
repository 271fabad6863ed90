// Sizes of private keys that cert-manager makes:
// https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificatePrivateKey

const ecdsaSizes: readonly number[] = [256, 384, 521];
const rsaSizes = { least: 2048, most: 8192 };

/** Whether cert-manager makes keys of that size. */
export const isKeySize = (algorithm: string, size: number): boolean =>
  algorithm === 'RSA' ? size >= rsaSizes.least && size <= rsaSizes.most : ecdsaSizes.includes(size);

/** The size where only the algorithm is named: cert-manager's own default. */
export const usualKeySize = (algorithm: string): number => (algorithm === 'RSA' ? rsaSizes.least : 256);
