// What certificates refuse, and the words that Ray has for it: each stands in docs/troubleshooting.md, where users look it up.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { KubernetesObject } from '../cluster/api.ts';
import { waitFor } from '../cluster/wait.ts';
import type { RunningPod } from '../pods/kubelet.ts';
import { findSecretName, podsOf } from '../ray/core-cluster.ts';
import { expandManifest, partsOf, type RayLab, rayNamespace, startRayLab, type Versions } from '../ray/lab.ts';
import { findRunning, listPods, startIdlePod, waitForPods } from '../ray/pods.ts';
import { labSuite } from '../suite.ts';

const versions: Versions = { ray: '2.60.0', kuberay: '1.6.2' };

const explained = (): string =>
  readFileSync(join(import.meta.dirname, '../../../docs/troubleshooting.md'), 'utf8').replaceAll(/\s+/g, ' ');

type Replace = (text: string) => string;

/** What rayshield printed for one owner, with one text in it exchanged for another: what it would never print. */
const exchange = (objects: readonly KubernetesObject[], owner: string, replace: Replace): KubernetesObject[] =>
  objects.map((object) =>
    object.kind === 'RayCluster' && object.metadata.name === owner
      ? JSON.parse(replace(JSON.stringify(object)))
      : object,
  );

const byAddress: Replace = (text) =>
  text.replaceAll(
    /"node-ip-address":"\$\(s=strict-raycluster-worker-nodes[^"]*"/g,
    '"node-ip-address":"$RAYSHIELD_POD_IP"',
  );

const headOf = (cluster: string): string => `${cluster}-head-svc.ml.svc.cluster.local:6379`;

labSuite('ray-negative', { parts: partsOf(versions), namespaces: true }, (life) => {
  let lab: RayLab;
  let head: RunningPod;
  let asking: Readonly<Record<'plain' | 'foreign' | 'member', Promise<string>>>;

  /** What `ray health-check` says where it fails; it gives up after some 40 s. */
  const askFails = async (pod: RunningPod, cluster: string): Promise<string> => {
    const { stderr, exitCode } = await pod.exec(['ray', 'health-check', '--address', headOf(cluster)], {
      timeout: 150_000,
    });
    expect(exitCode).not.toBe(0);
    return stderr;
  };

  beforeAll(async () => {
    lab = await startRayLab(life, versions);
    const printed = await expandManifest(lab, 'strict');
    const [headSecret, workerSecret] = [
      findSecretName(printed, 'swapped-raycluster-head'),
      findSecretName(printed, 'swapped-raycluster-worker'),
    ];
    const swapped = exchange(printed, 'swapped', (text) => text.replaceAll(headSecret, workerSecret));
    for (const object of exchange(swapped, 'strict', byAddress)) await lab.api.apply(object);
    const startAsker = (name: string, tlsSecret?: string): Promise<RunningPod> =>
      startIdlePod(lab, { name, namespace: rayNamespace, ...(tlsSecret !== undefined && { tlsSecret }) });
    const [[strict], plain, member] = await Promise.all([
      waitForPods(lab, { namespace: rayNamespace, labelSelector: podsOf('strict', 'head'), count: 1 }),
      startAsker('plain'),
      startAsker('member', workerSecret),
    ]);
    head = strict as RunningPod;
    asking = {
      plain: askFails(plain, 'strict'),
      // The same certificate is a stranger's to one cluster and a member's of the other.
      foreign: askFails(member, 'strict'),
      member: askFails(member, 'swapped'),
    };
    // A test awaits each; until then a failure is nobody's.
    for (const asked of Object.values(asking)) asked.catch(() => undefined);
  });

  test('a caller in plain text waits for the GCS in vain', async () => {
    const message = 'Timed out while waiting for GCS to become available';
    expect(await asking.plain).toContain(message);
    expect(explained()).toContain(message);
  });

  test('a certificate of another CA is refused', async () => {
    const message = 'CERTIFICATE_VERIFY_FAILED';
    expect(await asking.foreign).toContain(message);
    expect(explained()).toContain(message);
  });

  /** Waits until the GCS of a pod has logged something: its own words on handshakes stand in files of the container. */
  const waitForGcsLog = (pod: RunningPod, file: 'out' | 'err', text: string): Promise<true> =>
    waitFor(`${text} in ${pod.name}`, async () => {
      const { stdout } = await pod.exec(['cat', `/tmp/ray/session_latest/logs/gcs_server.${file}`]);
      return stdout.includes(text) || undefined;
    });

  test("a head that shows a worker's certificate is refused by a member of its own cluster", async () => {
    expect(await asking.member).toContain('Timed out while waiting for GCS to become available');
    const [swapped] = await listPods(lab.api, rayNamespace, podsOf('swapped', 'head'));
    const message = 'No match found for server name';
    const pod = findRunning(lab, rayNamespace, swapped?.metadata.name ?? '');
    expect(await waitForGcsLog(pod, 'err', `${message}: swapped-head-svc.ml.svc.cluster.local`)).toBe(true);
    expect(explained()).toContain(message);
  });

  test('a worker that gives its address for its name is taken for dead, and its container ends', async () => {
    const worker = await waitFor(
      'the worker to end',
      async () => {
        const [pod] = await listPods(lab.api, rayNamespace, podsOf('strict', 'worker'));
        return pod?.status?.containerStatuses?.some(({ restartCount }) => restartCount > 0) ? pod : undefined;
      },
      { timeout: 150_000 },
    );
    const { ip, readLog } = findRunning(lab, rayNamespace, worker.metadata.name);
    expect(readLog('ray-worker').includes(`No match found for server name: ${ip}`)).toBe(true);
    expect(await waitForGcsLog(head, 'out', `Peer name ${ip} is not in peer certificate`)).toBe(true);
    expect(explained()).toContain('No match found for server name');
    expect(explained()).toMatch(/Peer name \S+ is not in peer certificate/);
  });
});
