import { expect, test } from 'vitest';
import { listFindings } from '../../support/tls-check.ts';

test.each<[string, Record<string, unknown>]>([
  ['certificateSecretName', { certificateSecretName: 'Corp', workerCertificateSecretName: 'worker' }],
  ['workerCertificateSecretName', { certificateSecretName: 'corp', workerCertificateSecretName: 'a b' }],
  ['certificateSecretName', { certificateSecretName: '', workerCertificateSecretName: 'worker' }],
  ['issuerRef.name', { issuerRef: { name: 'corp_ca' } }],
])('no object can have the name in %s', (field, tls) => {
  expect(listFindings({ tls })).toContain(`TLS_REFERENCE_INVALID spec.tlsOptions.${field}`);
});

test('names with dots are names', () => {
  expect(
    listFindings({ tls: { certificateSecretName: 'corp.head', workerCertificateSecretName: 'corp.worker-1' } }),
  ).toEqual([]);
});
