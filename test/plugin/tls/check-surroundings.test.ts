import { expect, test } from 'vitest';
import { checkCluster, listFindings } from '../../support/tls-check.ts';

test('a missing namespace is an error', () => {
  expect(listFindings({ namespace: '' })).toEqual(['TLS_NAMESPACE_MISSING metadata.namespace']);
});

test('an empty tlsOptions is on here and off for KubeRay 1.7', () => {
  expect(listFindings({ tls: {} })).toEqual(['TLS_EMPTY_OPTIONS spec.tlsOptions']);
});

test.each(['denyAll', 'denyAllIngress'])('the dashboard is behind %s', (mode) => {
  expect(listFindings({ isolation: { mode } })).toEqual([]);
});

test('the dashboard stays open with egress alone denied, unless tokens are asked for', () => {
  const isolation = { mode: 'denyAllEgress' };
  expect(listFindings({ isolation })).toEqual(['TLS_DASHBOARD_OPEN spec.tlsOptions']);
  expect(listFindings({ isolation, cluster: { authOptions: { mode: 'disabled' } } })).toHaveLength(1);
  expect(listFindings({ isolation, cluster: { authOptions: { mode: 'token' } } })).toEqual([]);
});

const staying = { cluster: { upgradeStrategy: { type: 'None' } } };

test('pods of a RayCluster that are not replaced are told of, those of generated clusters are not', () => {
  expect(listFindings(staying)).toEqual(['TLS_PODS_STAY spec.upgradeStrategy']);
  expect(listFindings({ ...staying, kind: 'RayService' })).toEqual([]);
});

test('the remedy is a field that the operator has', () => {
  const remedyOf = (...input: Parameters<typeof checkCluster>) => checkCluster(...input)[0]?.message.split('; ')[1];
  expect(remedyOf(staying, { kuberayVersion: '1.6' })).toMatch(/^set upgradeStrategy/);
  expect(remedyOf(staying, { kuberayVersion: '1.5' })).toMatch(/^delete the pods/);
  expect(remedyOf({ ...staying, apiVersion: 'ray.io/v1alpha1' })).toMatch(/^delete the pods/);
});
