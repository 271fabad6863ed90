// A small kubelet: pods of the API server become network namespaces with real processes on this machine, as far as Ray, KubeRay
// and CoreDNS can tell (https://kubernetes.io/docs/concepts/architecture/#kubelet). Needs root on Linux and the lab's own namespaces.
//
//   const network = await openPodNetwork(life);                        // before the API server: it makes its address
//   const plane = await startControlPlane(life, { address: nodeAddress, port: 6443 });
//   const kubelet = await startKubelet(life, plane, { network, rayBin, dns: '10.66.0.2' });
//   kubelet.find('ml', 'demo-head-x7k2p')?.exec(['ray', 'status']);
//
// ../ray/lab.ts does all of this and starts CoreDNS and KubeRay as pods.
// Images are names only: a container has the files of this machine under a layer of its own, `rayBin` first on PATH, root's
// rights and no limit of CPU or memory. Annotations of a pod: `rayshield.io/lab-address` asks for an address,
// `rayshield.io/lab-publish-after` (seconds) keeps its address from the API server for so long.
import { appendFileSync, mkdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Api, ApiError } from '../cluster/api.ts';
import { folderOfPart } from '../parts/binary.ts';
import type { ControlPlane } from '../servers/control-plane.ts';
import type { Life } from '../servers/life.ts';
import { type Enforcement, openEnforcement } from './enforcement.ts';
import type { Executed } from './exec.ts';
import { nodeAddress, type PodNetwork } from './network.ts';
import type { Pod } from './pod.ts';
import { allocatable, type PodEquipment } from './pod-equipment.ts';
import { PodLife } from './pod-life.ts';

export interface KubeletOptions {
  readonly network: PodNetwork;
  /** The folder of Ray's commands. */
  readonly rayBin: string;
  /** The address of the pod that serves DNS. */
  readonly dns: string;
  readonly clusterDomain?: string;
}

export interface RunningPod {
  readonly namespace: string;
  readonly name: string;
  readonly ip: string;
  /** @param options.timeout in milliseconds, a minute unless told; exit code 137 when it is over. */
  exec(command: readonly string[], options?: { container?: string; timeout?: number }): Promise<Executed>;
  /** All that a container has written to standard output and error, over all its runs. */
  readLog(container?: string): string;
}

export interface Kubelet {
  /** A pod that has a network; undefined before and after. */
  find(namespace: string, name: string): RunningPod | undefined;
  /** Without them every pod is open; takes effect within a second. */
  enforcePolicies: boolean;
}

/** The Node that all pods are bound to. */
const nodeName = 'lab';

// How often the API server is asked, in milliseconds.
const interval = 250;
// A kubelet brings changed Secrets into volumes within a minute; suites are shorter.
const refreshInterval = 5_000;

const podKind = { apiVersion: 'v1', kind: 'Pod' };

async function registerNode(api: Api): Promise<void> {
  await api.apply({ apiVersion: 'v1', kind: 'Node', metadata: { name: nodeName } });
  const time = new Date().toISOString();
  const ready = {
    type: 'Ready',
    status: 'True',
    reason: 'KubeletReady',
    lastHeartbeatTime: time,
    lastTransitionTime: time,
  };
  const status = {
    addresses: [{ type: 'InternalIP', address: nodeAddress }],
    capacity: allocatable,
    allocatable,
    conditions: [ready],
  };
  await api.patch({ apiVersion: 'v1', kind: 'Node', name: nodeName }, { status }, { subresource: 'status' });
}

const isOver = ({ status }: Pod): boolean => status?.phase === 'Succeeded' || status?.phase === 'Failed';

class LabKubelet implements Kubelet {
  private readonly equipment: PodEquipment;
  private readonly enforcement: Enforcement;
  private readonly lives = new Map<string, PodLife>();
  private readonly ending = new Map<string, Promise<void>>();
  private readonly over = new AbortController();
  private refreshed = Date.now();

  constructor(equipment: Omit<PodEquipment, 'protect'>) {
    this.enforcement = openEnforcement(equipment.api, equipment.nodeAddress, () =>
      [...this.lives.values()].flatMap(({ pod, attached }) => (attached && !isOver(pod) ? [{ pod, attached }] : [])),
    );
    this.equipment = { ...equipment, protect: () => this.enforcement.program() };
  }

  get enforcePolicies(): boolean {
    return this.enforcement.enforcePolicies;
  }

  set enforcePolicies(enforce: boolean) {
    this.enforcement.enforcePolicies = enforce;
  }

  find(namespace: string, name: string): RunningPod | undefined {
    const life = [...this.lives.values()].find(
      ({ pod: { metadata } }) => metadata.name === name && metadata.namespace === namespace,
    );
    if (!life?.attached) return undefined;
    return {
      namespace,
      name,
      ip: life.attached.ip,
      exec: (command, { container, timeout = 60_000 } = {}) => {
        const target = life.container(container);
        if (!target)
          return Promise.reject(new Error(`${namespace}/${name} has not started ${container ?? 'any container'}`));
        return target.exec(command, timeout / 1000);
      },
      readLog: (container = life.pod.spec.containers[0]?.name ?? '') => readFileSync(life.logOf(container), 'utf8'),
    };
  }

