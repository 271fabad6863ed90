// The words of findings about the owner: its name, its groups, its labels, and objects that share a name.
import { error, info, warning } from '../words.ts';

type None = Record<string, never>;

type DeletionProblem = keyof typeof deletionProblems;

export const deletionProblems = {
  incomplete: [
    'deletionStrategy has neither deletionRules nor both onSuccess and onFailure',
    'give it deletionRules, or onSuccess and onFailure',
  ],
  'both-forms': [
    'deletionStrategy has deletionRules beside onSuccess or onFailure, and KubeRay takes only one of the two forms',
    'keep deletionRules, or onSuccess and onFailure',
  ],
  'no-status': [
    'the condition of this rule names no status, so it would never hold',
    'give it jobStatus or jobDeploymentStatus',
  ],
  'both-statuses': [
    'the condition of this rule has jobStatus and jobDeploymentStatus, and KubeRay takes one of them',
    'make two rules of it',
  ],
} as const;

function mendKind({ kind, kinds, nearest }: { kind: string; kinds: readonly string[]; nearest: string | undefined }) {
  if (kinds.includes(kind)) return 'write apiVersion: ray.io/v1';
  return nearest === undefined
    ? `its kinds are ${kinds.join(', ')}, in ray.io/v1`
    : `did you mean ${nearest}? Its kinds are ${kinds.join(', ')}`;
}

function mendIncomplete({ field, stray }: { field: string; stray?: string }): string {
  if (stray !== undefined) return `write ${field} in place of ${stray}`;
  return field === 'metadata' || field === 'metadata.name'
    ? 'give it metadata with a name'
    : `give it the ${field} of the object that is meant`;
}

