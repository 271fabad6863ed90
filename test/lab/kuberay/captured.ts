// What a KubeRay operator has made of the owners: clusters, pods, Services, and the pods of submitters. All of it as the API
// server has it.
import type { Api, KubernetesObject } from '../cluster/api.ts';
import { waitFor } from '../cluster/wait.ts';
import type { Pod } from '../pods/pod.ts';
import { namespace, type RayOwner, visitor } from './owners.ts';

/** The cluster of one owner. */
export interface Captured {
  readonly owner: RayOwner;
  readonly cluster: KubernetesObject;
  readonly head: Pod;
  /** One of each group, in the order of the owner's groups. */
  readonly workers: readonly Pod[];
  /** Of a RayJob, or of a run of a RayCronJob. */
  readonly submitter?: Pod;
}

const rayKind = (kind: string) => ({ apiVersion: 'ray.io/v1', kind, namespace });

const isOf = (owner: { kind: string; name: string }, object: KubernetesObject): boolean =>
  (object.metadata.ownerReferences ?? []).some(({ kind, name }) => kind === owner.kind && name === owner.name);

/** The RayJobs of an owner: itself, or the runs of a RayCronJob. */
async function findJobNames(api: Api, owner: RayOwner): Promise<string[]> {
  if (owner.kind === 'RayJob') return [owner.name];
  if (owner.kind !== 'RayCronJob') return [];
  return (await api.list(rayKind('RayJob'))).filter((job) => isOf(owner, job)).map(({ metadata }) => metadata.name);
}

/** The clusters of an owner: several where a RayCronJob has run twice, or a RayService is being upgraded. */
async function findClusters(api: Api, owner: RayOwner, jobNames: readonly string[]): Promise<KubernetesObject[]> {
  const clusters = await api.list(rayKind('RayCluster'));
  if (owner.kind === 'RayCluster') return clusters.filter(({ metadata }) => metadata.name === owner.name);
  const makers = jobNames.length > 0 ? jobNames.map((name) => ({ kind: 'RayJob', name })) : [owner];
  return clusters.filter((cluster) => makers.some((maker) => isOf(maker, cluster)));
}

const hasAddress = ({ status }: Pod): boolean => status?.podIP !== undefined;

/** Pods that have an address and these labels. */
export async function findPods(api: Api, labelSelector: string): Promise<Pod[]> {
  const pods = (await api.list({ apiVersion: 'v1', kind: 'Pod', namespace }, { labelSelector })) as Pod[];
  return pods.filter((pod) => hasAddress(pod) && pod.metadata.deletionTimestamp === undefined);
}

/** The pod that submits a RayJob, by the label of the Job controller. */
const findSubmitter = async (api: Api, jobName: string): Promise<Pod | undefined> =>
  (await findPods(api, `batch.kubernetes.io/job-name=${jobName}`))[0];

/** The Ray pods of all clusters of an owner. */
export async function findOwnPods(api: Api, owner: RayOwner): Promise<Pod[]> {
  const clusters = await findClusters(api, owner, await findJobNames(api, owner));
  return findPods(api, `ray.io/cluster in (${clusters.map(({ metadata }) => metadata.name).join(',')})`);
}

/** All of an owner's first cluster, or undefined while something is missing. */
async function findCaptured(api: Api, owner: RayOwner, submits: boolean): Promise<Captured | undefined> {
  const [jobName] = await findJobNames(api, owner);
  const [cluster] = await findClusters(api, owner, jobName === undefined ? [] : [jobName]);
  if (cluster === undefined) return undefined;
  const pods = await findPods(api, `ray.io/cluster=${cluster.metadata.name}`);
  const head = pods.find(({ metadata }) => metadata.labels?.['ray.io/node-type'] === 'head');
  const workers = owner.groups.flatMap(
    (group) => pods.find(({ metadata }) => metadata.labels?.['ray.io/group'] === group) ?? [],
  );
  const submitter = jobName === undefined ? undefined : await findSubmitter(api, jobName);
  const isWhole = head !== undefined && workers.length === owner.groups.length;
  if (!isWhole || (submits && jobName !== undefined && submitter === undefined)) return undefined;
  return { owner, cluster, head, workers, ...(submitter && { submitter }) };
}

/** Waits for all that an owner should bring about; its submitter comes only after its pods are ready. */
export const capture = (api: Api, owner: RayOwner, { submits = true } = {}): Promise<Captured> =>
  waitFor(`the pods of ${owner.kind} ${owner.name}`, () => findCaptured(api, owner, submits), { timeout: 120_000 });

/** Waits for the submitter that runs on another's cluster. */
export const captureVisitor = (api: Api): Promise<Pod> =>
  waitFor('the visiting submitter', () => findSubmitter(api, visitor.name), { timeout: 90_000 });
