import { expect, test } from 'vitest';
import { listFindings } from '../../support/tls-check.ts';

const own = { certificateSecretName: 'corp-head', workerCertificateSecretName: 'corp-worker' };

test('two Secrets have nothing to report', () => {
  expect(listFindings({ tls: own })).toEqual([]);
});

test.each([
  { issuerRef: { name: 'corp' } },
  { duration: '100h' },
  { renewBefore: '10h' },
  { privateKey: { algorithm: 'RSA' } },
  { extraDnsNames: ['ray.corp.example'] },
  { clients: [{ name: 'notebook' }] },
])('own Secrets beside %j are refused', (field) => {
  const [name] = Object.keys(field);
  expect(listFindings({ tls: { ...own, ...field } })).toEqual([`TLS_OWN_SECRET_CONFLICT spec.tlsOptions.${name}`]);
});

test("a worker's Secret without the head's is refused", () => {
  expect(listFindings({ tls: { workerCertificateSecretName: 'corp' } })).toEqual([
    'TLS_WORKER_SECRET_ALONE spec.tlsOptions.workerCertificateSecretName',
  ]);
});

test.each([{ certificateSecretName: 'corp' }, { certificateSecretName: 'corp', workerCertificateSecretName: 'corp' }])(
  'with %j workers hold the key of the head',
  (tls) => {
    expect(listFindings({ tls })).toEqual(['TLS_ONE_SECRET spec.tlsOptions.certificateSecretName']);
  },
);

test('an issuer of the settings and a missing cert-manager do not matter', () => {
  const issuerRef = { name: 'corp', kind: 'Issuer', group: 'cert-manager.io' };
  expect(listFindings({ tls: own }, { issuerRef, kubeApiVersions: ['v1'] })).toEqual([]);
});
