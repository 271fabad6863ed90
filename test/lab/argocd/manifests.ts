// What is in the applications of these suites: small Ray clusters, with texts in all places that no message may repeat.
import { stringify } from 'yaml';

/** Texts that stand in Secrets and environments; what Argo CD shows to everybody holds none of them. */
export const canaries = {
  sidecar: 'canary-of-the-sidecar',
  application: 'canary-of-the-application',
  secret: 'canary-of-a-secret',
  variable: 'canary-of-a-variable',
  annotation: 'canary-of-an-annotation',
  argument: 'canary-of-an-argument',
} as const;

const pod = (name: string): object => ({
  spec: {
    containers: [
      {
        name,
        image: 'rayproject/ray:2.60.0',
        args: [canaries.argument],
        env: [{ name: 'TOKEN', value: canaries.variable }],
      },
    ],
  },
});

/** A RayCluster in YAML; `spec` wins over what it has by itself. */
export const writeCluster = (name: string, spec: object = {}): string =>
  stringify({
    apiVersion: 'ray.io/v1',
    kind: 'RayCluster',
    metadata: { name, annotations: { note: canaries.annotation } },
    spec: {
      rayVersion: '2.60.0',
      networkIsolation: { mode: 'denyAllIngress' },
      headGroupSpec: { rayStartParams: {}, template: pod('ray-head') },
      workerGroupSpecs: [
        {
          groupName: 'cpu',
          replicas: 1,
          minReplicas: 0,
          maxReplicas: 3,
          rayStartParams: {},
          template: pod('ray-worker'),
        },
      ],
      ...spec,
    },
  });

export const secret = stringify({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'registry' },
  stringData: { password: canaries.secret },
});

export const writeConfigMap = (name: string): string =>
  stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { name } });

/** One stream of many documents. */
export const joinDocuments = (documents: readonly string[]): string => documents.join('---\n');

/** A repository whose folder `overlay` is a kustomization of the one beside it. */
export const kustomization = (cluster: string): Record<string, string> => ({
  'base/cluster.yaml': cluster,
  'base/kustomization.yaml': 'resources: [cluster.yaml]\n',
  'overlay/kustomization.yaml': 'resources: [../base]\nnamePrefix: blue-\n',
  'overlay/README.md': 'no manifest',
});

/** A repository whose folder `chart` is a Helm chart: the name of the cluster is that of the release, its group is a value. */
export const chart = (cluster: string): Record<string, string> => ({
  'chart/Chart.yaml': 'apiVersion: v2\nname: training\nversion: 1.0.0\n',
  'chart/values.yaml': 'group: cpu\nreplicas: 1\n',
  'chart/values-production.yaml': 'group: gpu\n',
  'chart/templates/cluster.yaml': cluster
    .replace('name: demo', "name: '{{ .Release.Name }}'")
    .replace('groupName: cpu', 'groupName: {{ .Values.group }}')
    .replace('replicas: 1', 'replicas: {{ .Values.replicas }}'),
});
