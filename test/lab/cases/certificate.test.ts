// Certificates of openssl and of forge, read; the chain is good for one of two CAs with the same name.
import { generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';
import { describe, expect, test } from 'vitest';
import { findChainProblems, readCertificate, readKey } from './certificate.ts';

const caPem = `-----BEGIN CERTIFICATE-----
MIIBiTCCAS+gAwIBAgIUd0E4in3fHg1/NQWNFAmD8ukLgRwwCgYIKoZIzj0EAwIw
ETEPMA0GA1UEAwwGbGFiIGNhMCAXDTI2MTEyMzEyMDExOFoYDzIxMjYxMDMwMTIw
MTE4WjARMQ8wDQYDVQQDDAZsYWIgY2EwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
AARI+xoB+Q/9BBa87umGwLsqAaRHov47NrtNbWWXMKnDZmqlXe91YHkjck19X1sN
YhwIAGxECGsheuKFjEtar/bTo2MwYTAdBgNVHQ4EFgQUycdqDtIkYBCcMbTZWf2t
1z28PJUwHwYDVR0jBBgwFoAUycdqDtIkYBCcMbTZWf2t1z28PJUwDgYDVR0PAQH/
BAQDAgGGMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAKTFkt2J
uV2yP5RAjJpSoy/IgMIiZ8OEGmTvTCrEc0WkAiA+aVhauA1cHuEteac0BH1iSAK+
L0SapLWSkozfFxIJ7g==
-----END CERTIFICATE-----`;

const leafPem = `-----BEGIN CERTIFICATE-----
MIIB5jCCAY2gAwIBAgIBBzAKBggqhkjOPQQDAjARMQ8wDQYDVQQDDAZsYWIgY2Ew
IBcNMjYxMTIzMTIwMTE4WhgPMjEwOTAxMTIxMjAxMThaMBMxETAPBgNVBAMMCGxh
YiBsZWFmMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEM6Rn7kpD3u/R4/YN98EW
DsGmj8YvqEtNNaO4PaOml4oSwvpjtU7LOAxydypcl/coOpxlokQ8VPcSClQssm7n
daOB0TCBzjBPBgNVHREESDBGgglsb2NhbGhvc3SCISouaGVhZC1ub2Rlcy5tbC5z
dmMuY2x1c3Rlci5sb2NhbIcEfwAAAYcQAAAAAAAAAAAAAAAAAAAAATAOBgNVHQ8B
Af8EBAMCBaAwHQYDVR0lBBYwFAYIKwYBBQUHAwEGCCsGAQUFBwMCMAwGA1UdEwEB
/wQCMAAwHQYDVR0OBBYEFGu2Q3164K9Mk3fsPJZCay8kr24CMB8GA1UdIwQYMBaA
FMnHag7SJGAQnDG02Vn9rdc9vDyVMAoGCCqGSM49BAMCA0cAMEQCIGNBeXreBYKm
bKMWgLPVEVFvOjId0TQUKWEg36pxkUY1AiAEUiw45kRgLYYpo8azH2YYqmuXDl7M
ngsj8RZkg/ctBg==
-----END CERTIFICATE-----`;

const otherPem = `-----BEGIN CERTIFICATE-----
MIIBeTCCAR+gAwIBAgIUdVhkwf/rNpwiPGQFlH0bfIoRqoIwCgYIKoZIzj0EAwIw
ETEPMA0GA1UEAwwGbGFiIGNhMCAXDTI2MTEyMzEyMDExOFoYDzIxMjYxMDMwMTIw
MTE4WjARMQ8wDQYDVQQDDAZsYWIgY2EwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
AAT5iiNSKNYjJ3ePY4l+Ei9OQ8WwZF6H08/enOyvTJUTF8vUmGaSgxaRE9ofeVt+
N/9Nk5YtQEIEseekFNryIX4go1MwUTAdBgNVHQ4EFgQUXu5+YQLMlvdja+9toK0w
yLgeAzwwHwYDVR0jBBgwFoAUXu5+YQLMlvdja+9toK0wyLgeAzwwDwYDVR0TAQH/
BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiB4qL3vF/rYm7Z0ttDAhyr6EeG4yPIP
Ed7kYURVPBHTGQIhAOeeCa6r2Fzepu9aEN9nHC9mUYLqX6uoEKK0drraPyfR
-----END CERTIFICATE-----`;

const [ca, leaf, other] = [caPem, leafPem, otherPem].map(readCertificate) as [
  ReturnType<typeof readCertificate>,
  ReturnType<typeof readCertificate>,
  ReturnType<typeof readCertificate>,
];

test('names, usages and key of a leaf with an elliptic key', () => {
  expect(leaf).toMatchObject({
    serialNumber: '07',
    commonName: 'lab leaf',
    dnsNames: ['localhost', '*.head-nodes.ml.svc.cluster.local'],
    ipAddresses: ['127.0.0.1', '::1'],
    otherNames: [],
    isCA: false,
    basicConstraintsAreCritical: true,
    keyUsages: ['digitalSignature', 'keyEncipherment'],
    extendedKeyUsages: ['serverAuth', 'clientAuth'],
    key: 'EC prime256v1',
  });
  expect(Math.round((leaf.notAfter.getTime() - leaf.notBefore.getTime()) / 86_400_000)).toBe(30_000);
});

test('what makes a CA', () => {
  expect(ca).toMatchObject({ isCA: true, keyUsages: ['digitalSignature', 'keyCertSign', 'cRLSign'], dnsNames: [] });
});

describe('the chain', () => {
  test('holds', () => expect(findChainProblems(leaf, ca)).toEqual([]));
  test('of a CA to itself holds', () => expect(findChainProblems(ca, ca)).toEqual([]));
  test('does not hold for another CA of the same name', () => {
    expect(findChainProblems(leaf, other)).toContain('the signature is of another key');
  });
  test('does not hold for a leaf in the place of the CA', () => {
    expect(findChainProblems(leaf, leaf)).toEqual(
      expect.arrayContaining(['the CA is none', 'the CA may not sign certificates', 'the signature is of another key']),
    );
  });
});

describe('a key file', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  test.each([
    ['pkcs8', 'PRIVATE KEY'],
    ['sec1', 'EC PRIVATE KEY'],
  ] as const)('in %s has the label %s', (type, label) => {
    const read = readKey(privateKey.export({ type, format: 'pem' }).toString());
    expect(read).toMatchObject({ encoding: label, key: 'EC secp384r1' });
    expect(read.belongsTo(leaf)).toBe(false);
  });

  test('belongs to the certificate that was made with it', () => {
    const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const certificate = forge.pki.createCertificate();
    certificate.serialNumber = '01';
    certificate.publicKey = forge.pki.publicKeyFromPem(
      keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    );
    certificate.sign(forge.pki.privateKeyFromPem(pem), forge.md.sha256.create());
    const read = readCertificate(forge.pki.certificateToPem(certificate));
    expect(readKey(pem).belongsTo(read)).toBe(true);
    expect(read).toMatchObject({ key: 'RSA 2048', dnsNames: [], keyUsages: [], isCA: false });
  });
});
