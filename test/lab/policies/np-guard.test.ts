// What goes to np-guard and what comes back, without np-guard: its peers and pairs as version 1.2.1 prints them.
import { expect, test } from 'vitest';
import type { Endpoint, NetworkPolicy, Pod, World } from '../../support/world.ts';
import { isPeer, printWorld, readConnections } from './np-guard.ts';

const pod = (name: string): Pod => ({ name, namespace: 'ml', labels: { app: name }, ip: 'fd00::1', ports: [] });

const worldOf = (spec: NetworkPolicy['spec']): World => ({
  policies: [{ metadata: { name: 'policy', namespace: 'ml' }, spec }],
  pods: [pod('head')],
  namespaces: [{ name: 'ml', labels: {} }],
});

/** The spec of the policy as np-guard gets it. */
const printed = (spec: NetworkPolicy['spec']): unknown => {
  const { items } = JSON.parse(printWorld(worldOf(spec))) as { items: { kind: string; spec: unknown }[] };
  return items.find(({ kind }) => kind === 'NetworkPolicy')?.spec;
};

const six = { ipBlock: { cidr: 'fd00::/8' } };
const four = { ipBlock: { cidr: '10.0.0.0/8' } };

test('IPv6 ranges are kept from it', () => {
  expect(printed({ egress: [{ to: [six, four], ports: [{ port: 53 }] }] })).toEqual({
    egress: [{ to: [four], ports: [{ port: 53 }] }],
  });
});

test('a rule for IPv6 alone goes whole, for without peers it would be one for everyone', () => {
  expect(printed({ ingress: [{ from: [six] }, { from: [four] }] })).toEqual({ ingress: [{ from: [four] }] });
});

test('a rule without peers stays one', () => {
  expect(printed({ egress: [{ ports: [{ port: 443 }] }] })).toEqual({ egress: [{ ports: [{ port: 443 }] }] });
});

test.each<[printedPeer: string, endpoint: Endpoint, is: boolean]>([
  ['ml/head[Pod]', pod('head'), true],
  ['ml/head[Pod]', pod('worker'), false],
  ['ml/head[Pod]', '10.0.0.1', false],
  ['10.0.0.0-10.255.255.255', '10.0.0.1', true],
  ['10.0.0.0-10.255.255.255', '11.0.0.0', false],
  ['10.0.0.0-10.255.255.255', pod('head'), false],
  ['0.0.0.0-9.255.255.255, 11.0.0.0-255.255.255.255', '203.0.113.7', true],
  ['0.0.0.0-9.255.255.255, 11.0.0.0-255.255.255.255', '10.0.0.0', false],
])('the peer %s is %j: %j', (printedPeer, endpoint, is) => {
  expect(isPeer(printedPeer, endpoint)).toBe(is);
});

test('a pair that is not printed is closed, and so is the way back', () => {
  const judge = readConnections('[{"src": "ml/head[Pod]", "dst": "ml/worker[Pod]", "conn": "TCP 8265"}]');
  const ask = (from: Pod, to: Pod): boolean => judge({ from, to, port: 8265, protocol: 'TCP' });
  expect([ask(pod('head'), pod('worker')), ask(pod('worker'), pod('head'))]).toEqual([true, false]);
});
