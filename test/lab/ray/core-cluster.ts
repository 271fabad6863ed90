// The cluster of manifests/core.yaml as it runs, with the pods beside it that the proofs look at it from.
import type { KubernetesObject } from '../cluster/api.ts';
import type { RunningPod } from '../pods/kubelet.ts';
import { applyManifest, type RayLab, rayNamespace } from './lab.ts';
import type { Credentials } from './listeners.ts';
import { startIdlePod, waitForPods } from './pods.ts';

export interface CoreCluster {
  readonly lab: RayLab;
  /** What rayshield printed. */
  readonly printed: readonly KubernetesObject[];
  readonly head: RunningPod;
  /** The two workers of the group `near`. */
  readonly workers: readonly RunningPod[];
  /** A pod that the manifest's `clients` let in, with its certificate. */
  readonly studio: RunningPod;
}

/** The selector of a role's pods, or of a worker group's. */
export const podsOf = (cluster: string, role: 'head' | 'worker', group?: string): string =>
  `ray.io/cluster=${cluster},ray.io/node-type=${role}${group === undefined ? '' : `,ray.io/group=${group}`}`;

/** The name of the Secret of a Certificate that rayshield printed; its end is a hash. */
export function findSecretName(printed: readonly KubernetesObject[], certificate: string): string {
  const found = printed.find(({ kind, metadata }) => kind === 'Certificate' && metadata.name === certificate);
  if (found === undefined) throw new Error(`no Certificate ${certificate} was printed`);
  return (found['spec'] as { secretName: string }).secretName;
}

/** The credentials in a Secret that cert-manager has written. */
export async function readCredentials(lab: RayLab, secretName: string): Promise<Credentials> {
  const secret = await lab.api.read({ apiVersion: 'v1', kind: 'Secret', name: secretName, namespace: rayNamespace });
  const data = secret['data'] as Readonly<Record<string, string>>;
  const decode = (key: string): string => Buffer.from(data[key] ?? '', 'base64').toString('utf8');
  return { ca: decode('ca.crt'), cert: decode('tls.crt'), key: decode('tls.key') };
}

/** Applies the manifest and waits until KubeRay's probes find head and workers ready, under closed policies from the beginning. */
export async function startCoreCluster(lab: RayLab): Promise<CoreCluster> {
  const printed = await applyManifest(lab, 'core');
  const studio = startIdlePod(lab, {
    name: 'studio',
    namespace: rayNamespace,
    labels: { app: 'studio' },
    tlsSecret: findSecretName(printed, 'core-raycluster-client-studio'),
  });
  const [head, workers] = await Promise.all([
    waitForPods(lab, { namespace: rayNamespace, labelSelector: podsOf('core', 'head'), count: 1 }),
    waitForPods(lab, { namespace: rayNamespace, labelSelector: podsOf('core', 'worker', 'near'), count: 2 }),
  ]);
  return { lab, printed, head: head[0] as RunningPod, workers, studio: await studio };
}
