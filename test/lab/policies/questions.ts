// Which connections to ask for so that no answer can hide between them. What policies allow changes only at the ports and the
// addresses that they name: those, and their neighbours on both sides, stand for all others.
import type { PolicyPeer, PolicyPort } from '../../../plugin/ray/spec.ts';
import type { NetworkPolicy, Pod, Protocol, World } from '../../support/world.ts';

export interface Port {
  readonly number: number;
  readonly protocol: Protocol;
}

const protocols: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

const rulesOf = ({ spec }: NetworkPolicy): { peers: readonly PolicyPeer[]; ports: readonly PolicyPort[] }[] => [
  ...(spec.ingress ?? []).map(({ from = [], ports = [] }) => ({ peers: from, ports })),
  ...(spec.egress ?? []).map(({ to = [], ports = [] }) => ({ peers: to, ports })),
];

const namedPorts = (pods: readonly Pod[]): number[] =>
  pods.flatMap(({ ports }) => ports.map(({ containerPort }) => containerPort));

/** The ports that stand for all: the first, the last, and round each edge of what the policies name. */
export function findPorts({ policies, pods }: World): Port[] {
  const named = policies
    .flatMap(rulesOf)
    .flatMap(({ ports }) => ports)
    .flatMap(({ port, endPort }) => [port, endPort])
    .filter((port) => typeof port === 'number');
  const edges = [...named, ...namedPorts(pods)].flatMap((port) => [port - 1, port, port + 1]);
  const numbers = [...new Set([1, 65_535, ...edges])].filter((port) => port >= 1 && port <= 65_535);
  return numbers.sort((a, b) => a - b).flatMap((number) => protocols.map((protocol) => ({ number, protocol })));
}

const toNumber = (address: string): number => address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
const toAddress = (number: number): string => [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');

function edgesOf(cidr: string): number[] {
  const [network = '', prefix = ''] = cidr.split('/');
  const size = 2 ** (32 - Number(prefix));
  const first = Math.floor(toNumber(network) / size) * size;
  return [first - 1, first, first + size - 1, first + size];
}

/** The IPv4 addresses round each edge of the ranges that the policies name, and the first of each IPv6 range. */
export function findAddresses({ policies }: World): string[] {
  const blocks = policies.flatMap(rulesOf).flatMap(({ peers }) => peers.flatMap(({ ipBlock }) => ipBlock ?? []));
  const cidrs = blocks.flatMap(({ cidr, except = [] }) => [cidr, ...except]);
  const six = cidrs.filter((cidr) => cidr.includes(':')).map((cidr) => cidr.split('/')[0] ?? '');
  const four = cidrs
    .filter((cidr) => !cidr.includes(':'))
    .flatMap(edgesOf)
    .filter((number) => number >= 0 && number < 2 ** 32);
  return [...[...new Set(four)].sort((a, b) => a - b).map(toAddress), ...new Set(six)];
}
