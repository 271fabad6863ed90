// KubeRay's operator as a pod, labelled as its chart labels it: rayshield's policies let in the pods that carry these labels,
// and it reaches dashboards by the names of Services, as in a cluster.
import { pathOfBinary } from '../parts/binary.ts';
import type { PartName } from '../parts/locate.ts';
import { operatorArguments, operatorLabels, operatorNamespace } from '../servers/kuberay.ts';

const metadata = { name: 'kuberay-operator', namespace: operatorNamespace };

const probePort = 8082;

/** The objects of the operator's pod, in the order in which they are applied. Its namespace must be there. */
export const operatorObjects = (version: string, clusterDomain: string): object[] => [
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
  // What rights it needs is KubeRay's affair, and no claim of this project hangs on them.
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'lab:kuberay-operator' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ kind: 'ServiceAccount', ...metadata }],
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...metadata, labels: operatorLabels },
    spec: {
      serviceAccountName: metadata.name,
      terminationGracePeriodSeconds: 1,
      containers: [
        {
          name: metadata.name,
          image: `kuberay-operator:${version}`,
          command: [pathOfBinary(`kuberay-${version}` as PartName, 'ray-operator')],
          args: operatorArguments('', { metrics: 8080, probe: probePort }),
          env: [
            { name: 'POD_NAMESPACE', value: operatorNamespace },
            { name: 'CLUSTER_DOMAIN', value: clusterDomain },
          ],
          readinessProbe: { httpGet: { path: '/readyz', port: probePort }, periodSeconds: 1 },
        },
      ],
    },
  },
];
