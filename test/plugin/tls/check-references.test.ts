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

test('a head Service whose name no Service can have', () => {
  const cluster = (name: string) => ({ headGroupSpec: { headService: { metadata: { name } } } });
  for (const name of ['Bad $(id)', '1a', 'a.b', 'a'.repeat(64)]) {
    const parts = { tls: {}, head: { group: cluster(name).headGroupSpec } };
    expect(listFindings(parts)).toContain('TLS_HEAD_SERVICE_INVALID spec.headGroupSpec.headService.metadata.name');
  }
});

test('cert-manager has two kinds of issuers, other groups have their own', () => {
  const refer = (issuerRef: Record<string, string>) =>
    listFindings({ tls: { issuerRef: { name: 'corp', ...issuerRef } } });
  expect(refer({ kind: 'Clusterissuer' })).toContain('TLS_ISSUER_KIND spec.tlsOptions.issuerRef.kind');
  expect(refer({ kind: 'CAS', group: 'cas.example' })).not.toContain('TLS_ISSUER_KIND spec.tlsOptions.issuerRef.kind');
});

test('names with dots are names', () => {
  expect(
    listFindings({ tls: { certificateSecretName: 'corp.head', workerCertificateSecretName: 'corp.worker-1' } }),
  ).toEqual([]);
});
