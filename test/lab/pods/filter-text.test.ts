// The text that nftables is given: https://wiki.nftables.org/
import { expect, test } from 'vitest';
import type { Openings } from './filter.ts';
import { printFilter } from './filter-text.ts';

const addresses = { pod: '10.66.0.10', node: '10.66.0.1' };

const linesOf = (openings: Openings): string[] =>
  printFilter({ ingress: openings, egress: 'open' }, addresses)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.endsWith('accept') || line.startsWith('type'));

const always = ['ct state established,related accept', 'iif lo accept', 'ip saddr { 10.66.0.1, 10.66.0.10 } accept'];

test('one that replaces the ruleset before it in one step, and drops what no rule accepts', () => {
  expect(printFilter({ ingress: [], egress: 'open' }, addresses)).toBe(`table inet policies
delete table inet policies
table inet policies {
  chain input {
    type filter hook input priority 0; policy drop;
    ct state established,related accept
    iif lo accept
    ip saddr { 10.66.0.1, 10.66.0.10 } accept
  }
  chain output {
    type filter hook output priority 0; policy accept;
  }
}
`);
});

test('a closed egress lets nothing out to the node', () => {
  const text = printFilter({ ingress: 'open', egress: [] }, addresses);
  expect(text).toContain('ip daddr 10.66.0.10 accept');
  expect(text).not.toContain('10.66.0.1 ');
});

test.each<[title: string, openings: Openings, lines: string[]]>([
  ['anybody on all ports', [{ remote: 'anybody' }], ['accept']],
  ['anybody by one protocol', [{ remote: 'anybody', ports: { protocol: 'SCTP' } }], ['meta l4proto sctp accept']],
  [
    'pods on a port, in order and once',
    [
      {
        remote: { addresses: ['10.66.0.12', '10.66.0.11', '10.66.0.12'] },
        ports: { protocol: 'TCP', from: 8265, to: 8265 },
      },
    ],
    ['ip saddr { 10.66.0.11, 10.66.0.12 } tcp dport 8265 accept'],
  ],
  [
    'a range with exceptions on a range of ports',
    [
      {
        remote: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '10.1.1.0/24'] },
        ports: { protocol: 'UDP', from: 1, to: 9 },
      },
    ],
    ['ip saddr 10.0.0.0/8 ip saddr != 10.1.0.0/16 ip saddr != 10.1.1.0/24 udp dport 1-9 accept'],
  ],
  ['a range of IPv6', [{ remote: { cidr: 'fd00::/8', except: [] } }], ['ip6 saddr fd00::/8 accept']],
  [
    'pods of both families',
    [{ remote: { addresses: ['fd00::1', '10.66.0.11'] } }],
    ['ip saddr { 10.66.0.11 } accept', 'ip6 saddr { fd00::1 } accept'],
  ],
  ['the same twice', [{ remote: 'anybody' }, { remote: 'anybody' }], ['accept']],
])('%s', (_, openings, lines) => {
  const [type, ...rules] = linesOf(openings).filter((line) => !line.includes('hook output'));
  expect(type).toBe('type filter hook input priority 0; policy drop;');
  expect(rules).toEqual([...always, ...lines]);
});
