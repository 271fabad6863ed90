// A RayService in a cluster that is closed and encrypted: KubeRay deploys the application over the dashboard, replicas on two nodes
// call each other, and only whom a rule lets in gets an answer. Its DNS knows pods by their names alone (endpoint_pod_names).
import { beforeAll, expect, test } from 'vitest';
import type { KubernetesObject } from '../cluster/api.ts';
import { waitFor } from '../cluster/wait.ts';
import { applyManifest, partsOf, type RayLab, rayNamespace, startRayLab, type Versions } from '../ray/lab.ts';
import { findRunning, listPods, startIdlePod } from '../ray/pods.ts';
import { runWorkload } from '../ray/workload.ts';
import { labSuite } from '../suite.ts';

const versions: Versions = { ray: '2.60.0', kuberay: '1.6.2' };

const ref = { apiVersion: 'ray.io/v1', kind: 'RayService', name: 'double', namespace: rayNamespace } as const;
const memberLabel = 'rayshield.io/owner=double-rayservice';

interface ServiceStatus {
  readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  readonly activeServiceStatus?: { readonly rayClusterName?: string };
}

const statusOf = (object: KubernetesObject): ServiceStatus => (object['status'] ?? {}) as ServiceStatus;

labSuite('ray-service', { parts: partsOf(versions), namespaces: true }, (life) => {
  let lab: RayLab;
  beforeAll(async () => {
    lab = await startRayLab(life, versions, { endpointPodNames: true });
    await applyManifest(lab, 'service');
  });

  const ask = async (label: string): Promise<string[]> => {
    const pod = await startIdlePod(lab, { name: label, namespace: rayNamespace, labels: { app: label } });
    const members = await listPods(lab.api, rayNamespace, memberLabel);
    const asked = members.map(async ({ metadata }) => {
      const { ip } = findRunning(lab, rayNamespace, metadata.name);
      const { stdout } = await pod.exec(['curl', '--silent', '--max-time', '5', `http://${ip}:8000/?x=21`], {
        timeout: 10_000,
      });
      return stdout;
    });
    return Promise.all(asked);
  };

  test('KubeRay finds the service ready', async () => {
    await waitFor(
      'the service to be ready',
      async () =>
        statusOf(await lab.api.read(ref)).conditions?.some(
          ({ type, status }) => type === 'Ready' && status === 'True',
        ) || undefined,
      { timeout: 170_000, every: 250 },
    );
  });

  test('its nodes go by the names of their pods, since DNS has no others', async () => {
    const members = (await listPods(lab.api, rayNamespace, memberLabel)).map(({ metadata }) => metadata.name);
    const [head] = await listPods(lab.api, rayNamespace, `${memberLabel},ray.io/node-type=head`);
    const pod = findRunning(lab, rayNamespace, head?.metadata.name ?? '');
    const names = await runWorkload<string[]>(pod, 'nodes', { args: [2] });
    expect(names.map((name) => name.split('.')[0]).sort()).toEqual(members.sort());
  });

  test('the application answers on every node whom a rule lets in', async () => {
    expect(await ask('browser')).toEqual(['42', '42']);
  });

  test('the application answers nobody else', async () => {
    expect(await ask('passer-by')).toEqual(['', '']);
  });

  test('an annotation on the owner and another application start no second cluster', async () => {
    const stored = await lab.api.read(ref);
    const before = statusOf(stored).activeServiceStatus?.rayClusterName;
    const { serveConfigV2 } = stored['spec'] as { serveConfigV2: string };
    const { metadata } = await lab.api.patch(ref, {
      metadata: { annotations: { note: 'later' } },
      spec: { serveConfigV2: serveConfigV2.replace('route_prefix: /', 'route_prefix: /later') },
    });
    await waitFor('KubeRay to have seen it', async () => {
      const { observedGeneration } = statusOf(await lab.api.read(ref)) as { observedGeneration?: number };
      return observedGeneration === metadata.generation || undefined;
    });
    const clusters = await lab.api.list({ apiVersion: 'ray.io/v1', kind: 'RayCluster', namespace: rayNamespace });
    expect(clusters.map((cluster) => cluster.metadata.name)).toEqual([before]);
  });
});
