// How much of all addresses and ports a rule opens, as a share of the whole: the sum over rules cannot be kept small by
// writing one range as many.
import type { LabelSelector, PolicyPeer, PolicyPort } from '../ray/spec.ts';

const allPorts = 65_535;

/** 1 for everyone; of pods by labels 0, unless the selector takes in every namespace or all but some. */
export function breadthOfPeers(peers: readonly PolicyPeer[] = []): number {
  if (peers.length === 0) return 1;
  return Math.min(1, Math.max(...peers.map(breadthOfPods), sumOfBlocks(peers, false), sumOfBlocks(peers, true)));
}

const breadthOfPods = ({ ipBlock, namespaceSelector, podSelector = {} }: PolicyPeer): number =>
  ipBlock === undefined && namespaceSelector !== undefined && takesMost(namespaceSelector) && takesMost(podSelector)
    ? 1
    : 0;

// By what is not there, nearly everything is chosen; and every namespace has the label of its name.
function takesMost({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean {
  const isWide = ({ key, operator }: (typeof matchExpressions)[number]): boolean =>
    operator === 'NotIn' ||
    operator === 'DoesNotExist' ||
    (operator === 'Exists' && key === 'kubernetes.io/metadata.name');
  return Object.keys(matchLabels).length === 0 && matchExpressions.every(isWide);
}

/** Of IPv4 and of IPv6 each by itself. What `except` takes away is not counted: the rest is still nearly all. */
const sumOfBlocks = (peers: readonly PolicyPeer[], isIPv6: boolean): number =>
  peers
    .flatMap(({ ipBlock }) => (ipBlock && ipBlock.cidr.includes(':') === isIPv6 ? [ipBlock.cidr] : []))
    .reduce((sum, cidr) => sum + 2 ** -Number(cidr.split('/')[1]), 0);

/** Of the ports of that protocol that the rule opens most of. */
export function breadthOfPorts(ports: readonly PolicyPort[] = []): number {
  if (ports.length === 0) return 1;
  const counts = new Map<string, number>();
  for (const { port, endPort, protocol = 'TCP' } of ports) {
    const last = endPort ?? Number(port);
    const count = port === undefined ? allPorts : typeof port === 'number' ? last - port + 1 : 1;
    counts.set(protocol, (counts.get(protocol) ?? 0) + count);
  }
  return Math.min(1, Math.max(...counts.values()) / allPorts);
}
