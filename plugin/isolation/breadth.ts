// How much of all addresses and ports a rule opens, as a share of the whole: the sum over rules cannot be kept small by
// writing one range as many.
import type { LabelSelector, PolicyPeer, PolicyPort } from '../ray/spec.ts';
import { readCidr } from '../settings/endpoint.ts';
import { canonicalIPv6 } from './ip-range.ts';

const allPorts = 65_535;

/** 1 for everyone; of pods by labels 0, unless the selector takes in every namespace or all but some. */
export function breadthOfPeers(peers: readonly PolicyPeer[] = []): number {
  if (peers.length === 0) return 1;
  return Math.min(1, Math.max(...peers.map(breadthOfPods), sumOfBlocks(peers, 4), sumOfBlocks(peers, 6)));
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

type Family = 4 | 6;

/** Of IPv4 and of IPv6 each by itself. What `except` takes away is not counted: the rest is still nearly all. */
const sumOfBlocks = (peers: readonly PolicyPeer[], family: Family): number =>
  peers
    .flatMap(({ ipBlock }) => (ipBlock === undefined ? [] : [shareOf(ipBlock.cidr)]))
    .reduce((sum, share) => sum + (share.family === family ? share.share : 0), 0);

/** Go reads a range of IPv4-mapped addresses (RFC 4291, 2.5.5.2) as one of IPv4. What is no range is refused elsewhere. */
function shareOf(cidr: string): { readonly family: Family; readonly share: number } {
  const [address = '', length = ''] = cidr.split('/');
  if (readCidr(cidr) === undefined) return { family: 4, share: 0 };
  if (!address.includes(':')) return { family: 4, share: 2 ** -Number(length) };
  const isMapped = Number(length) >= 96 && canonicalIPv6(address).startsWith('::ffff:');
  return isMapped ? { family: 4, share: 2 ** (96 - Number(length)) } : { family: 6, share: 2 ** -Number(length) };
}

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
