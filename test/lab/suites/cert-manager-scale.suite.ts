// Certificates are complete before the first pod: while KubeRay's operator makes and removes pods, nothing is issued.
import { beforeAll, expect, test } from 'vitest';
import { applyInOrder, expandTlsCluster, readAllIssued, revisionsOf, serialsOf } from '../cases/tls-cluster.ts';
import type { KubernetesObject } from '../cluster/api.ts';
import { startFakeNode } from '../cluster/fake-node.ts';
import { waitFor } from '../cluster/wait.ts';
import { startCertManager } from '../servers/cert-manager.ts';
import { type ControlPlane, makeNamespace, startControlPlane } from '../servers/control-plane.ts';
import { startKubeRay } from '../servers/kuberay.ts';
import { labSuite } from '../suite.ts';

const namespace = 'ml';

const podIP = ({ status }: KubernetesObject): string => (status as { podIP?: string } | undefined)?.podIP ?? '';

labSuite('cert-manager-scale', { parts: ['control-plane', 'kuberay-crds', 'kuberay-1.6.2'] }, (life) => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane(life);
    await startCertManager(life, plane);
    await startKubeRay(life, plane, '1.6.2');
    await startFakeNode(life, plane);
    await makeNamespace(plane.api, namespace);
  });

  /** Waits until the head and so many workers have an address. */
  const waitForWorkers = (count: number): Promise<string[]> =>
    waitFor(
      `${count} workers`,
      async () => {
        const pods = await plane.api.list(
          { apiVersion: 'v1', kind: 'Pod', namespace },
          { labelSelector: 'ray.io/cluster=demo' },
        );
        const addresses = pods.map(podIP).filter((address) => address !== '');
        return pods.length === count + 1 && addresses.length === pods.length ? addresses : undefined;
      },
      { timeout: 150_000 },
    );

  const scaleTo = async (replicas: number): Promise<string[]> => {
    const ref = { apiVersion: 'ray.io/v1', kind: 'RayCluster', name: 'demo', namespace };
    const { workerGroupSpecs } = (await plane.api.read(ref))['spec'] as { workerGroupSpecs: object[] };
    await plane.api.patch(ref, {
      spec: { workerGroupSpecs: workerGroupSpecs.map((group) => ({ ...group, replicas })) },
    });
    return waitForWorkers(replicas);
  };

  test('from 2 workers to 50 and back to 2 no certificate is asked for', async () => {
    const objects = await expandTlsCluster(namespace, { enabled: true });
    await applyInOrder(plane.api, objects);
    await waitForWorkers(2);
    const before = await readAllIssued(plane.api, objects);
    const listRequests = async (): Promise<string[]> =>
      (await plane.api.list({ apiVersion: 'cert-manager.io/v1', kind: 'CertificateRequest', namespace })).map(
        ({ metadata }) => `${metadata.name} ${metadata.uid}`,
      );
    const requests = await listRequests();
    expect(requests).toHaveLength(3);

    const addresses = await scaleTo(50);
    expect(new Set(addresses).size).toBe(51);
    expect(await listRequests()).toEqual(requests);
    await scaleTo(2);
    expect(await listRequests()).toEqual(requests);

    const after = await readAllIssued(plane.api, objects);
    expect(serialsOf(after)).toEqual(serialsOf(before));
    expect(revisionsOf(after)).toEqual({ ca: 1, head: 1, worker: 1 });
  });
});
