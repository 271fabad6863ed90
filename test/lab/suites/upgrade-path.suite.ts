// Owners of each kind on the way that docs/upgrade-path.md describes, with KubeRay's and cert-manager's own controllers: every cell
// of the page's table is what happens here.
import { beforeAll, describe, expect, test } from 'vitest';
import { refOf } from '../cases/settled.ts';
import type { KubernetesObject } from '../cluster/api.ts';
import { expandObjects } from '../cluster/expand.ts';
import { startFakeDashboard } from '../cluster/fake-dashboard.ts';
import { startFakeNode } from '../cluster/fake-node.ts';
import { waitFor } from '../cluster/wait.ts';
import type { Pod } from '../pods/pod.ts';
import { startCertManager } from '../servers/cert-manager.ts';
import { type ControlPlane, makeNamespace, startControlPlane } from '../servers/control-plane.ts';
import { operatorNamespace, startKubeRay } from '../servers/kuberay.ts';
import { labSuite } from '../suite.ts';
import {
  hasAddress,
  isHead,
  isHeld,
  listLeft,
  listLeftSecrets,
  listPods,
  namespace,
  printCounts,
  readTrust,
  uidsOf,
} from '../upgrade/observe.ts';
import { ownSecrets } from '../upgrade/own-secrets.ts';
import { compareTitles, readSteps } from '../upgrade/steps.ts';

