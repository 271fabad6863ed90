// A pod's filter as a ruleset for nftables (https://wiki.nftables.org/, nft(8)), loaded into the pod's own network namespace.
import { isIPv6 } from 'node:net';
import type { Filter, Opening, Openings, Ports, Remote } from './filter.ts';

export interface FilterAddresses {
  /** The pod's own: what it sends itself is never filtered. */
  readonly pod: string;
  /** The node's: what comes from it is let in, as Kubernetes has it for probes; what goes to it is not let out. */
  readonly node: string;
}

type Side = 'saddr' | 'daddr';

const family = (address: string): string => (isIPv6(address.split('/')[0] ?? '') ? 'ip6' : 'ip');

const set = (elements: readonly string[]): string => `{ ${[...new Set(elements)].sort().join(', ')} }`;

/** The matches of a remote, one for each family of addresses; an empty one takes everything. */
function matchRemote(remote: Remote, side: Side): string[] {
  if (remote === 'anybody') return [''];
  if ('cidr' in remote) {
    const word = `${family(remote.cidr)} ${side}`;
    // One by one: the ranges of a set may not overlap, exceptions may.
    const except = remote.except.map((cidr) => `${word} != ${cidr} `);
    return [`${word} ${remote.cidr} ${except.join('')}`];
  }
  return ['ip', 'ip6'].flatMap((word) => {
    const addresses = remote.addresses.filter((address) => family(address) === word);
    return addresses.length > 0 ? [`${word} ${side} ${set(addresses)} `] : [];
  });
}

function matchPorts(ports: Ports | undefined): string {
  if (!ports) return '';
  const { protocol, from, to } = ports;
  const word = protocol.toLowerCase();
  if (from === undefined) return `meta l4proto ${word} `;
  return `${word} dport ${from === to ? from : `${from}-${to}`} `;
}

const printOpening = ({ remote, ports }: Opening, side: Side): string[] =>
  matchRemote(remote, side).map((match) => `${match}${matchPorts(ports)}accept`);

function printChain(name: 'input' | 'output', openings: Openings, always: readonly string[]): string {
  const rules =
    openings === 'open'
      ? []
      : [
          'ct state established,related accept',
          ...always,
          ...new Set(openings.flatMap((one) => printOpening(one, name === 'input' ? 'saddr' : 'daddr'))),
        ];
  return [
    `  chain ${name} {`,
    `    type filter hook ${name} priority 0; policy ${openings === 'open' ? 'accept' : 'drop'};`,
    ...rules.map((rule) => `    ${rule}`),
    '  }',
  ].join('\n');
}

/** The ruleset; loading it replaces the one before in one step. */
export const printFilter = ({ ingress, egress }: Filter, { pod, node }: FilterAddresses): string =>
  [
    'table inet policies',
    'delete table inet policies',
    'table inet policies {',
    printChain('input', ingress, ['iif lo accept', `ip saddr ${set([node, pod])} accept`]),
    printChain('output', egress, ['oif lo accept', `ip daddr ${pod} accept`]),
    '}',
    '',
  ].join('\n');
