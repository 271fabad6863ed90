// What the peers and ports of one rule open: https://kubernetes.io/docs/concepts/services-networking/network-policies/
import { describe, expect, test } from 'vitest';
import type { IngressRule, PolicyPeer, PolicyPort } from '../../plugin/ray/spec.ts';
import { ask, bankWeb, database, guest, internet, policy, type Question, teller, web } from './shop-world.ts';
import type { Endpoint } from './world.ts';

const podSelector = { matchLabels: { app: 'web' } };
const into = (rule: IngressRule) => [policy({ podSelector, policyTypes: ['Ingress'], ingress: [rule] })];

describe('peers of an ingress rule', () => {
  const blue = { matchLabels: { team: 'blue' } };
  const tellers = { matchLabels: { app: 'teller' } };
  const databases = { matchLabels: { app: 'database' } };
  const named = { matchLabels: { 'kubernetes.io/metadata.name': 'lab' } };
  test.each<[title: string, peers: readonly PolicyPeer[], from: Endpoint, allowed: boolean]>([
    ['none: everyone, the internet too', [], internet, true],
    ['podSelector: a pod of the namespace', [{ podSelector: {} }], database, true],
    ['podSelector: no pod of another', [{ podSelector: tellers }], teller, false],
    ['podSelector, empty: no address outside', [{ podSelector: {} }], internet, false],
    ['namespaceSelector: any pod there', [{ namespaceSelector: blue }], bankWeb, true],
    ['namespaceSelector: no pod elsewhere', [{ namespaceSelector: blue }], database, false],
    ['namespaceSelector, empty: every pod', [{ namespaceSelector: {} }], guest, true],
    ['namespaceSelector, empty: no address outside', [{ namespaceSelector: {} }], internet, false],
    ['namespaceSelector: by the name that each namespace bears', [{ namespaceSelector: named }], guest, true],
    ['both in one peer: who meets both', [{ namespaceSelector: blue, podSelector: tellers }], teller, true],
    ['both in one peer: not the namespace alone', [{ namespaceSelector: blue, podSelector: tellers }], bankWeb, false],
    ['both in one peer: not the labels alone', [{ namespaceSelector: blue, podSelector: databases }], database, false],
    ['in two peers: the one', [{ namespaceSelector: blue }, { podSelector: databases }], bankWeb, true],
    ['in two peers: the other', [{ namespaceSelector: blue }, { podSelector: databases }], database, true],
    ['ipBlock: an address outside', [{ ipBlock: { cidr: '203.0.113.0/24' } }], internet, true],
    ['ipBlock: a pod, by its address', [{ ipBlock: { cidr: '10.0.1.0/24' } }], teller, true],
    ['ipBlock: no pod elsewhere', [{ ipBlock: { cidr: '10.0.1.0/24' } }], guest, false],
  ])('%s', (_, from, endpoint, allowed) => {
    expect(ask(into({ from }), { from: endpoint, to: web })).toBe(allowed);
  });

  test('absent: everyone', () => {
    expect(ask(into({}), { from: internet, to: web })).toBe(true);
  });
});

describe('peers of an egress rule', () => {
  const policies = [policy({ podSelector, policyTypes: ['Egress'], egress: [{ to: [{ podSelector: {} }] }] })];
  test.each<[title: string, to: Endpoint, allowed: boolean]>([
    ['are the targets', database, true],
    ['and nobody else', teller, false],
  ])('%s', (_, to, allowed) => {
    expect(ask(policies, { from: web, to })).toBe(allowed);
  });
});

describe('ports of an ingress rule', () => {
  type On = Pick<Question, 'port' | 'protocol'>;
  const range = { port: 8000, endPort: 8002 };
  test.each<[title: string, ports: readonly PolicyPort[], on: On, allowed: boolean]>([
    ['none: all ports of any protocol', [], { port: 65535, protocol: 'SCTP' }, true],
    ['the port', [{ port: 8080, protocol: 'TCP' }], { port: 8080 }, true],
    ['another port', [{ port: 8081, protocol: 'TCP' }], { port: 8080 }, false],
    ['one of several', [{ port: 1 }, { port: 8080 }], { port: 8080 }, true],
    ['no protocol: TCP', [{ port: 8080 }], { port: 8080, protocol: 'TCP' }, true],
    ['no protocol: not UDP', [{ port: 8080 }], { port: 8080, protocol: 'UDP' }, false],
    ['a protocol alone: all its ports', [{ protocol: 'UDP' }], { port: 9, protocol: 'UDP' }, true],
    ['a protocol alone: no port of another', [{ protocol: 'UDP' }], { port: 9 }, false],
    ['a range: below it', [range], { port: 7999 }, false],
    ['a range: its first', [range], { port: 8000 }, true],
    ['a range: its last', [range], { port: 8002 }, true],
    ['a range: above it', [range], { port: 8003 }, false],
    ['a name: the port that the pod gives it', [{ port: 'http' }], { port: 8080 }, true],
    ['a name: no port that another pod gives it', [{ port: 'http' }], { port: 5432 }, false],
    ['a name that the pod lacks', [{ port: 'admin' }], { port: 8080 }, false],
    ['a name of a UDP port, as TCP', [{ port: 'dns' }], { port: 53 }, false],
    ['a name of a UDP port, as UDP', [{ port: 'dns', protocol: 'UDP' }], { port: 53, protocol: 'UDP' }, true],
  ])('%s', (_, ports, on, allowed) => {
    expect(ask(into({ ports }), { from: guest, to: web, ...on })).toBe(allowed);
  });

  test('absent: all ports', () => {
    expect(ask(into({}), { from: guest, to: web, port: 1 })).toBe(true);
  });
});

describe('a port name in an egress rule', () => {
  const policies = [policy({ podSelector, policyTypes: ['Egress'], egress: [{ ports: [{ port: 'http' }] }] })];
  test.each<[title: string, to: Endpoint, port: number, allowed: boolean]>([
    ['is the port that the target gives it', database, 5432, true],
    ['is not the port that the source gives it', database, 8080, false],
    ['means nothing on a pod without it', teller, 8080, false],
    ['means nothing on an address', internet, 8080, false],
  ])('%s', (_, to, port, allowed) => {
    expect(ask(policies, { from: web, to, port })).toBe(allowed);
  });
});

describe('there is no answer where the API server refuses the policy', () => {
  test.each<[title: string, rule: IngressRule]>([
    ['an empty peer', { from: [{}] }],
    ['an ipBlock beside a selector', { from: [{ ipBlock: { cidr: '10.0.0.0/8' }, podSelector: {} }] }],
    ['an address without a prefix length', { from: [{ ipBlock: { cidr: '10.0.0.1' } }] }],
    ['an endPort after a name', { ports: [{ port: 'http', endPort: 9000 }] }],
    ['an endPort below its port', { ports: [{ port: 9000, endPort: 8000 }] }],
  ])('%s', (_, rule) => {
    expect(() => ask(into(rule), { from: database, to: web })).toThrow(/the API server refuses/);
  });

  test('nor where a pod stands in a namespace that the world lacks', () => {
    const lost = { ...guest, namespace: 'labs' };
    const rule: IngressRule = { from: [{ namespaceSelector: {} }] };
    expect(() => ask(into(rule), { from: lost, to: web })).toThrow(/no namespace labs/);
  });
});