  /** Until `end`. What goes wrong is written down and tried again. */
  async loop(): Promise<void> {
    while (!this.over.signal.aborted) {
      await this.sync().catch((failure: Error) => {
        appendFileSync(join(this.equipment.logs, 'kubelet.log'), `${new Date().toISOString()} ${failure.message}\n`);
      });
      await pause(interval, undefined, { signal: this.over.signal }).catch(() => undefined);
    }
  }

  async end(): Promise<void> {
    this.over.abort();
    await Promise.all([...this.lives.keys()].map((uid) => this.stop(uid, 0)));
  }

  private async sync(): Promise<void> {
    const pods = (await this.equipment.api.list(podKind)) as Pod[];
    const seen = new Set(pods.map(({ metadata }) => metadata.uid));
    for (const uid of this.lives.keys()) if (!seen.has(uid)) void this.stop(uid, 0);
    for (const pod of pods) await this.syncPod(pod);
    await this.enforcement.program();
    if (Date.now() - this.refreshed < refreshInterval) return;
    this.refreshed = Date.now();
    for (const life of this.lives.values()) await life.refreshVolumes().catch(() => undefined);
  }

  private async syncPod(pod: Pod): Promise<void> {
    const { uid = '', deletionTimestamp } = pod.metadata;
    const life = this.lives.get(uid);
    if (life) life.pod = pod;
    if (deletionTimestamp !== undefined) {
      void this.remove(pod);
      return;
    }
    if (life || isOver(pod)) return;
    if (pod.spec.nodeName === undefined) await this.bind(pod);
    else if (pod.spec.nodeName !== nodeName) return;
    const bound = { ...pod, spec: { ...pod.spec, nodeName } };
    this.lives.set(uid, new PodLife(bound, this.equipment));
  }

  private async bind({ metadata: { name, namespace } }: Pod): Promise<void> {
    const target = { apiVersion: 'v1', kind: 'Node', name: nodeName };
    const body = { apiVersion: 'v1', kind: 'Binding', metadata: { name, namespace }, target };
    await this.equipment.api.request('POST', `/api/v1/namespaces/${namespace}/pods/${name}/binding`, { body });
  }

  /** Ends a pod that is to be deleted, then tells the API server that it is gone. */
  private async remove({ metadata, spec }: Pod): Promise<void> {
    const { name, namespace, uid = '' } = metadata;
    if (this.ending.has(uid)) return;
    const { deletionGracePeriodSeconds } = metadata as { deletionGracePeriodSeconds?: number };
    await this.stop(uid, deletionGracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 30);
    const body = { gracePeriodSeconds: 0, preconditions: { uid } };
    await this.equipment.api
      .request('DELETE', `/api/v1/namespaces/${namespace}/pods/${name}`, { body })
      .catch((failure) => {
        if (!(failure instanceof ApiError)) this.ending.delete(uid);
      });
  }

  private stop(uid: string, graceSeconds: number): Promise<void> {
    const life = this.lives.get(uid);
    const before = this.ending.get(uid);
    // Without grace means now, also for a pod that is being ended with grace.
    if (before && graceSeconds > 0) return before;
    const stopped = (life?.stop(graceSeconds) ?? Promise.resolve()).finally(() => this.lives.delete(uid));
    this.ending.set(uid, before ?? stopped);
    return stopped;
  }
}

// A container's layer lies over the root's file system alone, and its /tmp is its own.
const isHidden = (folder: string): boolean => folder.startsWith('/tmp/') || statSync(folder).dev !== statSync('/').dev;

/** Starts the kubelet; with `life` it ends, and all pods at once. */
export async function startKubelet(life: Life, plane: ControlPlane, options: KubeletOptions): Promise<Kubelet> {
  await registerNode(plane.api);
  // A virtual environment works where it was made, not behind a link.
  const rayBin = realpathSync(options.rayBin);
  const folder = join(life.folder('data'), 'pods');
  mkdirSync(folder, { recursive: true });
  const kubelet = new LabKubelet({
    api: plane.api,
    apiServer: plane.server,
    network: options.network,
    nodeAddress,
    dns: options.dns,
    clusterDomain: options.clusterDomain ?? 'cluster.local',
    path: [rayBin],
    shown: [dirname(rayBin), dirname(folderOfPart('control-plane'))].filter(isHidden),
    folder,
    logs: life.folder('logs'),
  });
  const looping = kubelet.loop();
  life.onEnd(async () => {
    await kubelet.end();
    await looping;
  });
  return kubelet;
}
