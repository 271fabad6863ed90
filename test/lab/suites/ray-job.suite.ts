// A RayJob through KubeRay's own submitter, a pod without any certificate, into a cluster that is closed and encrypted; in a
// Kubernetes cluster whose DNS domain is not the usual one.
import { beforeAll, expect, test } from 'vitest';
import type { KubernetesObject } from '../cluster/api.ts';
import { waitFor } from '../cluster/wait.ts';
import type { RunningPod } from '../pods/kubelet.ts';
import { applyManifest, partsOf, type RayLab, rayNamespace, startRayLab, type Versions } from '../ray/lab.ts';
import { listListeners, listReached } from '../ray/listeners.ts';
import { findRunning, isReady, listPods } from '../ray/pods.ts';
import { labSuite } from '../suite.ts';

const versions: Versions = { ray: '2.60.0', kuberay: '1.6.2' };

const clusterDomain = 'lab.internal';

// What the Job controller labels its pods with, and the only thing that a policy can know this one by up to KubeRay 1.6.
const submitterLabel = 'batch.kubernetes.io/job-name=train';
const memberLabel = 'rayshield.io/owner=train-rayjob';

const jobRef = { apiVersion: 'ray.io/v1', kind: 'RayJob', name: 'train', namespace: rayNamespace } as const;

const statusOf = (object: KubernetesObject): Readonly<Record<string, string>> =>
  (object['status'] ?? {}) as Readonly<Record<string, string>>;

labSuite('ray-job', { parts: partsOf(versions), namespaces: true }, (life) => {
  let lab: RayLab;
  let submitter: RunningPod;
  beforeAll(async () => {
    lab = await startRayLab(life, versions, { clusterDomain });
    await applyManifest(lab, 'job');
    submitter = await waitFor(
      'the submitter to run',
      async () => {
        const [pod] = (await listPods(lab.api, rayNamespace, submitterLabel)).filter(isReady);
        return pod && findRunning(lab, rayNamespace, pod.metadata.name);
      },
      { timeout: 150_000 },
    );
  });

  test('the submitter reaches the dashboard of the head and no other port of the cluster', async () => {
    const pods = (await listPods(lab.api, rayNamespace, memberLabel)).map(({ metadata }) =>
      findRunning(lab, rayNamespace, metadata.name),
    );
    const lists = pods.map(async (pod) => (await listListeners(pod)).map(({ port }) => `${pod.ip}:${port}`));
    const targets = (await Promise.all(lists)).flat();
    expect(targets.length).toBeGreaterThan(10);
    expect(await listReached(submitter, targets)).toEqual(targets.filter((target) => target.endsWith(':8265')));
  });

  test('the submitter has no certificate', async () => {
    const { stdout, exitCode } = await submitter.exec(['env'], { timeout: 10_000 });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('RAY_JOB_SUBMISSION_ID=');
    expect(stdout).not.toContain('RAY_TLS');
    const { stdout: files } = await submitter.exec(['ls', '/etc/ray'], { timeout: 10_000 });
    expect(files).toBe('');
  });

  test('the job succeeds, on the head and its worker', async () => {
    const status = await waitFor(
      'the job to end',
      async () => {
        const found = statusOf(await lab.api.read(jobRef));
        return ['SUCCEEDED', 'FAILED', 'STOPPED'].includes(found['jobStatus'] ?? '') ? found : undefined;
      },
      { timeout: 120_000, every: 250 },
    );
    expect(status).toMatchObject({ jobStatus: 'SUCCEEDED' });
  });

  test('the submitter shows what the job printed', async () => {
    await waitFor(
      'the submitter to end',
      async () => statusOf(await lab.api.read(jobRef))['jobDeploymentStatus'] === 'Complete' || undefined,
    );
    expect(submitter.readLog('ray-job-submitter')).toMatch(/RESULT .*-worker-nodes\.ml\.svc\.lab\.internal/);
  });
});
