// A node that runs nothing: it takes every pod that is nowhere yet, gives it an address, and says of it what it is told to
// say. What becomes of pods is seen without images, and as fast as the API server answers.
import { setTimeout as pause } from 'node:timers/promises';
import type { Pod } from '../pods/pod.ts';
import type { ControlPlane } from '../servers/control-plane.ts';
import type { Life } from '../servers/life.ts';
import { type Api, ApiError } from './api.ts';

/** What is said of a pod: not bound yet, bound without an address, running but not ready, ready, or over and well. */
type Stage = 'waiting' | 'bound' | 'running' | 'ready' | 'succeeded';

export interface FakeNodeOptions {
  /** Asked at every look; a pod is ready at once unless told. */
  readonly decide?: (pod: Pod) => Stage;
  /** Gives each pod an IPv6 address as its second. */
  readonly dualStack?: boolean;
}

const nodeName = 'lab';
const hostIP = '192.0.2.10';

function buildStatus(pod: Pod, ips: readonly string[], stage: Stage): object {
  const now = new Date().toISOString();
  const isReady = stage === 'ready';
  const state =
    stage === 'succeeded' ? { terminated: { exitCode: 0, reason: 'Completed' } } : { running: { startedAt: now } };
  const condition = (type: string, isTrue: boolean): object => ({ type, status: isTrue ? 'True' : 'False' });
  return {
    phase: stage === 'succeeded' ? 'Succeeded' : 'Running',
    podIP: ips[0],
    podIPs: ips.map((ip) => ({ ip })),
    hostIP,
    hostIPs: [{ ip: hostIP }],
    startTime: now,
    conditions: [
      condition('PodScheduled', true),
      condition('Initialized', true),
      condition('ContainersReady', isReady),
      condition('Ready', isReady),
    ],
    containerStatuses: pod.spec.containers.map(({ name, image = '' }) => ({
      ...{ name, image, imageID: '', restartCount: 0, ready: isReady, started: stage !== 'succeeded', state },
    })),
  };
}

async function bind(api: Api, { metadata }: Pod): Promise<void> {
  const target = { apiVersion: 'v1', kind: 'Node', name: nodeName };
  const body = { apiVersion: 'v1', kind: 'Binding', metadata: { name: metadata.name }, target };
  await api.request('POST', `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}/binding`, { body });
}

/** One look at one pod: at most one step is made. */
async function tend(api: Api, pod: Pod, stage: Stage, addresses: () => readonly string[]): Promise<void> {
  const { name, namespace, deletionTimestamp } = pod.metadata;
  const ref = { apiVersion: 'v1', kind: 'Pod', name, namespace };
  if (deletionTimestamp !== undefined) return api.remove(ref, { force: true });
  if (stage === 'waiting') return;
  if (pod.spec.nodeName === undefined) return bind(api, pod);
  if (stage === 'bound') return;
  await api.patch(ref, { status: buildStatus(pod, addresses(), stage) }, { subresource: 'status' });
}

// A pod that has changed or gone since it was listed is met again at the next look.
function forgive(failure: unknown): void {
  if (!(failure instanceof ApiError) || (failure.status !== 404 && failure.status !== 409)) throw failure;
}

/** Gives each pod addresses of its own. */
function makeAddresses(dualStack: boolean): (pod: Pod) => readonly string[] {
  const given = new Map<string, number>();
  return ({ metadata: { uid = '' } }) => {
    const number = given.get(uid) ?? given.size + 2;
    given.set(uid, number);
    return [`10.244.0.${number}`, ...(dualStack ? [`fd00:66::${number.toString(16)}`] : [])];
  };
}

/** Starts the node; it looks at all pods again and again until `life` ends. */
export async function startFakeNode(
  life: Life,
  { api }: ControlPlane,
  { decide = () => 'ready', dualStack = false }: FakeNodeOptions = {},
): Promise<void> {
  await api.apply({ apiVersion: 'v1', kind: 'Node', metadata: { name: nodeName } });
  const addressesOf = makeAddresses(dualStack);
  const said = new Map<string, Stage>();
  const isDone = ({ metadata, spec }: Pod, stage: Stage): boolean =>
    spec.nodeName !== undefined && metadata.deletionTimestamp === undefined && said.get(metadata.uid ?? '') === stage;
  const look = async (): Promise<void> => {
    for (const pod of (await api.list({ apiVersion: 'v1', kind: 'Pod' })) as Pod[]) {
      const stage = decide(pod);
      if (isDone(pod, stage)) continue;
      await tend(api, pod, stage, () => addressesOf(pod)).catch(forgive);
      if (pod.spec.nodeName !== undefined) said.set(pod.metadata.uid ?? '', stage);
    }
  };
  let isOver = false;
  const loop = (async () => {
    while (!isOver) {
      await look();
      await pause(50);
    }
  })();
  // Whoever waits for pods learns of it at the end.
  loop.catch(() => undefined);
  life.onEnd(() => {
    isOver = true;
    return loop;
  });
}
