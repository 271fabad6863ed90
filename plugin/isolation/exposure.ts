// Whether a rule lets everyone in, and to what: the dashboard and Ray Client run code for whoever reaches them, and the GCS
// takes orders from anybody without TLS. https://docs.ray.io/en/latest/ray-security/index.html
import { portOf, rayPorts } from '../ray/ports.ts';
import type { IngressRule, LabelSelector, PolicyPeer, PolicyPort, RaySpec } from '../ray/spec.ts';

/** Whether peers take in everyone: none given, every address, or all pods of all namespaces. */
export const isEveryone = (peers: readonly PolicyPeer[] | undefined): boolean =>
  peers === undefined || peers.length === 0 || peers.some(isEveryonePeer);

function isEveryonePeer({ ipBlock, namespaceSelector, podSelector }: PolicyPeer): boolean {
  // A prefix of one bit is half of the internet: two such blocks are a known way to say all of it.
  if (ipBlock !== undefined) return Number(ipBlock.cidr.split('/')[1]) <= 1;
  return isEmpty(namespaceSelector) && (podSelector === undefined || isEmpty(podSelector));
}

const isEmpty = (selector: LabelSelector | undefined): boolean =>
  selector !== undefined &&
  Object.keys(selector.matchLabels ?? {}).length === 0 &&
  (selector.matchExpressions ?? []).length === 0;

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
