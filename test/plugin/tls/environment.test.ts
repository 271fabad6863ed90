import { expect, test } from 'vitest';
import { buildEnvironment, buildTLSVolume, loopbackVariable, tlsMount } from '../../../plugin/tls/environment.ts';
import { makeRaySpec, type SpecParts } from '../../support/ray-spec.ts';
import { makeSettings } from '../../support/settings.ts';

const environmentOf = (role: 'head' | 'worker', parts: SpecParts = {}) =>
  buildEnvironment(makeRaySpec(parts), makeSettings(), role);
const podIP = { name: 'RAYSHIELD_POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } };
const certificates = [
  { name: 'RAY_USE_TLS', value: '1' },
  { name: 'RAY_TLS_SERVER_CERT', value: '/etc/ray/tls/tls.crt' },
  { name: 'RAY_TLS_SERVER_KEY', value: '/etc/ray/tls/tls.key' },
  { name: 'RAY_TLS_CA_CERT', value: '/etc/ray/tls/ca.crt' },
];

// Golden: a release that changes one of these texts restarts every user's clusters, so it must be a major one.
test('the texts of pod templates are frozen', () => {
  expect(environmentOf('head')).toEqual([
    podIP,
    { name: 'RAY_ADDRESS', value: 'demo-head-svc.ml.svc.cluster.local:6379' },
    ...certificates,
  ]);
  expect(environmentOf('head', { kind: 'RayService' })).toEqual([
    podIP,
    { name: 'RAYSHIELD_CLUSTER', valueFrom: { fieldRef: { fieldPath: "metadata.labels['ray.io/cluster']" } } },
    { name: 'RAY_ADDRESS', value: '$(RAYSHIELD_CLUSTER)-head-svc.ml.svc.cluster.local:6379' },
    ...certificates,
  ]);
  expect(environmentOf('worker')).toEqual([podIP, ...certificates]);
  expect(loopbackVariable).toEqual({ name: 'RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER', value: '0' });
  expect(buildTLSVolume('corp')).toEqual({ name: 'ray-tls', secret: { secretName: 'corp' } });
  expect(tlsMount).toEqual({ name: 'ray-tls', mountPath: '/etc/ray/tls', readOnly: true });
});

const addressOf = (parts: SpecParts) => environmentOf('head', parts).find(({ name }) => name === 'RAY_ADDRESS')?.value;
const named = { group: { headService: { metadata: { name: 'front' } } } };

test('the head is dialled on its own GCS port', () => {
  expect(addressOf({ head: { rayStartParams: { port: '6380' } } })).toBe('demo-head-svc.ml.svc.cluster.local:6380');
});

test.each(['RayCluster', 'RayJob'] as const)('a %s dials the head Service that the user named', (kind) => {
  expect(addressOf({ kind, head: named })).toBe('front.ml.svc.cluster.local:6379');
  expect(environmentOf('head', { kind, head: named }).map(({ name }) => name)).not.toContain('RAYSHIELD_CLUSTER');
});
