// The pods that a KubeRay version makes of a Ray object, with every label that its operator and the Job controller were seen
// to give them. kuberay.suite.ts holds these against the pods of the real operators.

import { valueAt } from '../../../plugin/manifests/edit.ts';
import type { KubernetesObject } from '../../../plugin/manifests/manifest.ts';
import { buildRayPods, buildSubmitter, type PodSpec } from '../../support/kuberay-pods.ts';
import type { Labels } from '../../support/world.ts';

export const kuberayMinors = ['1.3', '1.6', '1.7'] as const;
export type KubeRayMinor = (typeof kuberayMinors)[number];

/** A pod under the name by which claims speak of it. */
export interface Placed {
  readonly place: string;
  readonly pod: PodSpec;
}

/** What stands for the random end of names: `x-<5>`. */
const run = 'x7k2p';

/** KubeRay's CheckLabel (utils/util.go): a value that is too long loses its beginning. */
export function clipLabel(text: string): string {
  const kept = text.slice(-63);
  return /^[a-z0-9]/i.test(kept) ? kept : `r${kept.slice(1)}`;
}

function ownLabels({ kind }: KubernetesObject, pod: PodSpec, minor: KubeRayMinor): Labels {
  const role = pod.labels['ray.io/node-type'];
  // The clean-up is made of the head's pod, of which it keeps all but the type.
  const madeAs = role === 'worker' ? 'worker' : 'head';
  return {
    'ray.io/identifier': clipLabel(`${pod.labels['ray.io/cluster']}-${madeAs}`),
    ...(kind === 'RayService' ? { 'ray.io/serve': 'true' } : {}),
    // Feature gate RayMultiHostIndexing: off in 1.5, on from 1.6.
    ...(role === 'worker' && minor !== '1.3' ? { 'ray.io/worker-group-replica-index': '0' } : {}),
  };
}

const groupsOf = (owner: KubernetesObject): string[] => {
  const paths = [
    ['spec'],
    ['spec', 'rayClusterSpec'],
    ['spec', 'rayClusterConfig'],
    ['spec', 'jobTemplate', 'rayClusterSpec'],
  ];
  const found = paths.map((path) => valueAt(owner, [...path, 'workerGroupSpecs'])).find((value) => value !== undefined);
  return ((found ?? []) as readonly { groupName: string }[]).map(({ groupName }) => groupName);
};

const hasCluster = (owner: KubernetesObject): boolean => valueAt(owner, ['spec', 'clusterSelector']) === undefined;

/** The Ray pods of an owner; those of a RayJob that visits another's cluster are none. */
export function buildClusterPods(owner: KubernetesObject, minor: KubeRayMinor): Placed[] {
  if (!hasCluster(owner)) return [];
  const pods = buildRayPods(owner, run);
  const placed = [
    { place: 'head', pod: pods.head },
    { place: 'redis-cleanup', pod: pods.redisCleanup },
    ...groupsOf(owner).map((group) => ({ place: `worker ${group}`, pod: pods.worker(group) })),
  ];
  return placed.map(({ place, pod }) => ({
    place,
    pod: { ...pod, labels: { ...ownLabels(owner, pod, minor), ...pod.labels } },
  }));
}

/** The pod that submits the job of a RayJob, or of a run of a RayCronJob; none where no Job of Kubernetes does it. */
export function buildSubmitterPods(owner: KubernetesObject, minor: KubeRayMinor): Placed[] {
  const path = owner.kind === 'RayJob' ? ['spec'] : ['spec', 'jobTemplate'];
  const mode = valueAt(owner, [...path, 'submissionMode']) ?? 'K8sJobMode';
  if ((owner.kind !== 'RayJob' && owner.kind !== 'RayCronJob') || mode !== 'K8sJobMode') return [];
  // A RayJob of a generated name gets five random characters as well.
  const name = owner.metadata.name ?? `${owner.metadata['generateName']}${run}`;
  const jobName = owner.kind === 'RayCronJob' ? `${name}-${run}` : name;
  const pod = buildSubmitter(owner, jobName, minor === '1.7' ? '1.7' : '1.6');
  const since17: Labels = minor === '1.7' ? { 'app.kubernetes.io/created-by': 'kuberay-operator' } : {};
  return [{ place: 'submitter', pod: { ...pod, labels: { ...since17, ...pod.labels } } }];
}
