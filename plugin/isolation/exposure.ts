// Whether a rule lets everyone in, and to what: the dashboard and Ray Client run code for whoever reaches them, and the GCS
// takes orders from anybody without TLS. https://docs.ray.io/en/latest/ray-security/index.html
import { agentPortOf } from '../ray/listening-ports.ts';
import { portOf, rayPorts } from '../ray/ports.ts';
import type { IngressRule, LabelSelector, PolicyPeer, PolicyPort, RaySpec } from '../ray/spec.ts';

/** Whether peers take in everyone: none given, every address, or all pods of all namespaces, whoever they may leave out. */
export const isEveryone = (peers: readonly PolicyPeer[] | undefined): boolean =>
  peers === undefined ||
  peers.length === 0 ||
  peers.some(isEveryonePod) ||
  shareOf(peers, false) >= 1 / 2 ||
  shareOf(peers, true) >= 1 / 2;

/**
 * How much of all IPv4 or IPv6 addresses the blocks of the peers take together. Half of them is everyone: two blocks, or four,
 * are a known way to say all of it.
 */
function shareOf(peers: readonly PolicyPeer[], isIPv6: boolean): number {
  const blocks = peers.map(({ ipBlock }) => ipBlock?.cidr ?? '').filter((cidr) => cidr.includes(':') === isIPv6);
  // What is no range is reported as such.
  const shares = blocks.map((cidr) => (cidr.includes('/') ? 2 ** -Number(cidr.split('/')[1]) : 0));
  return shares.reduce((sum, share) => sum + share, 0);
}

const isEveryonePod = ({ ipBlock, namespaceSelector, podSelector = {} }: PolicyPeer): boolean =>
  ipBlock === undefined &&
  namespaceSelector !== undefined &&
  leavesOutAlone(namespaceSelector) &&
  leavesOutAlone(podSelector);

/** Whether a selector asks for nothing but the absence of labels, which whoever makes a pod or namespace can see to. */
const leavesOutAlone = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean =>
  Object.keys(matchLabels).length === 0 &&
  matchExpressions.every(
    ({ key, operator }) =>
      operator === 'NotIn' ||
      operator === 'DoesNotExist' ||
      // The API server gives every namespace this label.
      (operator === 'Exists' && key === 'kubernetes.io/metadata.name'),
  );

/** Whether ports of a rule take in a TCP port of the owner's pods; none given are all. */
export const opensPort = (spec: RaySpec, ports: readonly PolicyPort[], number: number): boolean =>
  ports.length === 0 || ports.some((port) => isTCP(port) && (port.port === undefined || covers(spec, port, number)));

/** What of Ray's control a rule opens, in words for a message; undefined where it opens none of it. */
export function findExposed(spec: RaySpec, { ports = [] }: IngressRule): string | undefined {
  if (ports.length === 0 || ports.some((port) => isTCP(port) && port.port === undefined)) return 'all ports';
  const opened = controlPorts(spec).find(([number]) => ports.some((port) => isTCP(port) && covers(spec, port, number)));
  return opened && `port ${opened[0]} (${opened[1]})`;
}

const isTCP = (port: PolicyPort): boolean => (port.protocol ?? 'TCP') === 'TCP';

// The defaults too: a worker, or a head that is changed later, may listen there.
const controlPorts = (spec: RaySpec): readonly (readonly [number, string])[] => [
  [portOf(spec.head, 'dashboard'), 'dashboard'],
  [portOf(spec.head, 'client'), 'Ray Client'],
  [portOf(spec.head, 'gcs'), 'GCS'],
  [rayPorts.dashboard.number, 'dashboard'],
  [rayPorts.client.number, 'Ray Client'],
  [rayPorts.gcs.number, 'GCS'],
  // On every node, and it takes jobs as the dashboard does (python/ray/dashboard/modules/job/job_agent.py).
  ...[spec.head, ...spec.workers].map((group) => [agentPortOf(group), 'dashboard agent'] as const),
];

function covers(spec: RaySpec, { port, endPort }: PolicyPort, number: number): boolean {
  if (typeof port === 'number') return port <= number && number <= (endPort ?? port);
  // A name means the port of that name on whichever container has it.
  return [spec.head, ...spec.workers].some((group) =>
    group.template.spec.containers.some((container) =>
      (container.ports ?? []).some((one) => one.name === port && one.containerPort === number),
    ),
  );
}
