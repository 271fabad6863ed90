import { expect, test } from 'vitest';
import { findingTable } from '../../../plugin/findings/table.ts';
import { checkCluster, listFindings } from '../../support/tls-check.ts';

test.each([
  [['v1', 'apps/v1'], ['TLS_CERT_MANAGER_MISSING spec.tlsOptions']],
  [['v1', 'cert-manager.io/v1alpha2', 'acme.cert-manager.io/v1'], ['TLS_CERT_MANAGER_MISSING spec.tlsOptions']],
  [['v1', 'cert-manager.io/v1'], []],
  [['v1', 'cert-manager.io/v1/Certificate'], []],
  [[], []],
])('with the API versions %j: %j', (kubeApiVersions, findings) => {
  expect(listFindings({}, { kubeApiVersions })).toEqual(findings);
});

const tls = { issuerRef: { name: 'corp' } };
const named = { group: { headService: { metadata: { name: 'front' } } } };

test('a shared issuer is a warning where the head has a name of its own', () => {
  expect(listFindings({ tls })).toEqual(['TLS_SHARED_ISSUER spec.tlsOptions.issuerRef']);
  expect(listFindings({ tls, kind: 'RayJob', head: named })).toEqual([
    'TLS_SHARED_ISSUER spec.rayClusterSpec.tlsOptions.issuerRef',
  ]);
  expect(findingTable.TLS_SHARED_ISSUER.severity).toBe('warning');
});

test('an issuer of the settings counts as shared too', () => {
  const issuerRef = { name: 'corp', kind: 'ClusterIssuer', group: 'cert-manager.io' };
  expect(listFindings({}, { issuerRef })).toEqual(['TLS_SHARED_ISSUER spec.tlsOptions.issuerRef']);
});

test('with the names of a whole namespace in it, it is an error that the owner may accept', () => {
  const [, found] = checkCluster({ tls, kind: 'RayJob' });
  expect(found).toMatchObject({
    code: 'TLS_SHARED_ISSUER_WILDCARD',
    facts: { wildcard: '*.ml.svc.cluster.local', canFix: true },
  });
  expect(findingTable.TLS_SHARED_ISSUER_WILDCARD).toMatchObject({ severity: 'error', acceptable: true });
});

test('a RayService is not told to fix a name that KubeRay would refuse', () => {
  const [, found] = checkCluster({ tls, kind: 'RayService' });
  expect(found?.message).not.toContain('headService');
});
