// That policies hold: which ports of Ray's pods answer whom, tried on every port that listens. What is open to the cluster's own
// pods in the same moment shows that a silence elsewhere is the policy's doing.
import { beforeAll, expect, test } from 'vitest';
import { waitFor } from '../../cluster/wait.ts';
import type { RunningPod } from '../../pods/kubelet.ts';
import { makeNamespace } from '../../servers/control-plane.ts';
import { operatorNamespace } from '../../servers/kuberay.ts';
import type { CoreCluster } from '../core-cluster.ts';
import { rayNamespace } from '../lab.ts';
import { listListeners, listReached } from '../listeners.ts';
import { findRunning, startIdlePod } from '../pods.ts';

const otherNamespace = 'elsewhere';
const strangerPort = 8000;

/** A pod without any label of Ray's that answers on a port. */
const startStranger = async ({ lab }: CoreCluster, namespace: string): Promise<RunningPod> =>
  startIdlePod(lab, { name: 'stranger', namespace, command: ['python', '-m', 'http.server', `${strangerPort}`] });

/** Declares the tests of the policies; `cluster` is asked inside of them. */
export function proveIsolation(cluster: () => CoreCluster): void {
  let targets: string[];
  let neighbour: RunningPod;
  let foreigner: RunningPod;

  const reach = (from: RunningPod, to: readonly string[] = targets): Promise<string[]> => listReached(from, to);
  const onHead = (...ports: number[]): string[] => ports.map((port) => `${cluster().head.ip}:${port}`);

  beforeAll(async () => {
    const { lab, head, workers } = cluster();
    await makeNamespace(lab.api, otherNamespace);
    [neighbour, foreigner] = await Promise.all([
      startStranger(cluster(), rayNamespace),
      startStranger(cluster(), otherNamespace),
    ]);
    const listed = [head, ...workers].map(async (pod) =>
      (await listListeners(pod)).map(({ port }) => `${pod.ip}:${port}`),
    );
    targets = (await Promise.all(listed)).flat();
  });

  test('pods of the cluster reach every port of each other', async () => {
    const { workers } = cluster();
    expect(await reach(workers[0] as RunningPod)).toEqual(targets);
  });

  test('a stranger in the namespace of the cluster reaches no port of any Ray pod', async () => {
    expect(await reach(neighbour)).toEqual([]);
  });

  test('a stranger in another namespace reaches no port of any Ray pod', async () => {
    expect(await reach(foreigner)).toEqual([]);
  });

  test('the same stranger reaches them all once nothing enforces the policies', async () => {
    const { kubelet } = cluster().lab;
    kubelet.enforcePolicies = false;
    try {
      await waitFor(
        'every port to be open',
        async () => (await reach(foreigner)).length === targets.length || undefined,
      );
    } finally {
      kubelet.enforcePolicies = true;
    }
    await waitFor('every port to be closed', async () => (await reach(foreigner)).length === 0 || undefined);
  });

  test("KubeRay's operator reaches the dashboard and nothing else", async () => {
    const operator = findRunning(cluster().lab, operatorNamespace, 'kuberay-operator');
    expect(await reach(operator)).toEqual(onHead(8265));
  });

  test('a pod of `clients` reaches the port of Ray Client and nothing else', async () => {
    expect(await reach(cluster().studio)).toEqual(onHead(10001));
  });

  test('the DNS pod reaches nothing', async () => {
    expect(await reach(findRunning(cluster().lab, 'kube-system', 'coredns'))).toEqual([]);
  });

  test('Ray pods reach no stranger, and strangers reach each other', async () => {
    const strangers = [neighbour, foreigner].map(({ ip }) => `${ip}:${strangerPort}`);
    const { head, workers } = cluster();
    for (const pod of [head, ...workers]) expect(await reach(pod, strangers)).toEqual([]);
    expect(await reach(neighbour, strangers)).toEqual(strangers);
  });
}
