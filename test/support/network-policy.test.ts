// Which policies count for a connection, on hand-made policies whose answers follow from Kubernetes' documentation alone:
// https://kubernetes.io/docs/concepts/services-networking/network-policies/
import { describe, expect, test } from 'vitest';
import type { EgressRule, IngressRule } from '../../plugin/ray/spec.ts';
import { ask, bankWeb, database, guest, internet, policy, type Question, six, teller, web } from './shop-world.ts';
import type { NetworkPolicy } from './world.ts';

type Case = [title: string, policies: readonly NetworkPolicy[], question: Question, allowed: boolean];

const check = (cases: readonly Case[]): void => {
  test.each(cases)('%s', (_, policies, question, allowed) => {
    expect(ask(policies, question)).toBe(allowed);
  });
};

const podSelector = { matchLabels: { app: 'web' } };
const into = (...ingress: readonly IngressRule[]) => policy({ podSelector, policyTypes: ['Ingress'], ingress });
const outOf = (...egress: readonly EgressRule[]) => policy({ podSelector, policyTypes: ['Egress'], egress });
const denyAll = (namespace: string) => policy({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] }, namespace);

describe('isolation of a pod', () => {
  const nowhere: NetworkPolicy = { metadata: { name: 'policy' }, spec: { policyTypes: ['Ingress'] } };
  check([
    ['no policy: all is open', [], { from: internet, to: web }, true],
    ['a policy for other pods does not isolate', [into()], { from: guest, to: database }, true],
    ['a policy of another namespace does not isolate', [denyAll('bank')], { from: guest, to: web }, true],
    ['a policy without a namespace stands in default', [nowhere], { from: guest, to: web }, true],
    ['an ingress policy without rules lets nothing in', [into()], { from: database, to: web }, false],
    ['an ingress policy leaves egress open', [into()], { from: web, to: internet }, true],
    ['an egress policy without rules lets nothing out', [outOf()], { from: web, to: internet }, false],
    ['an egress policy leaves ingress open', [outOf()], { from: internet, to: web }, true],
    ['an empty podSelector takes all pods of the namespace', [denyAll('shop')], { from: guest, to: six }, false],
    ['an absent podSelector takes them too', [policy({})], { from: guest, to: six }, false],
    ['a pod reaches itself whatever the policies', [denyAll('shop')], { from: web, to: web }, true],
    ['a pod reaches itself by its address', [denyAll('shop')], { from: web, to: '10.0.0.1' }, true],
    ['the address of a pod is that pod', [denyAll('shop')], { from: guest, to: 'fd00:0:0::66:1' }, false],
    ['a pod of the same name elsewhere is not itself', [denyAll('shop')], { from: bankWeb, to: web }, false],
  ]);
});

describe('policyTypes', () => {
  const some = [{ ports: [{ port: 1 }] }];
  const both = policy({ ingress: some, egress: some });
  check([
    ['absent, no rules: ingress is isolated', [policy({})], { from: guest, to: web }, false],
    ['absent, no rules: egress is open', [policy({})], { from: web, to: guest }, true],
    ['absent, an egress rule: egress is isolated', [both], { from: web, to: guest }, false],
    ['absent, an egress rule alone: ingress is isolated', [policy({ egress: [{}] })], { from: guest, to: web }, false],
    ['absent, an empty egress list: egress is open', [policy({ egress: [] })], { from: web, to: guest }, true],
    ['empty counts as absent', [policy({ policyTypes: [] })], { from: guest, to: web }, false],
    [
      'Ingress: egress rules are not looked at',
      [policy({ policyTypes: ['Ingress'], egress: some })],
      { from: web, to: guest },
      true,
    ],
    [
      'Egress: ingress rules are not looked at',
      [policy({ policyTypes: ['Egress'], ingress: some })],
      { from: guest, to: web },
      true,
    ],
  ]);
});

describe('several policies, several rules, both ends', () => {
  const toBank = outOf({ to: [{ namespaceSelector: { matchLabels: { team: 'blue' } } }] });
  const red = { namespaceSelector: { matchLabels: { team: 'red' } } };
  const fromShop = policy({ policyTypes: ['Ingress'], ingress: [{ from: [red] }] }, 'bank');
  const onPort = (port: number): IngressRule => ({ ports: [{ port }] });
  const fromShopOnOne: IngressRule = { from: [{ podSelector: {} }], ports: [{ port: 1 }] };
  const fromLab: IngressRule = { from: [{ ipBlock: { cidr: '10.0.2.0/24' } }] };
  check([
    ['what one policy opens, another cannot close', [into({}), into()], { from: guest, to: web }, true],
    ['what one rule opens, another cannot close', [into(onPort(1), onPort(8080))], { from: guest, to: web }, true],
    ['two rules that half match do not make one', [into(fromShopOnOne, fromLab)], { from: database, to: web }, false],
    ['both ends open it', [toBank, fromShop], { from: web, to: teller }, true],
    ['only the source opens it', [toBank, denyAll('bank')], { from: web, to: teller }, false],
    ['only the target opens it', [outOf(), fromShop], { from: web, to: teller }, false],
    ['a way there is no way back', [toBank, fromShop, into()], { from: teller, to: web }, false],
  ]);
});
