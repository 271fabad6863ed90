// Pods that are replaced: others come with other addresses and names, and the certificates are good for them too.
import { expect, test } from 'vitest';
import { waitFor } from '../../cluster/wait.ts';
import type { RunningPod } from '../../pods/kubelet.ts';
import { type CoreCluster, findSecretName, podsOf } from '../core-cluster.ts';
import { rayNamespace } from '../lab.ts';
import { findRunning, isReady, listPods } from '../pods.ts';
import { listRequests, renew } from '../requests.ts';
import { runCommand, runWorkload } from '../workload.ts';

interface Replaced {
  readonly labelSelector: string;
  readonly old: RunningPod;
}

/** Deletes a pod and waits until KubeRay has made another that is ready. */
async function replacePod({ lab }: CoreCluster, { labelSelector, old }: Replaced): Promise<RunningPod> {
  const before = new Set((await listPods(lab.api, rayNamespace, labelSelector)).map(({ metadata }) => metadata.name));
  await lab.api.remove({ apiVersion: 'v1', kind: 'Pod', name: old.name, namespace: rayNamespace });
  return waitFor(
    `another pod than ${old.name}`,
    async () => {
      const pods = (await listPods(lab.api, rayNamespace, labelSelector)).filter(isReady);
      const fresh = pods.find(({ metadata }) => !before.has(metadata.name));
      return fresh && findRunning(lab, rayNamespace, fresh.metadata.name);
    },
    { timeout: 150_000, every: 250 },
  );
}

const readCertificate = async (pod: RunningPod): Promise<string> =>
  (await runCommand(pod, ['cat', '/etc/ray/tls/tls.crt'])).trim();

/** Declares the tests of replacement, in their order; `cluster` is asked inside of them. */
export function proveReplacements(cluster: () => CoreCluster): void {
  const work = (head: RunningPod): Promise<{ driver: string[] }> =>
    runWorkload<{ driver: string[] }>(head, 'every_direction', { args: [3] });

  test('a worker with a renewed certificate works with nodes that still have the old ones', async () => {
    const { lab, printed, head, workers } = cluster();
    const [old, other] = workers as readonly [RunningPod, RunningPod];
    const renewed = await renew(lab, findSecretName(printed, 'core-raycluster-worker'));
    const fresh = await replacePod(cluster(), { labelSelector: podsOf('core', 'worker', 'near'), old });
    expect(await readCertificate(fresh)).toBe(renewed.trim());
    const { driver } = await work(head);
    const names = [head, other, fresh].map(({ ip }) => expect.stringContaining(`${ip.replaceAll('.', '-')}.`));
    expect(driver).toEqual(expect.arrayContaining(names));
  });

  test('a head that is replaced has another address, and its certificate covers it', async () => {
    const { lab, head } = cluster();
    const requests = await listRequests(lab);
    const fresh = await replacePod(cluster(), { labelSelector: podsOf('core', 'head'), old: head });
    expect(fresh.ip).not.toBe(head.ip);
    const { driver } = await work(fresh);
    expect(driver).toEqual(expect.arrayContaining([expect.stringContaining(`${fresh.ip.replaceAll('.', '-')}.core-`)]));
    expect(await listRequests(lab)).toEqual(requests);
  });
}
