// The pods that KubeRay makes of a Ray object, as far as a NetworkPolicy can tell them apart. Labels and names: labelPod
// (common/pod.go), buildRedisCleanupJob (raycluster_controller.go) and utils/constant.go of ray-operator/controllers/ray
// in https://github.com/ray-project/kuberay; what a submitter carries was seen on KubeRay 1.7 and read in 1.3 to 1.6.
import type { FieldPath } from '../../plugin/findings/finding.ts';
import { valueAt } from '../../plugin/manifests/edit.ts';
import type { KubernetesObject } from '../../plugin/manifests/manifest.ts';
import type { PodTemplate, RayKind } from '../../plugin/ray/spec.ts';
import type { Labels, Pod, PodPort } from './world.ts';

/** A pod before it has an address. */
export type PodSpec = Omit<Pod, 'ip'>;

interface Group {
  readonly groupName: string;
  readonly labels?: Labels;
  readonly template: PodTemplate;
}

interface Cluster {
  readonly headGroupSpec: Omit<Group, 'groupName'>;
  readonly workerGroupSpecs?: readonly Group[];
}

const clusterPath: Readonly<Record<RayKind, FieldPath>> = {
  RayCluster: ['spec'],
  RayJob: ['spec', 'rayClusterSpec'],
  RayService: ['spec', 'rayClusterConfig'],
  RayCronJob: ['spec', 'jobTemplate', 'rayClusterSpec'],
};

const submitterPath: Readonly<Partial<Record<string, FieldPath>>> = {
  RayJob: ['spec', 'submitterPodTemplate'],
  RayCronJob: ['spec', 'jobTemplate', 'submitterPodTemplate'],
};

// KubeRay's five random letters and digits; a RayCronJob's job bears the minute of its run before them.
const suffixOf: Readonly<Record<RayKind, (run: string) => string>> = {
  RayCluster: () => '',
  RayJob: (run) => `-${run}`,
  RayService: (run) => `-${run}`,
  RayCronJob: (run) => `-29731425-${run}`,
};

/** The ports of the Ray container, with the metrics port that KubeRay adds where none is so named. */
function rayPorts(template: PodTemplate): readonly PodPort[] {
  const ports = template.spec.containers[0]?.ports ?? [];
  return ports.some(({ name }) => name === 'metrics') ? ports : [...ports, { name: 'metrics', containerPort: 8080 }];
}

/** The pods of one cluster: its head, the Redis clean-up at its end (made from the head's template), a worker of each group. */
export interface RayPods {
  readonly head: PodSpec;
  readonly redisCleanup: PodSpec;
  readonly worker: (groupName: string) => PodSpec;
}

/** The pods of a cluster of the owner; `run` is KubeRay's random suffix, which the name of a RayCluster has not. */
export function buildRayPods(owner: KubernetesObject, run: string): RayPods {
  const kind = owner.kind as RayKind;
  const cluster = valueAt(owner, clusterPath[kind]) as Cluster;
  const clusterName = `${owner.metadata.name}${suffixOf[kind](run)}`;
  const build = (role: string, { groupName, template, labels }: Group): PodSpec => ({
    name: `${clusterName}-${groupName}-${role}-${run}`,
    namespace: owner.metadata.namespace ?? 'default',
    labels: {
      'app.kubernetes.io/created-by': 'kuberay-operator',
      'app.kubernetes.io/name': 'kuberay',
      'ray.io/cluster': clusterName,
      'ray.io/is-ray-node': 'yes',
      ...template.metadata?.labels,
      ...labels,
      'ray.io/group': groupName,
      'ray.io/node-type': role,
    },
    ports: rayPorts(template),
  });
  const head = { ...cluster.headGroupSpec, groupName: 'headgroup' };
  const workers = new Map((cluster.workerGroupSpecs ?? []).map((group) => [group.groupName, build('worker', group)]));
  return {
    head: build('head', head),
    redisCleanup: build('redis-cleanup', head),
    worker: (groupName) => {
      const found = workers.get(groupName);
      if (!found) throw new Error(`${owner.kind} ${owner.metadata.name} has no worker group ${groupName}`);
      return found;
    },
  };
}

/** The pod in which KubeRay runs `ray job submit`, for a RayJob of that name. From 1.3 to 1.6 it labels the Job alone. */
export function buildSubmitter(owner: KubernetesObject, jobName: string, kuberay: '1.6' | '1.7'): PodSpec {
  const path = submitterPath[owner.kind];
  const template = path && (valueAt(owner, path) as PodTemplate | undefined);
  return {
    name: `${jobName}-submitter-${kuberay}`,
    namespace: owner.metadata.namespace ?? 'default',
    labels: {
      ...template?.metadata?.labels,
      ...(kuberay === '1.7'
        ? { 'ray.io/originated-from-cr-name': jobName, 'ray.io/originated-from-crd': 'RayJob' }
        : {}),
      'batch.kubernetes.io/job-name': jobName,
      'job-name': jobName,
    },
    ports: [],
  };
}
