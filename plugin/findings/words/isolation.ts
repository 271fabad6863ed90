// The words of findings about networkIsolation: rules that contradict it, and ways that it cannot open by itself.
import { acceptableError, error, info, warning } from '../words.ts';
import { nextCluster, type RayKind } from './roll-out.ts';

type None = Record<string, never>;

/** What the API server has against a rule that fits its schema. */
type RuleProblem = keyof typeof ruleProblems;

const labelForm = 'letters, digits, dashes, underscores and dots, at most 63, with a letter or digit at both ends';

export const ruleProblems = {
  'empty-peer': ['this peer says neither who nor where', 'give it a podSelector, a namespaceSelector or an ipBlock'],
  'block-beside-selector': ['this peer has ipBlock beside a selector', 'make two peers of it'],
  range: ['this is no range of addresses with a prefix length', 'write it as 10.0.0.0/8, 10.1.2.3/32 or fd00::/8'],
  'exception-outside': [
    'this range is no part of the cidr beside it',
    'name a smaller range within cidr, or remove it',
  ],
  'label-key': ['this is no key of a label', `write [DNS name/]NAME, where NAME is ${labelForm}`],
  'label-value': ['this is no value of a label', `write ${labelForm}`],
  'values-missing': ['In and NotIn compare with values, and there are none', 'give values, or write Exists'],
  'values-surplus': ['Exists and DoesNotExist take no values', 'remove values, or write In or NotIn'],
  'port-in-quotes': ['a number in quotes is taken for the name of a port', 'remove the quotes'],
  'port-name': [
    'this is no name of a port',
    'write a number, of a range the first beside the last as endPort; or a name of at most 15 lower-case letters, digits and dashes, a letter among them',
  ],
  'end-without-port': ['endPort needs a port that is a number', 'give the number at which the range begins as port'],
  'end-below-port': ['endPort is below port', 'swap the two, or mend one of them'],
} as const;

/** Whom a policy of the user's lets in, or out to. */
export type Opener = 'everyone' | 'addresses' | 'pods of its own namespace' | 'pods of other namespaces';

/** What such a policy opens in one direction; no ports are all ports. */
export interface Opened {
  readonly to: readonly Opener[];
  readonly ports: readonly string[];
}

const sayPorts = ({ ports }: Opened): string => (ports.length === 0 ? 'all ports' : `port ${ports.join(', ')}`);

function sayOpened({ ingress, egress }: { ingress?: Opened; egress?: Opened }): string {
  const parts = [
    ...(ingress ? [`${sayPorts(ingress)} of them to ${ingress.to.join(' and ')}`] : []),
    ...(egress ? [`the way out to ${egress.to.join(' and ')} on ${sayPorts(egress)}`] : []),
  ];
  return parts.join(', and ');
}

/** Whom a rule must let in, by what others come by. */
const callers = {
  Ingress: 'of your ingress controller',
  HTTPRoute: 'of your gateway',
  GRPCRoute: 'of your gateway',
  TCPRoute: 'of your gateway',
  TLSRoute: 'of your gateway',
  Route: "of OpenShift's router",
  LoadBalancer: 'that the load balancer comes from',
  NodePort: 'that callers come from',
} as const;

const ownPublishers = {
  Ingress: 'enableIngress makes an Ingress for the dashboard',
  LoadBalancer: 'the head Service is of type LoadBalancer',
  NodePort: 'the head Service is of type NodePort',
} as const;

/** What the owner itself asks KubeRay for, or a Service, Ingress or route of the input. */
type Publisher =
  | { readonly by: keyof typeof ownPublishers; readonly other?: undefined }
  | { readonly by: keyof typeof callers; readonly other: { readonly name: string; readonly place: string } };

function sayPublished(f: Publisher): string {
  if (f.other === undefined) return ownPublishers[f.by];
  const isService = f.by === 'LoadBalancer' || f.by === 'NodePort';
  return `the ${isService ? `Service (${f.by})` : f.by} ${f.other.name} at ${f.other.place} leads to the head`;
}

// What a cloud's library needs before it can do anything, in words for a rule.
const cloudRules: Readonly<Record<string, string>> = {
  AWS: 'add an egress rule for port 443, as in egressRules: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 443}]}], or narrower, to your VPC endpoints',
  'Google Cloud':
    'add egress rules for the metadata server: 169.254.169.252/32 on port 988, and with Dataplane V2 169.254.169.254/32 on port 80; and port 443 for what is called with it',
  Azure:
    'add an egress rule for port 443, as in egressRules: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 443}]}]',
};

