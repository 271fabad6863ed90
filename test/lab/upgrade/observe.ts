// What a cluster shows of its owners: which pods run, whom they trust, and which of rayshield's objects nobody asks for any more.
import { readCertificate } from '../cases/certificate.ts';
import type { Api, KubernetesObject } from '../cluster/api.ts';
import { waitFor } from '../cluster/wait.ts';
import type { Pod } from '../pods/pod.ts';

export const namespace = 'ml';

/** The pods of a RayCluster that are not being deleted. */
export async function listPods(api: Api, cluster: string): Promise<Pod[]> {
  const pods = await api.list(
    { apiVersion: 'v1', kind: 'Pod', namespace },
    { labelSelector: `ray.io/cluster=${cluster}` },
  );
  return (pods as Pod[]).filter(({ metadata }) => metadata.deletionTimestamp === undefined);
}

export const isHead = ({ metadata }: Pod): boolean => metadata.labels?.['ray.io/node-type'] === 'head';

export const uidsOf = (pods: readonly Pod[]): string[] => pods.map(({ metadata }) => metadata.uid ?? '').sort();

export const hasAddress = (pod: Pod): boolean =>
  ((pod as KubernetesObject)['status'] as { podIP?: string } | undefined)?.podIP !== undefined;

/** Whom a pod lets in: anybody without TLS, else the holders of certificates of a CA, which is named by its fingerprint. */
export async function readTrust(api: Api, pod: Pod): Promise<string> {
  const { volumes = [] } = pod.spec as unknown as { volumes?: { name: string; secret?: { secretName: string } }[] };
  const secretName = volumes.find(({ name }) => name === 'ray-tls')?.secret?.secretName;
  if (secretName === undefined) return 'anybody';
  // As the kubelet does: a pod waits for its Secret.
  const secret = await waitFor(`Secret ${secretName}`, () =>
    api.read({ apiVersion: 'v1', kind: 'Secret', name: secretName, namespace }),
  );
  const { 'ca.crt': ca = '' } = secret['data'] as Record<string, string>;
  return readCertificate(Buffer.from(ca, 'base64').toString()).x509.fingerprint256;
}

/** Whether a NetworkPolicy among the objects selects the pod. */
export const isHeld = (pod: Pod, objects: readonly KubernetesObject[]): boolean =>
  objects
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .some(({ spec }) => {
      const { matchLabels } = (spec as { podSelector: { matchLabels: Record<string, string> } }).podSelector;
      return Object.entries(matchLabels).every(([key, value]) => pod.metadata.labels?.[key] === value);
    });

const generatedKinds = [
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
  { apiVersion: 'v1', kind: 'Service' },
  { apiVersion: 'cert-manager.io/v1', kind: 'Issuer' },
  { apiVersion: 'cert-manager.io/v1', kind: 'Certificate' },
];

const labelSelector = 'app.kubernetes.io/managed-by=rayshield';
const keyOf = ({ kind, metadata }: KubernetesObject): string => `${kind} ${metadata.name}`;

/** The objects of rayshield's that are in the cluster and not among what was printed last: what a prune removes. */
export async function listLeft(api: Api, printed: readonly KubernetesObject[]): Promise<KubernetesObject[]> {
  const asked = new Set(printed.map(keyOf));
  const present = await Promise.all(generatedKinds.map((kind) => api.list({ ...kind, namespace }, { labelSelector })));
  return present.flat().filter((object) => !asked.has(keyOf(object)));
}

/** The Secrets that cert-manager made and no printed Certificate names: no prune removes them. */
export async function listLeftSecrets(api: Api, printed: readonly KubernetesObject[]): Promise<KubernetesObject[]> {
  const named = new Set(
    printed.filter(({ kind }) => kind === 'Certificate').map(({ spec }) => (spec as { secretName: string }).secretName),
  );
  const secrets = await api.list({ apiVersion: 'v1', kind: 'Secret', namespace }, { labelSelector });
  return secrets.filter(({ metadata }) => !named.has(metadata.name));
}

const order = ['NetworkPolicy', 'Service', 'Issuer', 'Certificate', 'Secret'];

/** `2 Services, 1 Issuer`: how many of each kind one owner has; the same for all owners, or that is said. */
export function printCounts(objects: readonly KubernetesObject[]): string {
  const owners = new Map<string, string[]>();
  for (const { kind, metadata } of objects) {
    const owner = metadata.labels?.['rayshield.io/owner'] ?? '';
    if (order.includes(kind)) owners.set(owner, [...(owners.get(owner) ?? []), kind]);
  }
  const printed = new Set([...owners.values()].map(printKinds));
  return printed.size === 0 ? 'nothing' : [...printed].join(' or ');
}

function printKinds(kinds: readonly string[]): string {
  const counts = order.map((kind) => [kind, kinds.filter((one) => one === kind).length] as const);
  const plural = (kind: string): string => (kind.endsWith('y') ? `${kind.slice(0, -1)}ies` : `${kind}s`);
  return counts
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${count === 1 ? kind : plural(kind)}`)
    .join(', ');
}
