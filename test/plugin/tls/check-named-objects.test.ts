// Secrets and issuers that the input itself holds.
import { describe, expect, test } from 'vitest';
import { listFindings } from '../../support/tls-check.ts';

const secret = (keys: readonly string[], head: string = 'name: own, namespace: ml', field = 'data'): string =>
  `apiVersion: v1\nkind: Secret\nmetadata: {${head}}\n${field}: {${keys.map((key) => `${key}: eA==`).join(', ')}}\n`;
const whole = ['tls.crt', 'tls.key', 'ca.crt'];
const tls = { certificateSecretName: 'own', workerCertificateSecretName: 'worker' };
const at = 'spec.tlsOptions.certificateSecretName';

describe('a Secret', () => {
  test.each<[string, string, string[]]>([
    ['that is whole', secret(whole), []],
    ['whose data are plain', secret(whole, 'name: own, namespace: ml', 'stringData'), []],
    ['without a CA', secret(whole.slice(0, 2)), [`TLS_SECRET_INCOMPLETE ${at}`]],
    ['that is empty', secret([]), [`TLS_SECRET_INCOMPLETE ${at}`]],
    ['whose values are empty', secret(whole).replaceAll('eA==', '""'), [`TLS_SECRET_INCOMPLETE ${at}`]],
    ['whose values are null', secret(whole).replaceAll('eA==', ''), [`TLS_SECRET_INCOMPLETE ${at}`]],
    ['that a controller fills', secret([], 'name: own, namespace: ml, annotations: {a: b}'), []],
    ['of another namespace', secret(whole, 'name: own, namespace: lab'), [`TLS_REFERENCE_ELSEWHERE ${at}`]],
    ['of both namespaces', `${secret(['x'], 'name: own, namespace: lab')}---\n${secret(whole)}`, []],
    ['that nobody asks for', secret([], 'name: other, namespace: ml'), []],
    ['that is no text to read', 'kind: Secret\nmetadata: {name: own\n', []],
  ])('%s', (_, neighbours, expected) => {
    expect(listFindings({ tls, neighbours })).toEqual(expected);
  });
});

const issuer = (kind: string, spec: string, namespace = 'ml'): string =>
  `apiVersion: cert-manager.io/v1\nkind: ${kind}\nmetadata: {name: company, namespace: ${namespace}}\nspec: {${spec}}\n`;
const findings = (kind: string, neighbours: string): string[] =>
  listFindings({ tls: { issuerRef: { name: 'company', kind } }, neighbours }).filter(
    (one) => !one.startsWith('TLS_SHARED'),
  );

describe('an issuer', () => {
  const ca = 'ca: {secretName: ca}';
  const ref = 'spec.tlsOptions.issuerRef';

  test.each<[string, string, string, string[]]>([
    ['that signs with a CA', 'Issuer', issuer('Issuer', ca), []],
    ['that signs itself', 'Issuer', issuer('Issuer', 'selfSigned: {}'), [`TLS_ISSUER_UNFIT ${ref}`]],
    ['that asks an ACME server', 'ClusterIssuer', issuer('ClusterIssuer', 'acme: {}'), [`TLS_ISSUER_UNFIT ${ref}`]],
    ['that does not say how it signs', 'Issuer', issuer('Issuer', ''), [`TLS_ISSUER_UNFIT ${ref}`]],
    ['that asks Vault', 'Issuer', issuer('Issuer', 'vault: {}'), []],
    ['of the other kind', 'Issuer', issuer('ClusterIssuer', ca), [`TLS_ISSUER_OTHER_KIND ${ref}`]],
    ['of another namespace', 'Issuer', issuer('Issuer', ca, 'lab'), [`TLS_REFERENCE_ELSEWHERE ${ref}`]],
    ['of both kinds', 'Issuer', `${issuer('ClusterIssuer', 'acme: {}')}---\n${issuer('Issuer', ca)}`, []],
    ['that the input does not hold', 'Issuer', '', []],
  ])('%s', (_, kind, neighbours, expected) => {
    expect(findings(kind, neighbours)).toEqual(expected);
  });
});
