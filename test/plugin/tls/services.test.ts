import { expect, test } from 'vitest';
import { buildNodesService } from '../../../plugin/tls/services.ts';
import { makeRaySpec } from '../../support/ray-spec.ts';

test('pods of a RayCluster are found by its name, before they are ready', () => {
  expect(buildNodesService(makeRaySpec(), 'worker')['spec']).toEqual({
    clusterIP: 'None',
    ipFamilyPolicy: 'PreferDualStack',
    publishNotReadyAddresses: true,
    selector: { 'ray.io/cluster': 'demo', 'ray.io/node-type': 'worker' },
    ports: [{ name: 'ray', port: 6379, protocol: 'TCP', targetPort: 6379 }],
  });
});

test('pods of a generated cluster are found by the label of their owner', () => {
  expect(buildNodesService(makeRaySpec({ kind: 'RayCronJob' }), 'head')['spec']).toMatchObject({
    selector: { 'ray.io/node-type': 'head', 'rayshield.io/owner': 'demo-raycronjob' },
  });
});

test('the Service of a long name is still a DNS label, and differs by role', () => {
  const spec = makeRaySpec({ name: 'c'.repeat(53) });
  const [head, worker] = [buildNodesService(spec, 'head'), buildNodesService(spec, 'worker')];
  expect(head.metadata.name).toMatch(/^[a-z0-9-]{1,63}$/);
  expect(head.metadata.name).not.toBe(worker.metadata.name);
});
