// A cluster that lives: workers that come late, and a head whose GCS dies. Certificates must not change with any of it.
import { beforeAll, expect, test } from 'vitest';
import { waitFor } from '../../cluster/wait.ts';
import type { PodStatus } from '../../pods/pod.ts';
import { type CoreCluster, podsOf } from '../core-cluster.ts';
import { rayNamespace } from '../lab.ts';
import { waitForPods } from '../pods.ts';
import { listRequests } from '../requests.ts';
import { runCommand, runWorkload } from '../workload.ts';

const clusterRef = { apiVersion: 'ray.io/v1', kind: 'RayCluster', name: 'core', namespace: rayNamespace } as const;

interface Group {
  readonly groupName: string;
  readonly replicas: number;
}

/** As a user scales: all groups are sent, since a merge patch replaces a list. */
async function scale({ lab }: CoreCluster, groupName: string, replicas: number): Promise<void> {
  const stored = await lab.api.read(clusterRef);
  const groups = (stored['spec'] as { workerGroupSpecs: Group[] }).workerGroupSpecs;
  const workerGroupSpecs = groups.map((group) => (group.groupName === groupName ? { ...group, replicas } : group));
  await lab.api.patch(clusterRef, { spec: { workerGroupSpecs } });
}

const nodesOf = ({ head }: CoreCluster, count: number): Promise<string[]> =>
  runWorkload<string[]>(head, 'nodes', { args: [count] });

/** Declares the tests of change, in their order; `cluster` is asked inside of them. */
export function proveChanges(cluster: () => CoreCluster): void {
  let requests: string[];
  beforeAll(async () => {
    requests = await listRequests(cluster().lab);
  });

  test('a worker whose name comes 40 s late waits for it, and joins', async () => {
    const { lab } = cluster();
    const [late] = await waitForPods(lab, {
      namespace: rayNamespace,
      labelSelector: podsOf('core', 'worker', 'unnamed'),
      count: 1,
    });
    expect(late?.readLog('ray-worker')).toContain('rayshield: waiting for');
    expect(await nodesOf(cluster(), 4)).toHaveLength(4);
    const ref = { apiVersion: 'v1', kind: 'Pod', name: late?.name ?? '', namespace: rayNamespace };
    const status = (await lab.api.read(ref))['status'] as PodStatus;
    const [first] = status.initContainerStatuses ?? [];
    const ready = status.conditions?.find(({ type }) => type === 'Ready');
    const waited = Date.parse(ready?.lastTransitionTime ?? '') - Date.parse(first?.state?.terminated?.startedAt ?? '');
    expect(waited).toBeGreaterThanOrEqual(39_000);
  });

  test('a worker that is added later joins, and no certificate is asked for', async () => {
    await scale(cluster(), 'near', 3);
    expect(await nodesOf(cluster(), 5)).toHaveLength(5);
    expect(await listRequests(cluster().lab)).toEqual(requests);
    // Self-signed CA, head, worker, client.
    expect(requests).toHaveLength(4);
  });

  test('a head whose GCS dies starts again in its pod, and the workers come back', async () => {
    const { lab, head } = cluster();
    const before = head.ip;
    await runCommand(head, ['bash', '-c', 'kill -9 $(pidof gcs_server)']);
    await waitFor(
      'the head to be started again',
      async () => {
        const pod = await lab.api.read({ apiVersion: 'v1', kind: 'Pod', name: head.name, namespace: rayNamespace });
        const { containerStatuses } = pod['status'] as {
          containerStatuses: { restartCount: number; ready: boolean }[];
        };
        return containerStatuses.some(({ restartCount, ready }) => restartCount > 0 && ready) || undefined;
      },
      { timeout: 120_000, every: 250 },
    );
    const [again] = await waitForPods(lab, {
      namespace: rayNamespace,
      labelSelector: podsOf('core', 'head'),
      count: 1,
    });
    expect(again?.ip).toBe(before);
    expect((await nodesOf({ ...cluster(), head: again ?? head }, 5)).length).toBeGreaterThanOrEqual(5);
    expect(await listRequests(cluster().lab)).toEqual(requests);
  });
}
