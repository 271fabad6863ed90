// Whom a user's own rules let in and out: for all pods, for a role, for a worker group (design.md sections 2 and 4).
import { describe, expect, test } from 'vitest';
import type { RayKind } from '../plugin/ray/spec.ts';
import { expandWorld } from './support/expanded-world.ts';
import { buildOwner } from './support/ray-owner.ts';
import type { Place, Reaches } from './support/ray-world.ts';

const kinds: readonly RayKind[] = ['RayCluster', 'RayJob', 'RayService', 'RayCronJob'];

const submitterPodTemplate = { spec: { restartPolicy: 'Never', containers: [{ name: 'submit', image: 'ray' }] } };

const expandRules = (kind: RayKind, networkIsolation: object): Reaches => {
  const job = kind === 'RayCronJob' ? { submitterPodTemplate } : {};
  return expandWorld([buildOwner(kind, { cluster: { networkIsolation }, job })], {
    operatorNamespace: 'kuberay-system',
  });
};

const fromNotebooks = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'notebooks' } } };
/** Lets the notebook in on a port. */
const inOn = (port: number | string) => ({ ingressRules: [{ from: [fromNotebooks], ports: [{ port }] }] });
/** Lets pods out to the notebook on a port. */
const outOn = (port: number) => ({ egressRules: [{ to: [fromNotebooks], ports: [{ port }] }] });

const workers: readonly Place[] = ['small', 'gpu'];
const own: readonly Place[] = ['head', 'next', 'small', 'gpu', 'late', 'redisCleanup'];

/** Which of the owner's pods the notebook reaches on a port. */
const entered = (reaches: Reaches, port: number) => own.filter((place) => reaches('notebook', place, port));
/** Which of the owner's pods reach the notebook on a port. */
const left = (reaches: Reaches, port: number) => own.filter((place) => reaches(place, 'notebook', port));

