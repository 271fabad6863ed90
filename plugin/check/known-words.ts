// Fields that the CRDs take as any text, and that the API server or KubeRay takes a few words for: with another one no pod is ever
// made, and the object itself shows nothing of it. Words of pods: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
// KubeRay's: JobSubmissionMode in ray-operator/apis/ray/v1 of https://github.com/ray-project/kuberay, 1.3 to 1.7.
import type { FieldPath, Report } from '../findings/finding.ts';
import { sortByNearness } from '../findings/nearest.ts';
import type { KubernetesObject } from '../manifests/manifest.ts';
import { suggestName } from './suggest-name.ts';

const words: Readonly<Record<string, readonly string[]>> = {
  submissionMode: ['K8sJobMode', 'HTTPMode', 'InteractiveMode', 'SidecarMode'],
  serviceType: ['ClusterIP', 'NodePort', 'LoadBalancer'],
  imagePullPolicy: ['Always', 'IfNotPresent', 'Never'],
  restartPolicy: ['Always', 'OnFailure', 'Never'],
  dnsPolicy: ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
  effect: ['NoSchedule', 'PreferNoSchedule', 'NoExecute'],
  whenUnsatisfiable: ['DoNotSchedule', 'ScheduleAnyway'],
};

// Maps whose keys are the user's own.
const freeMaps = [
  'metadata',
  'labels',
  'matchLabels',
  'nodeSelector',
  'rayStartParams',
  'resources',
  'clusterSelector',
  'volumeAttributes',
  'options',
];

/** Reports other words in these fields of a Ray object's spec. An empty text stands for the default. */
export function checkKnownWords(body: KubernetesObject, report: Report): void {
  walk(body['spec'], ['spec'], report);
}

function walk(value: unknown, path: FieldPath, report: Report): void {
  if (typeof value !== 'object' || value === null || freeMaps.includes(String(path.at(-1)))) return;
  for (const [key, child] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    const allowed = Object.hasOwn(words, key) ? words[key] : undefined;
    if (allowed === undefined || typeof child !== 'string') walk(child, at, report);
    else if (child !== '' && !allowed.includes(child)) reportWord(child, allowed, at, report);
  }
}

function reportWord(given: string, words: readonly string[], at: FieldPath, report: Report): void {
  const nearest = suggestName(given, words);
  const allowed = nearest === undefined ? [...words] : sortByNearness(given, words);
  report('SCHEMA_NOT_ALLOWED', at, { allowed, ...(nearest !== undefined && { given, nearest }) });
}
