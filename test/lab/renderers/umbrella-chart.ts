// A chart with a hook, notes and a sub-chart in the shape of KubeRay's ray-cluster: a full name, labels of Helm's, groups made of values.

const parent = {
  'Chart.yaml': `apiVersion: v2
name: umbrella
version: 0.1.0
dependencies:
  - {name: ray-cluster, version: 0.1.0}
`,
  'values.yaml': `ray-cluster:
  networkIsolation: {mode: denyAllIngress}
  tlsOptions: {enabled: true}
`,
  'templates/NOTES.txt': 'Ray is in {{ .Release.Namespace }}: {{ "{{ not for rayshield }}" }}\n',
  'templates/config.yaml': `# about the settings
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-settings
data:
  level: "1" # why
`,
  'templates/hooks.yaml': `apiVersion: ray.io/v1
kind: RayJob
metadata:
  name: warm-up
  annotations:
    helm.sh/hook: post-install
    helm.sh/hook-weight: "5"
    helm.sh/hook-delete-policy: before-hook-creation
spec:
  entrypoint: python warm_up.py
  rayClusterSpec:
    networkIsolation: {mode: denyAllIngress}
    headGroupSpec:
      rayStartParams: {}
      template: {spec: {containers: [{name: ray-head, image: "rayproject/ray:2.52.0"}]}}
---
apiVersion: batch/v1
kind: Job
metadata:
  name: check
  annotations: {helm.sh/hook: pre-install}
spec:
  template: {spec: {restartPolicy: Never, containers: [{name: check, image: busybox}]}}
`,
};

const child = {
  'Chart.yaml': 'apiVersion: v2\nname: ray-cluster\nversion: 0.1.0\n',
  'values.yaml': `image: {repository: rayproject/ray, tag: 2.52.0}
head:
  rayStartParams: {}
  labels: {}
worker: {groupName: workergroup, replicas: 1, minReplicas: 1, maxReplicas: 3, rayStartParams: {}}
networkIsolation: null
tlsOptions: null
`,
  'templates/_helpers.tpl': `{{- define "ray-cluster.fullname" -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- define "ray-cluster.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version | replace "+" "_" }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}
`,
  'templates/raycluster-cluster.yaml': `apiVersion: ray.io/v1
kind: RayCluster
metadata:
  labels:
{{ include "ray-cluster.labels" . | indent 4 }}
  name: {{ include "ray-cluster.fullname" . }}
spec:
  upgradeStrategy: {type: Recreate}
  {{- with .Values.networkIsolation }}
  networkIsolation: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.tlsOptions }}
  tlsOptions: {{- toYaml . | nindent 4 }}
  {{- end }}
  headGroupSpec:
    rayStartParams: {{- toYaml .Values.head.rayStartParams | nindent 6 }}
    template:
      spec:
        containers:
        - name: ray-head
          image: {{ .Values.image.repository }}:{{ .Values.image.tag }}
      metadata:
        labels:
{{ include "ray-cluster.labels" . | indent 10 }}
  workerGroupSpecs:
  - groupName: {{ .Values.worker.groupName }}
    replicas: {{ .Values.worker.replicas }}
    minReplicas: {{ .Values.worker.minReplicas }}
    maxReplicas: {{ .Values.worker.maxReplicas }}
    rayStartParams: {{- toYaml .Values.worker.rayStartParams | nindent 6 }}
    template:
      spec:
        containers:
        - name: ray-worker
          image: {{ .Values.image.repository }}:{{ .Values.image.tag }}
      metadata:
        labels:
{{ include "ray-cluster.labels" . | indent 10 }}
`,
};

const under = (folder: string, files: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));

/** The files of the chart, in a folder of its name. */
export const umbrella = { ...under('umbrella', parent), ...under('umbrella/charts/ray-cluster', child) };