export const isolationWords = {
  RULE_DIRECTION_OPEN: error((f: { mode: string; direction: string }) => [
    `the mode ${f.mode} leaves ${f.direction} open, so these rules would have no effect`,
    `remove the rules, or set mode: denyAll`,
  ]),
  CLIENT_FROM_OPEN: error((f: { client: string }) => [
    `ingress is not closed, so from of the client ${f.client} would have no effect`,
    'add networkIsolation with mode denyAll or denyAllIngress, or remove from',
  ]),
  RULE_OPEN_TO_EVERYONE: acceptableError((f: { opened: string }) => [
    `this rule opens ${f.opened} to everyone, and whoever reaches it can run code in the cluster`,
    'name the pods, namespaces or addresses that need it, or the ports that are meant; if it is wanted so, annotate the owner with rayshield.io/accept: RULE_OPEN_TO_EVERYONE',
  ]),
  RULE_INVALID: error((f: { problem: RuleProblem }) => [
    `${ruleProblems[f.problem][0]}, so the API server would refuse the policy and the cluster could start without it`,
    ruleProblems[f.problem][1],
  ]),
  PORT_SHARED: error((f: { port: number; opened: string; taken: string }) => [
    `the ${f.opened} port of this group, ${f.port}, is also the head's ${f.taken} port, which would be opened with it`,
    'give the two different numbers',
  ]),
  GROUP_UNKNOWN: error((f: { group: string; known: readonly string[]; nearest?: string }) => [
    `workerGroups names ${f.group}, and no worker group is called so`,
    f.nearest === undefined
      ? `name one of its groups (${f.known.join(', ') || 'it has none'}), or remove the entry`
      : `did you mean ${f.nearest}? The groups are: ${f.known.join(', ')}`,
  ]),
  GROUP_RULES_TWICE: error((f: { group: string }) => [
    `workerGroups has two entries for ${f.group}`,
    'put all rules of a group into one entry',
  ]),
  HOST_NETWORK_ISOLATED: error((_: None) => [
    'a pod with hostNetwork is not held by any NetworkPolicy',
    'remove hostNetwork, or remove networkIsolation and protect the nodes instead',
  ]),
  DASHBOARD_PORT_TWICE: error((f: { named: number; listening: number }) => [
    `the container port named dashboard is ${f.named}, but dashboard-port makes Ray listen on ${f.listening}: KubeRay dials the one that nobody opens`,
    'give both the same number',
  ]),
  API_SERVER_UNKNOWN: error((f: { feature: string }) => [
    `${f.feature} talks to the Kubernetes API server, which closed egress keeps it from, and no selector finds an API server`,
    'set apiServer to its addresses (kubectl get endpointslices -n default -l kubernetes.io/service-name=kubernetes; on EKS the ClusterIP of the Service kubernetes), as in --api-server 10.0.0.1:6443, or to off if a rule of your own opens the way',
  ]),
  REDIS_HOST_UNKNOWN: error((f: { port: number }) => [
    `egress is closed, and a NetworkPolicy cannot name the host of this Redis address`,
    `add an egress rule for port ${f.port} with the addresses or pods of Redis`,
  ]),
  REDIS_PORT_INVALID: error((_: None) => [
    'the port of the Redis address is not from 1 to 65535',
    'mend the address, as in redis:6379',
  ]),
  REDIS_ADDRESS_HIDDEN: error((_: None) => [
    'egress is closed, and the Redis address comes from a Secret or ConfigMap that cannot be seen here',
    'add an egress rule for its addresses or pods and its port',
  ]),
  REDIS_CLEANUP_CLOSED: warning((_: None) => [
    "only a rule of the head leads to Redis, and the pod by which KubeRay cleans Redis up when the cluster is deleted is no head: it gets no way out, and the cluster's data stays there",
    'move the rule from head.egressRules to egressRules beside it, or clean up by hand and accept the warning',
  ]),
  REDIS_TARGET_PORT: info((f: { port: number; namespace?: string }) => [
    `the Redis address is read as a Service, so egress is opened on port ${f.port} to the pods of ${f.namespace === undefined ? 'its own namespace' : `the namespace ${f.namespace}`}: a policy counts the port of the pod`,
    'if Redis is elsewhere, or the Service has another targetPort, add an egress rule for it',
  ]),
  OPERATOR_ANY_NAMESPACE: warning((_: None) => [
    'the dashboard is opened to pods with the label of the KubeRay operator in any namespace',
    'set operatorNamespace to the namespace that the operator runs in',
  ]),
  SUBMITTER_INTERACTIVE: info((_: None) => [
    'in InteractiveMode the user submits the job, and nobody but the operator and the cluster itself reaches the dashboard',
    'add a head ingress rule for the pods that submit, port 8265',
  ]),
  SUBMITTER_UNNAMED: info((_: None) => [
    'a RayJob of this input runs on this cluster by clusterSelector and has a generated name, so the pod that submits it is not let in',
    'give the RayJob a name, or add a head ingress rule for its submitter, port 8265',
  ]),
  CRON_SUBMITTER_UNKNOWN: error((f: { kuberayVersion: string }) => [
    `the pods that submit the runs carry no label that KubeRay ${f.kuberayVersion} would let a policy select`,
    'give spec.jobTemplate a submitterPodTemplate, which then gets a label of its own, or use submissionMode SidecarMode or HTTPMode',
  ]),
  CRON_SUBMITTER_ANY_JOB: warning((_: None) => [
    'the pods that submit the runs can be told only by a label that those of every RayJob in the namespace carry, so all of them reach the dashboard',
    'give spec.jobTemplate a submitterPodTemplate, which then gets a label of its own',
  ]),
  POLICY_OPENS_MORE: warning(
    (f: { policy: string; place: string; pods: readonly string[]; ingress?: Opened; egress?: Opened }) => [
      `the NetworkPolicy ${f.policy} at ${f.place} selects ${f.pods.length === 0 ? 'the pods of this object' : `pods of this object (${f.pods.join(', ')})`} and opens what the isolation closes: ${sayOpened(f)}`,
      'narrow its podSelector, or write what is wanted as rules of networkIsolation and take it out of the policy',
    ],
  ),
  HEAD_PUBLISHED_CLOSED: warning((f: Publisher) => [
    `ingress is closed, and ${sayPublished(f)}: nothing that comes by it is let in`,
    `add a head ingress rule for the pods or addresses ${callers[f.by]}, or remove what publishes it`,
  ]),
  SERVE_PORT_CLOSED: warning((f: { port: number }) => [
    `ingress is closed and no rule opens the serve port, ${f.port}, so nobody but the cluster itself can call its applications`,
    `add an ingress rule for those who call it, as in ingressRules: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: ${f.port}}]}]`,
  ]),
  RUNTIME_ENV_CLOSED: warning((f: { fetched: readonly string[]; job?: { name: string; place: string } }) => [
    `egress is closed, and the runtime environment ${f.job === undefined ? '' : `of the RayJob ${f.job.name} at ${f.job.place}, which runs on this cluster, `}has ${f.fetched.join(', ')}, which Ray fetches from elsewhere before anything runs`,
    'add an egress rule for where it comes from, as in egressRules: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 443}]}], or narrower; or put it into the image',
  ]),
  CLOUD_IDENTITY_CLOSED: warning((f: { provider: string; account: string; place: string }) => [
    `egress is closed, and the ServiceAccount ${f.account} at ${f.place} gives these pods rights in ${f.provider}, which they cannot ask for`,
    cloudRules[f.provider] ?? 'add an egress rule for it',
  ]),
  RULE_PORT_NAME_UNKNOWN: warning((f: { port: string; known: readonly string[]; nearest?: string }) => [
    `no container that this rule is for has a port named ${f.port}, so the rule opens nothing`,
    f.nearest === undefined
      ? `write the number of the port, or a name that a container gives to one (there are ${f.known.join(', ')})`
      : `did you mean ${f.nearest}? The names are: ${f.known.join(', ')}`,
  ]),
  RULE_PORT_UNUSED: info((f: { port: string }) => [
    `nothing in the pods that this rule is for is known to listen on port ${f.port}: it is no port of Ray, and no container names it`,
    'mend the number; a policy counts the port of the pod, not that of a Service. If something listens there, name it in ports of its container',
  ]),
  ISOLATION_RUNNING_PODS: info((_: None) => [
    'policies select the pods of a RayCluster by labels that they have already: where it runs, they hold from the moment of the apply, and nothing restarts',
    'write rules for whoever else talks to these pods before the first roll-out',
  ]),
  ISOLATION_NEW_PODS: info((f: { kind: RayKind; isHeld: boolean }) => [
    `policies select the pods of a ${f.kind} by a label in its pod templates, which all its clusters share: pods that run already do not have it`,
    `expect the isolation to hold from the next cluster on: ${nextCluster(f)}`,
  ]),
};
