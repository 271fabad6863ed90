// What a rule opens beyond others, peer by peer and port by port.
import { describe, expect, test } from 'vitest';
import { findSurplus, type Rule } from '../../../plugin/isolation/coverage.ts';
import type { PolicyPeer, PolicyPort } from '../../../plugin/ray/spec.ts';

const rule = (peers: readonly PolicyPeer[] = [], ports: readonly PolicyPort[] = []): Rule => ({ peers, ports });
const app = (name: string): PolicyPeer => ({ podSelector: { matchLabels: { app: name } } });
const inNamespace = (namespace: string): PolicyPeer => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
});
const block = (cidr: string, ...except: string[]): PolicyPeer => ({
  ipBlock: { cidr, ...(except.length > 0 ? { except } : {}) },
});

const held: readonly [string, Rule, Rule][] = [
  ['the same', rule([app('a')], [{ port: 80 }]), rule([app('a')], [{ port: 80, protocol: 'TCP' }])],
  ['everything within everything', rule(), rule()],
  ['a peer within everyone', rule([app('a')]), rule()],
  ['a port within a range', rule([], [{ port: 85 }]), rule([], [{ port: 80, endPort: 90 }])],
  ['a range within a range', rule([], [{ port: 81, endPort: 90 }]), rule([], [{ port: 80, endPort: 90 }])],
  ['a port within all of its protocol', rule([], [{ port: 53, protocol: 'UDP' }]), rule([], [{ protocol: 'UDP' }])],
  ['the same name of a port', rule([], [{ port: 'http' }]), rule([], [{ port: 'http' }])],
  ['an address within a range', rule([block('10.1.2.3/32')]), rule([block('10.0.0.0/8')])],
  [
    'a range with an exception within the range',
    rule([block('10.0.0.0/8', '10.1.0.0/16')]),
    rule([block('10.0.0.0/8')]),
  ],
  ['its own namespace by name', rule([{ ...inNamespace('ml'), ...app('a') }]), rule([{ podSelector: {} }])],
  [
    'pods of a namespace within the namespace',
    rule([{ ...inNamespace('lab'), ...app('a') }]),
    rule([inNamespace('lab')]),
  ],
];

test.each(held)('%s opens no more', (_, inner, outer) => {
  expect(findSurplus(inner, [outer], 'ml')).toBeUndefined();
});

const open: readonly [string, Rule, Rule][] = [
  ['everyone beside some', rule(), rule([app('a')])],
  ['all ports beside one', rule([app('a')]), rule([app('a')], [{ port: 80 }])],
  ['another protocol', rule([], [{ port: 53, protocol: 'UDP' }]), rule([], [{ port: 53 }])],
  ['a range that is longer', rule([], [{ port: 80, endPort: 91 }]), rule([], [{ port: 80, endPort: 90 }])],
  ['a name beside a number', rule([], [{ port: 'http' }]), rule([], [{ port: 80 }])],
  ['a wider range of addresses', rule([block('10.0.0.0/8')]), rule([block('10.1.0.0/16')])],
  ['addresses beside an exception', rule([block('10.1.0.0/16')]), rule([block('10.0.0.0/8', '10.1.0.0/16')])],
  ['addresses beside pods', rule([block('10.0.0.0/8')]), rule([{ namespaceSelector: {} }])],
  ['pods of another namespace', rule([{ ...inNamespace('lab'), ...app('a') }]), rule([app('a')])],
  ['all pods of a namespace beside some', rule([inNamespace('lab')]), rule([{ ...inNamespace('lab'), ...app('a') }])],
];

test.each(open)('%s opens more', (_, inner, outer) => {
  expect(findSurplus(inner, [outer], 'ml')).toEqual(inner);
});

describe('the part that is more', () => {
  test('is without what other rules hold', () => {
    const found = findSurplus(rule([app('a'), app('b')], [{ port: 80 }]), [rule([app('a')])], 'ml');
    expect(found).toEqual(rule([app('b')], [{ port: 80 }]));
  });

  test('is nothing where several rules hold a part each', () => {
    const others = [rule([app('a')], [{ port: 80 }]), rule([app('a')], [{ port: 81 }])];
    expect(findSurplus(rule([app('a')], [{ port: 80 }, { port: 81 }]), others, 'ml')).toBeUndefined();
  });
});
