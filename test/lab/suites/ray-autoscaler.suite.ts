// The autoscaler that KubeRay adds to the head's pod, in a cluster that is closed and encrypted: it asks the GCS over mutual TLS, and
// the API server with the account and the rights that KubeRay gives it.
import { beforeAll, expect, test } from 'vitest';
import { waitFor } from '../cluster/wait.ts';
import type { RunningPod } from '../pods/kubelet.ts';
import { podsOf } from '../ray/core-cluster.ts';
import { applyManifest, partsOf, type RayLab, rayNamespace, startRayLab, type Versions } from '../ray/lab.ts';
import { listPods, waitForPods } from '../ray/pods.ts';
import { runWorkload } from '../ray/workload.ts';
import { labSuite } from '../suite.ts';

const versions: Versions = { ray: '2.60.0', kuberay: '1.6.2' };

labSuite('ray-autoscaler', { parts: partsOf(versions), namespaces: true }, (life) => {
  let lab: RayLab;
  let head: RunningPod;
  // All of them, ready or not: a worker joins before its probes have passed.
  const countWorkers = async (): Promise<number> =>
    (await listPods(lab.api, rayNamespace, podsOf('elastic', 'worker'))).length;

  beforeAll(async () => {
    lab = await startRayLab(life, versions);
    await applyManifest(lab, 'elastic');
    const [first] = await waitForPods(lab, {
      namespace: rayNamespace,
      labelSelector: podsOf('elastic', 'head'),
      count: 1,
    });
    head = first as RunningPod;
  });

  test('it starts with no worker', async () => {
    expect(await countWorkers()).toBe(0);
  });

  test('it makes workers for actors that find no room, and they join', async () => {
    const { actors, nodes } = await runWorkload<{ actors: string[]; nodes: string[] }>(head, 'demand', {
      args: [2],
      container: 'ray-head',
    });
    expect(new Set(actors).size).toBe(2);
    expect(actors.filter((name) => !name.includes('.elastic-raycluster-worker-nodes.'))).toEqual([]);
    expect(nodes).toHaveLength(3);
    expect(await countWorkers()).toBe(2);
  });

  test('it takes the workers away once they are idle', async () => {
    await waitFor('the workers to be gone', async () => (await countWorkers()) === 0 || undefined, {
      timeout: 120_000,
    });
    const cluster = await lab.api.read({
      apiVersion: 'ray.io/v1',
      kind: 'RayCluster',
      name: 'elastic',
      namespace: rayNamespace,
    });
    expect(cluster['spec']).toMatchObject({ workerGroupSpecs: [{ groupName: 'cpu', replicas: 0 }] });
  });

  test('its log has no sign of a connection that failed', () => {
    const log = head.readLog('autoscaler');
    expect(log).toContain('Using Autoscaling Config');
    expect(log).not.toMatch(/failed to connect|UNAVAILABLE|DEADLINE_EXCEEDED/i);
  });
});
