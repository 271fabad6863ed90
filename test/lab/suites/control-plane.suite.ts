// The lab's own servers: what every other suite takes for granted.
import { beforeAll, expect, test } from 'vitest';
import { installKubeRayCrds } from '../cluster/crds.ts';
import { startCertManager } from '../servers/cert-manager.ts';
import { type ControlPlane, makeNamespace, startControlPlane } from '../servers/control-plane.ts';
import { startCoreDns } from '../servers/coredns.ts';
import { labSuite } from '../suite.ts';

labSuite('control-plane', { parts: ['control-plane', 'kuberay-crds'] }, (life) => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane(life);
  });

  test('a field that no schema knows is refused', async () => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, unknown: 'x' };
    await expect(plane.api.apply(object)).rejects.toThrow('.unknown');
  });

  test('a namespace gets an account, and goes', async () => {
    await makeNamespace(plane.api, 'ml');
    expect(
      (await plane.api.list({ apiVersion: 'v1', kind: 'Namespace' })).map(({ metadata }) => metadata.name),
    ).toContain('ml');
  });

  test('Ray objects are known after their definitions', async () => {
    await installKubeRayCrds(plane.api, '1.6.2');
    expect(await plane.api.list({ apiVersion: 'ray.io/v1', kind: 'RayCluster', namespace: 'ml' })).toEqual([]);
  });

  test('cert-manager refuses a Certificate without a name', async () => {
    await startCertManager(life, plane);
    const certificate = {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: 'a', namespace: 'ml' },
      spec: { secretName: 'a', issuerRef: { name: 'a' } },
    };
    await expect(plane.api.apply(certificate)).rejects.toThrow(/webhook.*denied/);
  });

  test('CoreDNS answers for Services', async () => {
    const resolver = await startCoreDns(life, plane);
    expect(await resolver.resolve4('kubernetes.default.svc.cluster.local')).toEqual(['10.96.0.1']);
  });
});