labSuite('upgrade-path', { parts: ['control-plane', 'kuberay-crds', 'kuberay-1.6.2'] }, (life) => {
  let plane: ControlPlane;

  beforeAll(async () => {
    plane = await startControlPlane(life);
    await startCertManager(life, plane);
    const dashboard = await startFakeDashboard(life);
    await startKubeRay(life, plane, '1.6.2', { env: dashboard.env });
    await startFakeNode(life, plane);
    await makeNamespace(plane.api, namespace);
    for (const object of ownSecrets) await plane.api.apply(object);
  });

  /** Waits until a RayCluster has its head and both workers, all with an address, and `isWanted` likes them. */
  const waitForPods = (cluster: string, isWanted: (pods: readonly Pod[]) => boolean = () => true): Promise<Pod[]> =>
    waitFor(`the pods of ${cluster}`, async () => {
      const pods = await listPods(plane.api, cluster);
      return pods.length === 3 && pods.every(hasAddress) && isWanted(pods) ? pods : undefined;
    });

  const remove = (pod: Pod): Promise<void> => plane.api.remove(refOf(pod), { force: true });

  const statusOf = async (kind: string, name: string): Promise<Record<string, unknown>> =>
    ((await plane.api.read({ apiVersion: 'ray.io/v1', kind, name, namespace }))['status'] ?? {}) as Record<
      string,
      unknown
    >;

  const clusterOfService = (): Promise<string> =>
    waitFor('the RayService to have one cluster', async () => {
      const { activeServiceStatus, pendingServiceStatus } = await statusOf('RayService', 'serve');
      const nameIn = (status: unknown): string =>
        (status as { rayClusterName?: string } | undefined)?.rayClusterName ?? '';
      return nameIn(pendingServiceStatus) === '' ? nameIn(activeServiceStatus) || undefined : undefined;
    });

  const clusterOfJob = (): Promise<string> =>
    waitFor('the RayJob to run', async () => {
      const { jobDeploymentStatus, rayClusterName } = await statusOf('RayJob', 'job');
      return jobDeploymentStatus === 'Running' ? String(rayClusterName) : undefined;
    });

  /** Takes a worker away and looks at the one that KubeRay makes in its place. */
  async function replaceWorker(cluster: string): Promise<{ pods: Pod[]; added: Pod; head: Pod }> {
    const before = await waitForPods(cluster);
    const victim = before.find((pod) => !isHead(pod));
    if (victim === undefined) throw new Error(`${cluster} has no worker`);
    await remove(victim);
    const known = new Set(uidsOf(before));
    const isNew = ({ metadata }: Pod): boolean => !known.has(metadata.uid ?? '');
    const pods = await waitForPods(cluster, (now) => now.some(isNew));
    const [added, head] = [pods.find(isNew), pods.find(isHead)];
    if (added === undefined || head === undefined) throw new Error(`${cluster} has no head or no new worker`);
    return { pods, added, head };
  }

  const seen: string[] = [];
  let printed: KubernetesObject[] = [];
  let before: { still: Pod[]; fresh: Pod[]; service: string; job: string; jobPods: Pod[]; secrets: Set<string> };

  async function look(): Promise<typeof before> {
    const job = await clusterOfJob();
    return {
      still: await waitForPods('still'),
      fresh: await waitForPods('fresh'),
      service: await clusterOfService(),
      job,
      jobPods: await waitForPods(job),
      secrets: new Set((await listLeftSecrets(plane.api, printed)).map(({ metadata }) => metadata.name)),
    };
  }

  describe.each(readSteps())('$title', ({ title, manifests, row }) => {
    beforeAll(async () => {
      if (row !== undefined) before = await look();
      printed = await expandObjects(manifests, { 'operator-namespace': operatorNamespace });
      for (const object of printed) await plane.api.apply(object, { force: true });
    });

    if (row === undefined) {
      test('all owners run', () => look());
      return;
    }

    test(`prints ${row['printed beside the owner']}`, () => {
      seen.push(title);
      expect(printCounts(printed)).toBe(row['printed beside the owner']);
    });

    test(`leaves ${row['left without pruning']}, and of Secrets ${row['Secrets that stay']}`, async () => {
      const left = await listLeft(plane.api, printed);
      expect(printCounts(left)).toBe(row['left without pruning']);
      for (const object of left) await plane.api.remove(refOf(object));
      const secrets = await listLeftSecrets(plane.api, printed);
      expect(printCounts(secrets.filter(({ metadata }) => !before.secrets.has(metadata.name)))).toBe(
        row['Secrets that stay'],
      );
    });

    if (title === '`networkIsolation` added') {
      test('policies hold the pods of a RayCluster that run already, and not those of a RayJob', () => {
        expect(before.still.map((pod) => isHeld(pod, printed))).toEqual([true, true, true]);
        expect(before.jobPods.map((pod) => isHeld(pod, printed))).toEqual([false, false, false]);
      });
    }

    test(`RayCluster: ${row.RayCluster}, a new worker ${row['a new worker of it']}`, async () => {
      const { pods, added, head } = await replaceWorker('still');
      const stayed = uidsOf(before.still).filter((uid) => uidsOf(pods).includes(uid));
      expect(stayed).toHaveLength(2);
      const joins = (await readTrust(plane.api, added)) === (await readTrust(plane.api, head));
      expect(joins ? 'joins' : 'cannot join').toBe(row['a new worker of it']);
    });

    test('RayCluster: once its pods are deleted, all are as the manifest says, and trust each other', async () => {
      const old = await waitForPods('still');
      for (const pod of old) await remove(pod);
      const pods = await waitForPods('still', (now) => uidsOf(now).every((uid) => !uidsOf(old).includes(uid)));
      expect(new Set(await Promise.all(pods.map((pod) => readTrust(plane.api, pod)))).size).toBe(1);
    });

    test(`RayCluster with Recreate: ${row['RayCluster, Recreate']}`, async () => {
      const old = uidsOf(before.fresh);
      if (row['RayCluster, Recreate'] === 'all pods replaced') {
        const pods = await waitForPods('fresh', (now) => uidsOf(now).every((uid) => !old.includes(uid)));
        expect(new Set(await Promise.all(pods.map((pod) => readTrust(plane.api, pod)))).size).toBe(1);
      } else {
        const { pods } = await replaceWorker('fresh');
        expect(uidsOf(pods).filter((uid) => old.includes(uid))).toHaveLength(2);
      }
    });

    test(`RayService: ${row.RayService}`, async () => {
      const ref = { apiVersion: 'ray.io/v1', kind: 'RayService', name: 'serve', namespace };
      await waitFor('KubeRay to see the RayService', async () => {
        const { metadata, status } = await plane.api.read(ref);
        return (status as { observedGeneration?: number }).observedGeneration === metadata.generation || undefined;
      });
      if (row.RayService === 'cluster stays') expect(await clusterOfService()).toBe(before.service);
      else {
        await waitFor(
          'the RayService to have another cluster',
          async () => (await clusterOfService()) !== before.service || undefined,
        );
      }
      const owned = await waitFor('the old cluster to go', async () => {
        const clusters = await plane.api.list({ apiVersion: 'ray.io/v1', kind: 'RayCluster', namespace });
        const ofService = clusters.filter(({ metadata }) => metadata.ownerReferences?.[0]?.name === 'serve');
        return ofService.length === 1 ? ofService : undefined;
      });
      expect(owned[0]?.metadata.name).toBe(await clusterOfService());
    });

    test(`RayJob that runs: ${row['RayJob that runs']}`, async () => {
      expect(await clusterOfJob()).toBe(before.job);
      expect(uidsOf(await waitForPods(before.job))).toEqual(uidsOf(before.jobPods));
    });
  });

  test('these are all the rows of the page', () => {
    const { asked, written } = compareTitles();
    expect(written).toEqual(asked);
    expect(seen).toEqual(asked);
  });
});
