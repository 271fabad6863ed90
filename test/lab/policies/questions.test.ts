// Answers change only at what policies name: each edge must be asked from both sides.
import { expect, test } from 'vitest';
import type { NetworkPolicy, World } from '../../support/world.ts';
import { findAddresses, findPorts } from './questions.ts';

const worldOf = (spec: NetworkPolicy['spec']): World => ({
  policies: [{ metadata: { name: 'policy', namespace: 'ml' }, spec }],
  pods: [],
  namespaces: [],
});

const numbers = (spec: NetworkPolicy['spec']): number[] =>
  findPorts(worldOf(spec))
    .filter(({ protocol }) => protocol === 'UDP')
    .map(({ number }) => number);

test('a port is asked with its neighbours, and the first and last port always', () => {
  expect(numbers({ ingress: [{ ports: [{ port: 53 }] }] })).toEqual([1, 52, 53, 54, 65_535]);
});

test('both ends of a range of ports are edges', () => {
  expect(numbers({ egress: [{ ports: [{ port: 10, endPort: 20 }] }] })).toEqual([1, 9, 10, 11, 19, 20, 21, 65_535]);
});

test('there is no port beyond the last', () => {
  expect(numbers({ egress: [{ ports: [{ port: 65_535 }] }] })).toEqual([1, 65_534, 65_535]);
});

test('the ports that pods name are edges too, since rules may name them', () => {
  const pod = {
    name: 'a',
    namespace: 'ml',
    labels: {},
    ip: 'fd00::1',
    ports: [{ name: 'serve', containerPort: 8000 }],
  };
  const ports = findPorts({ policies: [], pods: [pod], namespaces: [] }).map(({ number }) => number);
  expect([...new Set(ports)]).toEqual([1, 7999, 8000, 8001, 65_535]);
});

const blocks = (cidr: string, except: readonly string[] = []): string[] =>
  findAddresses(worldOf({ egress: [{ to: [{ ipBlock: { cidr, except } }] }] }));

test.each<[cidr: string, except: readonly string[], addresses: readonly string[]]>([
  ['10.0.0.0/24', [], ['9.255.255.255', '10.0.0.0', '10.0.0.255', '10.0.1.0']],
  ['10.0.0.9/32', [], ['10.0.0.8', '10.0.0.9', '10.0.0.10']],
  ['0.0.0.0/0', [], ['0.0.0.0', '255.255.255.255']],
  ['0.0.0.0/0', ['10.0.0.0/32'], ['0.0.0.0', '9.255.255.255', '10.0.0.0', '10.0.0.1', '255.255.255.255']],
  ['fd00::5/128', [], ['fd00::5']],
])('the edges of %s without %j: %j', (cidr, except, addresses) => {
  expect(blocks(cidr, except)).toEqual(addresses);
});
