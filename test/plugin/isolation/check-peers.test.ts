// What the API server would refuse of a rule. Each was refused by its own validation code in a review of this project.
import { describe, expect, test } from 'vitest';
import { checkPeers, checkPorts } from '../../../plugin/isolation/check-peers.ts';
import type { PolicyPeer, PolicyPort } from '../../../plugin/ray/spec.ts';
import { collectReports } from '../../support/reports.ts';

const peers = (...from: PolicyPeer[]): string[] =>
  collectReports((report) => checkPeers(from, ['from'], report)).map(({ code, path }) => `${code} ${path}`);
const ports = (...given: PolicyPort[]): string[] =>
  collectReports((report) => checkPorts(given, ['ports'], report)).map(({ code, path }) => `${code} ${path}`);
const pods = (matchLabels: Record<string, string>): PolicyPeer => ({ podSelector: { matchLabels } });
const expression = (key: string, operator: string, values?: string[]): PolicyPeer => ({
  namespaceSelector: { matchExpressions: [{ key, operator, ...(values ? { values } : {}) }] },
});

describe('peers that the API server refuses', () => {
  test.each<[string, PolicyPeer, string]>([
    ['an empty peer', {}, 'from.0'],
    ['a range beside a selector', { ipBlock: { cidr: '10.0.0.0/8' }, podSelector: {} }, 'from.0'],
    ['an address without a prefix length', { ipBlock: { cidr: '10.0.0.1' } }, 'from.0.ipBlock.cidr'],
    ['a leading zero', { ipBlock: { cidr: '010.0.0.0/8' } }, 'from.0.ipBlock.cidr'],
    ['an exception outside', { ipBlock: { cidr: '10.0.0.0/8', except: ['11.0.0.0/16'] } }, 'from.0.ipBlock.except.0'],
    ['an exception of all', { ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/8'] } }, 'from.0.ipBlock.except.0'],
    [
      'an exception of the other family',
      { ipBlock: { cidr: '::/0', except: ['10.0.0.0/8'] } },
      'from.0.ipBlock.except.0',
    ],
    ['a label key with a blank', pods({ 'a b': 'x' }), 'from.0.podSelector.matchLabels.a b'],
    ['a label value with a blank', pods({ app: 'x y' }), 'from.0.podSelector.matchLabels.app'],
    ['a label value that is too long', pods({ app: 'x'.repeat(64) }), 'from.0.podSelector.matchLabels.app'],
    ['In without values', expression('app', 'In'), 'from.0.namespaceSelector.matchExpressions.0'],
    ['Exists with values', expression('app', 'Exists', ['x']), 'from.0.namespaceSelector.matchExpressions.0'],
    ['a wrong value in In', expression('app', 'In', ['-']), 'from.0.namespaceSelector.matchExpressions.0.values.0'],
    ['a wrong key', expression('-app', 'Exists'), 'from.0.namespaceSelector.matchExpressions.0.key'],
  ])('%s', (_, peer, path) => {
    expect(peers(peer)).toEqual([`RULE_INVALID ${path}`]);
  });

  test('takes what it takes', () => {
    const taken = peers(
      { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '10.255.255.255/32'] } },
      { ipBlock: { cidr: 'fd00::/8', except: ['fd00:1::/32', 'fd12:0:0:0:0:0:0:1/128'] } },
      pods({ 'app.kubernetes.io/name': 'x_Y.z-1', empty: '' }),
      expression('kubernetes.io/metadata.name', 'NotIn', ['a', '']),
      expression('x', 'DoesNotExist'),
      { namespaceSelector: {}, podSelector: {} },
    );
    expect(taken).toEqual([]);
  });
});

describe('ports that the API server refuses', () => {
  test.each<[string, PolicyPort, string]>([
    ['a number in quotes', { port: '9000' }, 'ports.0.port'],
    ['a name with capitals', { port: 'Serve' }, 'ports.0.port'],
    ['a name of more than 15 characters', { port: 'a-very-long-name' }, 'ports.0.port'],
    ['an end without a beginning', { endPort: 9000 }, 'ports.0.endPort'],
    ['an end after a name', { port: 'serve', endPort: 9000 }, 'ports.0.endPort'],
    ['an end before the beginning', { port: 9000, endPort: 8999 }, 'ports.0.endPort'],
  ])('%s', (_, port, path) => {
    expect(ports(port)).toEqual([`RULE_INVALID ${path}`]);
  });

  test('takes what it takes', () => {
    expect(ports({ port: 1 }, { port: 'serve-8000' }, { port: 8000, endPort: 8000 }, { protocol: 'UDP' }, {})).toEqual(
      [],
    );
  });
});
