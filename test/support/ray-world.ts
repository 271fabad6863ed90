// A cluster round one Ray object `demo` in the namespace `ml`: its own pods, whoever has business with them, whoever looks
// as if he had, and strangers. Each has a name here, so that claims read as sentences.
import type { KubernetesObject } from '../../plugin/manifests/manifest.ts';
import { buildRayPods, buildSubmitter, type PodSpec } from './kuberay-pods.ts';
import { isAllowed } from './network-policy.ts';
import type { Endpoint, Labels, NetworkPolicy, Pod, PodPort, Protocol, World } from './world.ts';

const addresses = {
  apiServer: '172.18.0.2',
  internet: '203.0.113.7',
  // The cloud's metadata server, which on GKE is Cloud DNS too.
  metadata: '169.254.169.254',
  nodeLocalAddress: '169.254.20.10',
  // EKS Pod Identity: link-local as well, and it hands out credentials.
  podIdentity: '169.254.170.23',
  redisOutside: '198.51.100.6',
  redisOutsideSix: '2001:db8::6',
} as const;

const namespaces = ['ml', 'lab', 'caches', 'notebooks', 'monitoring', 'kube-system', 'kuberay-system', 'openshift-dns'];

const pod = (path: string, labels: Labels, ports: readonly PodPort[] = []): PodSpec => {
  const [namespace = '', name = ''] = path.split('/');
  return { name, namespace, labels, ports };
};
const dnsPorts = (containerPort: number): readonly PodPort[] => [
  { name: 'dns', containerPort, protocol: 'UDP' },
  { name: 'dns-tcp', containerPort, protocol: 'TCP' },
];
const operatorLabels = { 'app.kubernetes.io/component': 'kuberay-operator', 'app.kubernetes.io/name': 'kuberay' };
const redisPorts = [{ name: 'redis', containerPort: 6379 }];

const others = {
  operator: pod('kuberay-system/kuberay-operator', operatorLabels),
  operatorsNeighbour: pod('kuberay-system/apiserver', { 'app.kubernetes.io/component': 'kuberay-apiserver' }),
  fakeOperator: pod('lab/kuberay-operator', operatorLabels),
  prometheus: pod('monitoring/prometheus', { 'app.kubernetes.io/name': 'prometheus' }),
  fakePrometheus: pod('lab/prometheus', { 'app.kubernetes.io/name': 'prometheus' }),
  coreDns: pod('kube-system/coredns', { 'k8s-app': 'kube-dns' }, dnsPorts(53)),
  nodeLocalDns: pod('kube-system/node-local-dns', { 'k8s-app': 'node-local-dns' }, dnsPorts(53)),
  openshiftDns: pod('openshift-dns/dns', { 'dns.operator.openshift.io/daemonset-dns': 'default' }, dnsPorts(5353)),
  fakeDns: pod('lab/coredns', { 'k8s-app': 'kube-dns' }, dnsPorts(53)),
  kubeProxy: pod('kube-system/kube-proxy', { 'k8s-app': 'kube-proxy' }),
  redis: pod('ml/redis', { app: 'redis' }, redisPorts),
  farRedis: pod('caches/redis', { app: 'redis' }, redisPorts),
  notebook: pod('notebooks/notebook', { app: 'notebook' }),
  stranger: pod('ml/stranger', { app: 'shop' }),
  foreigner: pod('lab/foreigner', { app: 'shop' }),
} as const satisfies Readonly<Record<string, PodSpec>>;

const container = { name: 'ray', ports: [{ name: 'client', containerPort: 10001 }] };
const group = {
  template: { metadata: { labels: { 'rayshield.io/owner': 'neighbour-rayjob' } }, spec: { containers: [container] } },
};
const neighbour: KubernetesObject = {
  apiVersion: 'ray.io/v1',
  kind: 'RayCluster',
  metadata: { name: 'neighbour', namespace: 'ml' },
  spec: { headGroupSpec: group, workerGroupSpecs: [{ ...group, groupName: 'small' }] },
};

/**
 * The pods of the owner and of its likes. `next` is the head that replaces a RayCluster's, else that of the next run or
 * colour; `late` is a worker of a group that a RayCluster got after the expansion, else of that next run. The namesake is
 * the same object in another namespace.
 */
function buildRayPlaces(owner: KubernetesObject) {
  const own = buildRayPods(owner, 'x7k2p');
  const next = buildRayPods(owner, 'b9d4q');
  const namesake = { ...owner, metadata: { ...owner.metadata, namespace: 'lab' } };
  const namesakePods = buildRayPods(namesake, 'x7k2p');
  const neighbourPods = buildRayPods(neighbour, 'x7k2p');
  const added = next.worker('small');
  const jobName = owner.kind === 'RayCronJob' ? 'demo-29731425' : 'demo';
  return {
    head: own.head,
    redisCleanup: own.redisCleanup,
    small: own.worker('small'),
    gpu: own.worker('gpu'),
    next: next.head,
    late: owner.kind === 'RayCluster' ? { ...added, labels: { ...added.labels, 'ray.io/group': 'added' } } : added,
    namesakeHead: namesakePods.head,
    namesakeWorker: namesakePods.worker('small'),
    neighbourHead: neighbourPods.head,
    neighbourWorker: neighbourPods.worker('small'),
    submitter: buildSubmitter(owner, jobName, '1.7'),
    oldSubmitter: buildSubmitter(owner, jobName, '1.6'),
    namesakeSubmitter: buildSubmitter(namesake, jobName, '1.7'),
    visitor: buildSubmitter(neighbour, 'visit', '1.7'),
  };
}

/** Who stands where in the world of a Ray object. */
export type Place = keyof typeof addresses | keyof typeof others | keyof ReturnType<typeof buildRayPlaces>;

/** Asks whether one place reaches another on a port: 8265, `53/UDP`. */
export type Reaches = (from: Place, to: Place, port: number | `${number}/${Protocol}`) => boolean;

/** The world of the Ray object `ml/demo` under the policies among `objects`, which hold that object too. */
export function buildRayWorld(objects: readonly KubernetesObject[]): Reaches {
  const owner = objects.find(
    ({ apiVersion, metadata }) => apiVersion.startsWith('ray.io/') && metadata.name === 'demo',
  );
  if (owner?.metadata.namespace !== 'ml') throw new Error('the objects hold no Ray object ml/demo');
  const specs = Object.entries<PodSpec>({ ...others, ...buildRayPlaces(owner) });
  const pods = new Map(
    specs.map(([place, spec], index): [string, Pod] => [place, { ...spec, ip: `10.1.0.${index + 1}` }]),
  );
  const world: World = {
    policies: objects.filter(({ kind }) => kind === 'NetworkPolicy') as unknown as readonly NetworkPolicy[],
    pods: [...pods.values()],
    namespaces: namespaces.map((name) => ({ name, labels: {} })),
  };
  const endpoint = (place: Place): Endpoint => pods.get(place) ?? addresses[place as keyof typeof addresses];
  return (from, to, on) => {
    const [port, protocol = 'TCP'] = `${on}`.split('/') as [string, Protocol?];
    return isAllowed(world, { from: endpoint(from), to: endpoint(to), port: Number(port), protocol });
  };
}
