// Pods of the lab as the suites see them: ready by their own probes, and the pods that the suites make beside Ray's.
import type { Api, KubernetesObject } from '../cluster/api.ts';
import { waitFor } from '../cluster/wait.ts';
import type { RunningPod } from '../pods/kubelet.ts';
import type { RayLab } from './lab.ts';

interface StoredPod extends KubernetesObject {
  readonly status?: {
    readonly phase?: string;
    readonly podIP?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly { readonly name: string; readonly restartCount: number }[];
  };
}

const kind = { apiVersion: 'v1', kind: 'Pod' } as const;

export const isReady = ({ status, metadata }: StoredPod): boolean =>
  metadata.deletionTimestamp === undefined &&
  (status?.conditions ?? []).some((condition) => condition.type === 'Ready' && condition.status === 'True');

/** Waits until the probes of a pod pass, or it runs where it has none. */
export const waitUntilReady = (api: Api, namespace: string, name: string): Promise<true> =>
  waitFor(`pod ${namespace}/${name} to be ready`, async () =>
    isReady(await api.read({ ...kind, name, namespace })) ? true : undefined,
  );

/** The pods of a label selector. */
export const listPods = (api: Api, namespace: string, labelSelector: string): Promise<StoredPod[]> =>
  api.list({ ...kind, namespace }, { labelSelector });

/**
 * The pods of a label selector as they run, once there are `count` and all are ready.
 * @param seconds a Ray pod is ready some 20 s after it starts, of which KubeRay's probes wait the first ten.
 */
export function waitForPods(
  lab: RayLab,
  {
    namespace,
    labelSelector,
    count,
    seconds = 150,
  }: { namespace: string; labelSelector: string; count: number; seconds?: number },
): Promise<RunningPod[]> {
  return waitFor(
    `${count} pods with ${labelSelector} to be ready`,
    async () => {
      const ready = (await listPods(lab.api, namespace, labelSelector)).filter(isReady);
      if (ready.length !== count) throw new Error(`${ready.length} are ready`);
      const running = ready.map(({ metadata }) => findRunning(lab, namespace, metadata.name));
      return running;
    },
    { timeout: seconds * 1000, every: 250 },
  );
}

/** @throws where the kubelet runs no such pod. */
export function findRunning(lab: RayLab, namespace: string, name: string): RunningPod {
  const pod = lab.kubelet.find(namespace, name);
  if (pod === undefined) throw new Error(`the kubelet runs no pod ${namespace}/${name}`);
  return pod;
}

interface IdlePod {
  readonly name: string;
  readonly namespace: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** The Secret that is mounted at /etc/ray/tls, with Ray's variables for it. */
  readonly tlsSecret?: string;
  /** What it runs; unless told it waits. */
  readonly command?: readonly string[];
}

const tlsPath = '/etc/ray/tls';

const tlsEnvironment = [
  { name: 'RAY_USE_TLS', value: '1' },
  { name: 'RAY_TLS_SERVER_CERT', value: `${tlsPath}/tls.crt` },
  { name: 'RAY_TLS_SERVER_KEY', value: `${tlsPath}/tls.key` },
  { name: 'RAY_TLS_CA_CERT', value: `${tlsPath}/ca.crt` },
];

/** A pod that is none of Ray's, with the workloads at hand, for commands that are run in it. */
const idlePod = ({ name, namespace, labels = {}, tlsSecret, command = ['sleep', 'infinity'] }: IdlePod): object => ({
  ...kind,
  metadata: { name, namespace, labels },
  spec: {
    terminationGracePeriodSeconds: 0,
    containers: [
      {
        name: 'main',
        image: 'lab',
        command,
        env: tlsSecret === undefined ? [] : tlsEnvironment,
        volumeMounts: [
          { name: 'workloads', mountPath: '/workloads' },
          ...(tlsSecret === undefined ? [] : [{ name: 'tls', mountPath: tlsPath, readOnly: true }]),
        ],
      },
    ],
    volumes: [
      { name: 'workloads', configMap: { name: 'workloads', optional: true } },
      ...(tlsSecret === undefined ? [] : [{ name: 'tls', secret: { secretName: tlsSecret } }]),
    ],
  },
});

/** Makes such a pod and waits until it runs. */
export async function startIdlePod(lab: RayLab, pod: IdlePod): Promise<RunningPod> {
  await lab.api.apply(idlePod(pod));
  await waitUntilReady(lab.api, pod.namespace, pod.name);
  return findRunning(lab, pod.namespace, pod.name);
}
