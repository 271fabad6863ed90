// The status of a pod from what its containers do: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/
import type { Condition, Container, ContainerStatus, Pod, PodStatus } from './pod.ts';

export interface PodFacts {
  readonly pod: Pod;
  readonly hostIP: string;
  readonly startTime: string;
  /** Absent until it is to be published. */
  readonly ip?: string | undefined;
  readonly hasNetwork: boolean;
  readonly initContainers: readonly ContainerStatus[];
  readonly containers: readonly ContainerStatus[];
  /** What was reported last. */
  readonly previous: readonly Condition[];
  readonly now: string;
}

/** The time of now as Kubernetes writes it. */
export const timestamp = (): string => `${new Date().toISOString().slice(0, 19)}Z`;

/** The status of a container that has not run yet. */
export const newContainerStatus = (
  { name, image = '' }: Container,
  reason: string,
  message?: string | undefined,
): ContainerStatus => ({
  name,
  image,
  imageID: '',
  state: { waiting: { reason, ...(message !== undefined && { message }) } },
  lastState: {},
  restartCount: 0,
  ready: false,
  started: false,
});

/** Whether an init container lets the next one start: it succeeded, or is a sidecar that has started. */
export const isInitialized = (status: ContainerStatus, isSidecar: boolean): boolean =>
  isSidecar ? status.started : status.state.terminated?.exitCode === 0;

function areAllInitialized({ pod, initContainers }: PodFacts): boolean {
  return (pod.spec.initContainers ?? []).every((container) => {
    const status = initContainers.find(({ name }) => name === container.name);
    return status !== undefined && isInitialized(status, container.restartPolicy === 'Always');
  });
}

const hasFailed = ({ state }: ContainerStatus): boolean => (state.terminated?.exitCode ?? 0) !== 0;

function phaseOf(facts: PodFacts): NonNullable<PodStatus['phase']> {
  const { restartPolicy = 'Always' } = facts.pod.spec;
  if (!areAllInitialized(facts)) {
    return restartPolicy === 'Never' && facts.initContainers.some(hasFailed) ? 'Failed' : 'Pending';
  }
  const isOver = facts.containers.every(({ state }) => state.terminated);
  if (isOver && !facts.containers.some(hasFailed) && restartPolicy !== 'Always') return 'Succeeded';
  if (isOver && restartPolicy === 'Never') return 'Failed';
  const hasNeverRun = ({ state, restartCount }: ContainerStatus): boolean =>
    state.waiting !== undefined && restartCount === 0;
  return facts.containers.some(hasNeverRun) ? 'Pending' : 'Running';
}

/** A condition whose time is that of its last change. */
function keepTime(wanted: Omit<Condition, 'lastTransitionTime'>, { previous, now }: PodFacts): Condition {
  const before = previous.find(({ type, status }) => type === wanted.type && status === wanted.status);
  return { ...wanted, lastTransitionTime: before?.lastTransitionTime ?? now };
}

function conditionsOf(facts: PodFacts, phase: PodStatus['phase']): Condition[] {
  const unready = facts.containers.filter(({ ready }) => !ready).map(({ name }) => name);
  const isReady = phase === 'Running' && unready.length === 0;
  const notReady =
    phase === 'Succeeded'
      ? { reason: 'PodCompleted' }
      : phase === 'Failed'
        ? { reason: 'PodFailed' }
        : { reason: 'ContainersNotReady', message: `containers with unready status: [${unready.join(' ')}]` };
  const condition = (type: string, isTrue: boolean, why: object = {}): Condition =>
    keepTime({ type, status: isTrue ? 'True' : 'False', ...(isTrue ? {} : why) }, facts);
  return [
    condition('PodReadyToStartContainers', facts.hasNetwork),
    condition('Initialized', areAllInitialized(facts), { reason: 'ContainersNotInitialized' }),
    condition('Ready', isReady, notReady),
    condition('ContainersReady', isReady, notReady),
    condition('PodScheduled', true),
  ];
}

/** The whole status, as the kubelet puts it into the API server. */
export function buildPodStatus(facts: PodFacts): PodStatus {
  const phase = phaseOf(facts);
  return {
    phase,
    conditions: conditionsOf(facts, phase),
    hostIP: facts.hostIP,
    hostIPs: [{ ip: facts.hostIP }],
    ...(facts.ip !== undefined && { podIP: facts.ip, podIPs: [{ ip: facts.ip }] }),
    startTime: facts.startTime,
    ...(facts.initContainers.length > 0 && { initContainerStatuses: facts.initContainers }),
    containerStatuses: facts.containers,
  };
}
