// A cluster of nothing but pods, to try the kubelet with: control plane, kubelet, CoreDNS as a pod, two namespaces.
import { dirname } from 'node:path';
import type { Api } from '../../cluster/api.ts';
import { waitFor } from '../../cluster/wait.ts';
import { dnsAddress, dnsObjects } from '../../ray/dns-pod.ts';
import { makeNamespace, startControlPlane } from '../../servers/control-plane.ts';
import type { Life } from '../../servers/life.ts';
import { type Kubelet, type RunningPod, startKubelet } from '../kubelet.ts';
import { nodeAddress, openPodNetwork } from '../network.ts';
import type { Pod } from '../pod.ts';

export const podKind = { apiVersion: 'v1', kind: 'Pod' } as const;

/** What a pod has beside its container. */
export interface More {
  readonly metadata?: object;
  readonly spec?: object;
}

/** Pods are named by `namespace/name`. */
export interface PodLab {
  readonly api: Api;
  readonly kubelet: Kubelet;
  /** The folder of logs. */
  readonly logs: string;
  readPod(path: string): Promise<Pod>;
  waitForPod(path: string, what: string, isSo: (pod: Pod) => boolean | undefined): Promise<Pod>;
  find(path: string): RunningPod;
  /** Makes a pod and waits until it is ready. */
  run(path: string, main: object, more?: More): Promise<RunningPod>;
  /** Runs a pod to its end and gives what it printed. */
  runToEnd(path: string, main: object, more?: More): Promise<string>;
}

/** A pod labelled with its name, whose container sleeps unless `main` says else. */
export function makePod(path: string, main: object, more: More = {}): object {
  const [namespace, name] = path.split('/');
  return {
    ...podKind,
    metadata: { name, namespace, labels: { app: name }, ...more.metadata },
    spec: {
      terminationGracePeriodSeconds: 1,
      containers: [{ name: 'main', image: 'lab', command: ['sleep', 'infinity'], ...main }],
      ...more.spec,
    },
  };
}

export const shell = (text: string): { command: string[] } => ({ command: ['bash', '-c', text] });

/** What a line of bash prints in a pod. */
export const bash = async (pod: RunningPod, text: string): Promise<string> =>
  (await pod.exec(['bash', '-c', text])).stdout;

/** Whether a pod can connect to a TCP port of another within a second. */
export const reaches = async (from: RunningPod, to: RunningPod, port: number): Promise<boolean> =>
  (await from.exec(['timeout', '1', 'bash', '-c', `exec 3<>/dev/tcp/${to.ip}/${port}`])).exitCode === 0;

export const isReady = ({ status }: Pod): boolean | undefined =>
  status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True');

const isOver = ({ status }: Pod): boolean => status?.phase === 'Succeeded' || status?.phase === 'Failed';

function openPodLab(api: Api, kubelet: Kubelet, logs: string): PodLab {
  const readPod: PodLab['readPod'] = async (path) => {
    const [namespace = '', name = ''] = path.split('/');
    return (await api.read({ ...podKind, namespace, name })) as Pod;
  };
  const waitForPod: PodLab['waitForPod'] = (path, what, isSo) =>
    waitFor(`${path} to be ${what}`, async () => {
      const pod = await readPod(path);
      if (isSo(pod) === true) return pod;
      throw new Error(JSON.stringify(pod.status));
    });
  const find: PodLab['find'] = (path) => {
    const [namespace = '', name = ''] = path.split('/');
    const pod = kubelet.find(namespace, name);
    if (!pod) throw new Error(`${path} does not run`);
    return pod;
  };
  return {
    ...{ api, kubelet, logs, readPod, waitForPod, find },
    run: async (path, main, more) => {
      await api.apply(makePod(path, main, more));
      await waitForPod(path, 'ready', isReady);
      return find(path);
    },
    runToEnd: async (path, main, more = {}) => {
      await api.apply(makePod(path, main, { ...more, spec: { restartPolicy: 'Never', ...more.spec } }));
      await waitForPod(path, 'over', isOver);
      return find(path).readLog();
    },
  };
}

/** Starts it; ready when CoreDNS is. Ended with `life`. */
export async function startPodLab(life: Life): Promise<PodLab> {
  const network = await openPodNetwork(life);
  const plane = await startControlPlane(life, { address: nodeAddress, port: 6443 });
  const kubelet = await startKubelet(life, plane, { network, rayBin: dirname(process.execPath), dns: dnsAddress });
  const lab = openPodLab(plane.api, kubelet, life.folder('logs'));
  for (const object of dnsObjects()) await plane.api.apply(object);
  for (const name of ['ml', 'lab']) await makeNamespace(plane.api, name);
  await lab.waitForPod('kube-system/coredns', 'ready', isReady);
  return lab;
}