export const rayWords = {
  RAY_CONTAINER_MISSING: error((_: None) => [
    'this pod template has no container, so there is nothing that Ray could run in',
    'give it at least one container: KubeRay runs Ray in the first',
  ]),
  KIND_UNKNOWN: error(
    (f: { kind: string; apiVersion: string; kinds: readonly string[]; nearest: string | undefined }) => [
      `KubeRay has no ${f.kind} in ${f.apiVersion}, so the cluster would refuse it`,
      mendKind(f),
    ],
  ),
  API_GROUP_UNKNOWN: error((f: { kind: string; apiVersion: string }) => [
    `no API group has a ${f.kind} but ray.io, and this is one of ${f.apiVersion}, so nothing would run it`,
    'write apiVersion: ray.io/v1',
  ]),
  OBJECT_INCOMPLETE: error((f: { field: string; stray?: string; isOdd?: true }) => [
    f.isOdd
      ? `${f.field} is no text, and without it this is no Kubernetes object`
      : `${f.field} is missing, and without it this is no Kubernetes object`,
    mendIncomplete(f),
  ]),
  NAME_MISSING: error((_: None) => [
    'the object has no metadata.name, from which policies, certificates and DNS names are made',
    'give it a fixed name; generateName cannot be used with networkIsolation or tlsOptions',
  ]),
  NAME_INVALID: error((f: { name: string }) => [
    `the name ${f.name} is no DNS-1035 label, which KubeRay needs for its Services`,
    'use lower-case letters, digits and dashes, beginning with a letter and not ending in a dash',
  ]),
  NAME_TOO_LONG: error((f: { kind: string; length: number; limit: number; kuberayVersion: string }) => [
    `the name has ${f.length} characters, and a ${f.kind} here may have ${f.limit} with KubeRay ${f.kuberayVersion}`,
    'shorten it',
  ]),
  NAMESPACE_INVALID: error((f: { namespace: string }) => [
    `the namespace ${f.namespace} is no DNS-1123 label`,
    'use lower-case letters, digits and dashes, at most 63',
  ]),
  MANAGED_BY_OTHER: error((f: { managedBy: string }) => [
    `managedBy ${f.managedBy} runs this object elsewhere, where its policies and certificates would not be`,
    'remove managedBy, or expand the manifest where it is applied',
  ]),
  GROUP_NAME_INVALID: error((f: { group: string }) => [
    `the group name ${f.group} is no DNS-1123 label, which the name of its NetworkPolicy needs`,
    'use lower-case letters, digits and dashes, at most 63',
  ]),
  GROUP_NAME_TWICE: error((f: { group: string }) => [
    `two worker groups are called ${f.group}, so a policy could not tell them apart`,
    'give each group a name of its own',
  ]),
  LABEL_RESERVED: error((f: { label: string; kind: string }) => [
    `the label ${f.label} is what policies and Services select the pods of this ${f.kind} by`,
    'remove it: KubeRay and rayshield set it themselves',
  ]),
  PORT_UNKNOWN: error((f: { port: string }) => [
    `the value of ${f.port} is no fixed number from 1 to 65535, so neither a policy nor an address can name the port that Ray takes`,
    'write the number of a port',
  ]),
  HEAD_SERVICE_NAMED: error((_: None) => [
    'KubeRay refuses a RayService whose head Service has a name of its own, and starts no cluster for it',
    'remove headService.metadata.name: the head of a RayService is found by <name>-head-svc',
  ]),
  DASHBOARD_PORT_UNNAMED: warning((f: { kind: string; number: number }) => [
    `Ray's container names its ports and none of them dashboard, so KubeRay's head Service has no such port and the ${f.kind} waits for it for ever`,
    `add {name: dashboard, containerPort: ${f.number}}, or remove ports: KubeRay knows Ray's own`,
  ]),
  DELETION_STRATEGY: error((f: { problem: DeletionProblem }) => deletionProblems[f.problem]),
  REPLICAS_AUTOSCALED: info((f: { group: string }) => [
    `the autoscaler decides how many workers the group ${f.group} has, and each sync of Argo CD or Flux, or kubectl apply, sets replicas back to this number`,
    'leave it out and set minReplicas, or set dropAutoscaledReplicas, which leaves it out of what is printed, or let the tool ignore the field (Argo CD: ignoreDifferences with the jqPathExpressions entry .spec.workerGroupSpecs[].replicas, and RespectIgnoreDifferences=true)',
  ]),
  HOOK_NOT_AWAITED: info((f: { kind: string; tool: 'argocd' | 'helm' }) =>
    f.tool === 'argocd'
      ? [
          `Argo CD takes this hook for done as soon as it is applied, for it has no health check of a ${f.kind} of its own`,
          'give argocd-cm the check of deploy/argocd/health, and Argo CD waits until the hook is healthy',
        ]
      : [
          `Helm does not wait for a hook that is a ${f.kind}, only for Jobs and Pods; Argo CD, which takes it for a hook too, needs a health check`,
          'let nothing that comes after it rely on its being done, or, in Argo CD, give argocd-cm the check of deploy/argocd/health',
        ],
  ),
  HOOK_CERTIFICATES: warning((f: { kind: string }) => [
    `the Certificates of this ${f.kind} are hooks as it is, and Argo CD's own check takes one that is still being issued for failed, and the sync with it`,
    'give argocd-cm the checks of Certificate and Issuer in deploy/argocd/health and accept this code on the owner, or name Secrets of your own in tlsOptions.certificateSecretName',
  ]),
  SHELL_CARRIAGE_RETURN: warning((_: None) => [
    'this text has carriage returns (Windows line ends), and a shell takes them for a part of the words before them',
    'give the file that it comes from Unix line ends, or write it as a block (|), where line ends are read as one',
  ]),
  OBJECT_TWICE: error((f: { other: string }) => [
    `${f.other} is the same object: the one that is applied last would win, with or without what protects it`,
    'remove or rename one of the two',
  ]),
  NAME_COLLISION: error((f: { kind: string; name: string; other: string }) => [
    `the ${f.kind} ${f.name} that is made for this object has the name of ${f.other}`,
    'rename one of the two',
  ]),
  OUTPUT_INVALID: error((f: { kind: string; name: string; field: string; problem: string }) => [
    `the ${f.kind} ${f.name} that this object is expanded to would be refused by the API server at ${f.field}: ${f.problem}`,
    'mend the value that it was made of; if there is none, this is a fault of rayshield: please report it',
  ]),
};