describe.each(kinds)('%s:', (kind) => {
  // A RayCluster's `late` worker is of a group that nobody asked rules for; the other kinds' is of the group small.
  const late: readonly Place[] = kind === 'RayCluster' ? [] : ['late'];

  test('a rule for all holds for every pod, later ones too', () => {
    const reaches = expandRules(kind, { ...inOn(9000), ...outOn(7000) });
    expect(entered(reaches, 9000)).toEqual(own);
    expect(left(reaches, 7000)).toEqual(own);
  });

  test('a rule opens its peers and ports and nothing else', () => {
    const reaches = expandRules(kind, { ...inOn(9000), ...outOn(7000) });
    expect(entered(reaches, 9001)).toEqual([]);
    expect(left(reaches, 9000)).toEqual([]);
    expect(reaches('foreigner', 'head', 9000)).toBe(false);
    expect(reaches('head', 'foreigner', 7000)).toBe(false);
  });

  test('a rule of the head holds for heads alone', () => {
    const reaches = expandRules(kind, { head: { ...inOn(9000), ...outOn(7000) } });
    expect(entered(reaches, 9000)).toEqual(['head', 'next']);
    expect(left(reaches, 7000)).toEqual(['head', 'next']);
  });

  test('a rule of the workers holds for each group', () => {
    const reaches = expandRules(kind, { worker: { ...inOn(9000), ...outOn(7000) } });
    expect(entered(reaches, 9000)).toEqual([...workers, ...late]);
    expect(left(reaches, 7000)).toEqual([...workers, ...late]);
  });

  test('a rule of one group holds for that group', () => {
    const reaches = expandRules(kind, { workerGroups: [{ groupName: 'gpu', ...inOn(9000), ...outOn(7000) }] });
    expect(entered(reaches, 9000)).toEqual(['gpu']);
    expect(left(reaches, 7000)).toEqual(['gpu']);
  });

  test('the rules of a group take the place of the workers’', () => {
    const reaches = expandRules(kind, { worker: inOn(9000), workerGroups: [{ groupName: 'gpu', ...inOn(9100) }] });
    expect(entered(reaches, 9000)).toEqual(['small', ...late]);
    expect(entered(reaches, 9100)).toEqual(['gpu']);
  });

  test('they take it in both directions', () => {
    const worker = { ...inOn(9000), ...outOn(7000) };
    const reaches = expandRules(kind, { worker, workerGroups: [{ groupName: 'gpu', ...inOn(9100) }] });
    expect(left(reaches, 7000)).toEqual(['small', ...late]);
  });

  test('a group without rules has none, save those for all', () => {
    const reaches = expandRules(kind, { ...inOn(9500), worker: inOn(9000), workerGroups: [{ groupName: 'gpu' }] });
    expect(entered(reaches, 9000)).toEqual(['small', ...late]);
    expect(entered(reaches, 9500)).toEqual(own);
  });

  test('each group has its own', () => {
    const workerGroups = [
      { groupName: 'small', ...inOn(9000) },
      { groupName: 'gpu', ...outOn(7000) },
    ];
    const reaches = expandRules(kind, { workerGroups });
    expect(entered(reaches, 9000)).toEqual(['small', ...late]);
    expect(left(reaches, 7000)).toEqual(['gpu']);
  });

  test('rules for all, for the head and for workers add up', () => {
    const reaches = expandRules(kind, { ...inOn(9500), head: inOn(9000), worker: inOn(9100) });
    expect(entered(reaches, 9500)).toEqual(own);
    expect(entered(reaches, 9000)).toEqual(['head', 'next']);
    expect(entered(reaches, 9100)).toEqual([...workers, ...late]);
  });

  test('rules take nothing away from what the baseline opens', () => {
    const reaches = expandRules(kind, { head: inOn(9000), worker: outOn(7000) });
    expect(reaches('operator', 'head', 8265)).toBe(true);
    expect(reaches('small', 'head', 6379)).toBe(true);
    expect(reaches('gpu', 'coreDns', '53/UDP')).toBe(true);
    expect(reaches('stranger', 'head', 9000)).toBe(false);
  });

  test('with denyAllIngress, rules let in and egress stays open', () => {
    const reaches = expandRules(kind, { mode: 'denyAllIngress', head: inOn(9000), worker: inOn(9100) });
    expect(entered(reaches, 9000)).toEqual(['head', 'next']);
    expect(entered(reaches, 9100)).toEqual([...workers, ...late]);
    expect(left(reaches, 7000)).toEqual(own);
  });

  test('with denyAllEgress, rules let out and ingress stays open', () => {
    const reaches = expandRules(kind, { mode: 'denyAllEgress', head: outOn(7000), worker: outOn(7100) });
    expect(left(reaches, 7000)).toEqual(['head', 'next']);
    expect(left(reaches, 7100)).toEqual([...workers, ...late]);
    expect(entered(reaches, 9000)).toEqual(own);
  });

  test('networkPolicy, as KubeRay 1.7 spells it, means the same', () => {
    const networkPolicy = { mode: 'DenyAll', head: inOn(9000), worker: outOn(7000) };
    const job = kind === 'RayCronJob' ? { submitterPodTemplate } : {};
    const reaches = expandWorld([buildOwner(kind, { cluster: { networkPolicy }, job })]);
    expect(entered(reaches, 9000)).toEqual(['head', 'next']);
    expect(left(reaches, 7000)).toEqual([...workers, ...late]);
    expect(reaches('stranger', 'head', 8265)).toBe(false);
    expect(reaches('head', 'internet', 443)).toBe(false);
  });
});

test('a port by name is the one of the pod', () => {
  const head = { ray: { ports: [{ name: 'api', containerPort: 9700 }] } };
  const small = { ray: { ports: [{ name: 'api', containerPort: 9800 }] } };
  const reaches = expandWorld([buildOwner('RayCluster', { cluster: { networkIsolation: inOn('api') }, head, small })]);
  expect(entered(reaches, 9700)).toEqual(['head', 'next', 'redisCleanup']);
  expect(entered(reaches, 9800)).toEqual(['small', 'late']);
});
