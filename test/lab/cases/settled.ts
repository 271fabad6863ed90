// When the controllers have had their say about an object: KubeRay's and cert-manager's write it into its status.
import type { Api, KubernetesObject, ObjectRef } from '../cluster/api.ts';
import { waitFor } from '../cluster/wait.ts';

interface Status {
  readonly observedGeneration?: number;
  readonly jobDeploymentStatus?: string;
  readonly rayClusterName?: string;
  readonly conditions?: readonly { readonly type: string; readonly status: string }[];
}

/** What a kind's status holds once its controller has seen the object as it is now. Kinds that are not here have none. */
const hasSeen: Readonly<Record<string, (status: Status, object: KubernetesObject) => boolean>> = {
  RayCluster: (status, { metadata }) => status.observedGeneration === metadata.generation,
  // Its status is written once the head is ready, which never happens without nodes.
  RayService: (_, { metadata }) => (metadata.finalizers ?? []).length > 0,
  RayJob: ({ jobDeploymentStatus = '' }) => jobDeploymentStatus !== '',
  Issuer: ({ conditions = [] }) => conditions.length > 0,
  Certificate: ({ conditions = [] }) => conditions.length > 0,
};

export const refOf = ({ apiVersion, kind, metadata }: KubernetesObject): ObjectRef => ({
  apiVersion,
  kind,
  name: metadata.name,
  namespace: metadata.namespace,
});

// One operator has all cases to look at, and asking it too often keeps it from its work.
const patient = { timeout: 240_000, every: 200 };

/** Of a RayCluster that it refuses KubeRay says so in an event, and writes no status. */
async function isRefused(api: Api, { kind, metadata }: KubernetesObject): Promise<boolean> {
  if (kind !== 'RayCluster') return false;
  const events = await api.list({ apiVersion: 'v1', kind: 'Event', namespace: metadata.namespace });
  return events.some(({ reason }) => reason === 'InvalidRayClusterSpec');
}

/** Waits until the controllers have seen an object; gives it as it is then. */
export function waitUntilSeen(api: Api, object: KubernetesObject): Promise<KubernetesObject> {
  const hasBeenSeen = hasSeen[object.kind] ?? (() => true);
  const probe = async (): Promise<KubernetesObject | undefined> => {
    const stored = await api.read(refOf(object));
    if (hasBeenSeen((stored['status'] ?? {}) as Status, stored)) return stored;
    return (await isRefused(api, object)) ? stored : undefined;
  };
  return waitFor(
    `a controller to see ${object.kind} ${object.metadata.namespace}/${object.metadata.name}`,
    probe,
    patient,
  );
}
