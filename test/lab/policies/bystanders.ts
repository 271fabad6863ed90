// Who else is in a cluster: those who have business with Ray pods, those who only look as if they had, and strangers.
// Each has a name by which claims speak of it. `own` stands for the namespace of the Ray object.
import type { PodSpec } from '../../support/kuberay-pods.ts';
import type { Labels, PodPort } from '../../support/world.ts';
import type { Placed } from './synthetic-pods.ts';

const operator: Labels = { 'app.kubernetes.io/component': 'kuberay-operator', 'app.kubernetes.io/name': 'kuberay' };
const openshiftDns: Labels = { 'dns.operator.openshift.io/daemonset-dns': 'default' };
const dnsPorts: readonly PodPort[] = [
  { name: 'dns', containerPort: 53, protocol: 'UDP' },
  { name: 'dns-tcp', containerPort: 53, protocol: 'TCP' },
];

/** Where each stands: a name, its namespace, its labels, its ports. */
const pods: readonly (readonly [place: string, namespace: string, labels: Labels, ports?: readonly PodPort[]])[] = [
  ['operator', 'kuberay-system', operator],
  ['false operator', 'elsewhere', operator],
  ["operator's neighbour", 'kuberay-system', { 'app.kubernetes.io/component': 'kuberay-apiserver' }],
  ['kube-dns', 'kube-system', { 'k8s-app': 'kube-dns' }, dnsPorts],
  ['node-local-dns', 'kube-system', { 'k8s-app': 'node-local-dns' }, dnsPorts],
  ['openshift-dns', 'openshift-dns', openshiftDns, dnsPorts],
  ['edge-dns', 'dns-system', { app: 'coredns', tier: 'edge' }, dnsPorts],
  ['core-dns', 'dns-system', { app: 'coredns', tier: 'core' }, dnsPorts],
  ['false dns', 'elsewhere', { ...openshiftDns, app: 'coredns', 'k8s-app': 'kube-dns', tier: 'edge' }, dnsPorts],
  ['kube-proxy', 'kube-system', { 'k8s-app': 'kube-proxy' }],
  ['prometheus', 'monitoring', { app: 'prometheus' }],
  ['second prometheus', 'platform-metrics', { app: 'prometheus' }],
  ['false prometheus', 'elsewhere', { app: 'prometheus' }],
  ['ingress controller', 'ingress', { app: 'controller' }],
  ['object store', 'object-store', { app: 'store' }],
  ['api', 'serving', { app: 'api' }],
  ["api's neighbour", 'serving', { app: 'web' }],
  ['cache', 'databases', { app: 'redis' }],
  ['foreigner', 'elsewhere', { app: 'shop' }],
  ['stranger', 'own', { app: 'shop' }],
  ['job of a stranger', 'own', { 'batch.kubernetes.io/job-name': 'backup', 'job-name': 'backup' }],
  ["another's RayJob", 'own', { 'batch.kubernetes.io/job-name': 'other', 'ray.io/originated-from-crd': 'RayJob' }],
];

// Those whom rules of the fixtures let in or out by this label, here and elsewhere.
const apps = ['api', 'feature-store', 'gateway', 'notebook', 'profiler', 'redis', 'studio'];

/** The labels of a head and a worker of a RayCluster that is nobody's in the fixtures. */
const neighbourLabels = (role: 'head' | 'worker'): Labels => ({
  'app.kubernetes.io/created-by': 'kuberay-operator',
  'app.kubernetes.io/name': 'kuberay',
  'ray.io/cluster': 'neighbour',
  'ray.io/group': role === 'head' ? 'headgroup' : 'small',
  'ray.io/identifier': `neighbour-${role}`,
  'ray.io/is-ray-node': 'yes',
  'ray.io/node-type': role,
  'rayshield.io/owner': 'neighbour-rayjob',
});

/** The pods round a Ray object of the namespace `own`. */
export function buildBystanders(own: string): Placed[] {
  const place = (name: string, namespace: string, labels: Labels, ports: readonly PodPort[] = []): Placed => {
    const pod: PodSpec = { name: name.toLowerCase().replace(/[^a-z0-9]+/g, '-'), namespace, labels, ports };
    return { place: name, pod };
  };
  return [
    ...pods.map(([name, namespace, labels, ports]) =>
      place(name, namespace === 'own' ? own : namespace, labels, ports),
    ),
    ...apps.map((app) => place(`app ${app}`, own, { app })),
    ...apps.map((app) => place(`app ${app} elsewhere`, 'elsewhere', { app })),
    place('head of another', own, neighbourLabels('head')),
    place('worker of another', own, neighbourLabels('worker')),
  ];
}

/** Addresses that are no pod's. */
export const addresses: Readonly<Record<string, string>> = {
  // Documentation ranges of RFC 5737 stand for the internet.
  internet: '203.0.113.200',
  // Serves metadata, and on GKE Cloud DNS.
  'metadata server': '169.254.169.254',
  'node-local address': '169.254.20.10',
  // EKS Pod Identity, which hands out credentials.
  'pod identity': '169.254.170.23',
};
