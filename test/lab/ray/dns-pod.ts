// The DNS of the lab's cluster: CoreDNS as a pod, labelled as kubeadm labels it, since rayshield's policies know it by that.
// The Corefile is kubeadm's without what leads out of the cluster: https://kubernetes.io/docs/tasks/administer-cluster/coredns/
import { pathOfBinary } from '../parts/binary.ts';

/** The address of the DNS pod; the kubelet puts it into every pod's resolv.conf. */
export const dnsAddress = '10.66.0.2';

/** What clusters differ in: the DNS domain, and what CoreDNS calls the pods of a headless Service. */
export interface Dns {
  readonly clusterDomain?: string;
  /** CoreDNS's option endpoint_pod_names: names of pods in place of their addresses. */
  readonly endpointPodNames?: boolean;
}

const writeCorefile = ({ clusterDomain = 'cluster.local', endpointPodNames = false }: Dns): string => `.:53 {
    errors
    ready
    kubernetes ${clusterDomain} in-addr.arpa ip6.arpa {
        pods insecure
        ttl 30${endpointPodNames ? '\n        endpoint_pod_names' : ''}
    }
    cache 30 {
        disable success ${clusterDomain}
        disable denial ${clusterDomain}
    }
}
`;

const metadata = { name: 'coredns', namespace: 'kube-system' };

/** The objects of the DNS pod, in the order in which they are applied. */
export const dnsObjects = (dns: Dns = {}): object[] => [
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'lab:coredns' },
    rules: [
      { apiGroups: [''], resources: ['endpoints', 'services', 'pods', 'namespaces'], verbs: ['list', 'watch'] },
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'watch'] },
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'lab:coredns' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'lab:coredns' },
    subjects: [{ kind: 'ServiceAccount', ...metadata }],
  },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { Corefile: writeCorefile(dns) } },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...metadata,
      labels: { 'k8s-app': 'kube-dns' },
      annotations: { 'rayshield.io/lab-address': dnsAddress },
    },
    spec: {
      serviceAccountName: metadata.name,
      terminationGracePeriodSeconds: 1,
      containers: [
        {
          name: 'coredns',
          image: 'coredns',
          command: [pathOfBinary('control-plane', 'coredns'), '-conf', '/etc/coredns/Corefile'],
          readinessProbe: { httpGet: { path: '/ready', port: 8181 }, periodSeconds: 1 },
          volumeMounts: [{ name: 'config', mountPath: '/etc/coredns' }],
        },
      ],
      volumes: [{ name: 'config', configMap: { name: metadata.name } }],
    },
  },
];
