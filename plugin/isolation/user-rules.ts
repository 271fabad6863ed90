// All rules by which a user opens an isolated owner: those of its own fields, and those of policies of the same input over
// its pods. What none of them opens, nobody has opened in this input.

import { closesEgress, closesIngress } from '../ray/mode.ts';
import { findPodLabels } from '../ray/pod-labels.ts';
import type { PodGroup, RaySpec, Rules } from '../ray/spec.ts';
import type { Rule } from './coverage.ts';
import { type ReadPolicy, readPolicy } from './read-policy.ts';
import { mayTake } from './selector.ts';

/** A policy of the input over pods of an owner. */
export interface PolicyOver {
  readonly name: string;
  readonly place: string;
  readonly policy: ReadPolicy;
  /** The groups whose pods it may take; never empty. */
  readonly groups: readonly PodGroup[];
}

/** The policies of the input and of the owner's namespace that may take its pods, in input order. */
export function findPoliciesOver(spec: RaySpec): PolicyOver[] {
  const policies = spec.neighbours('NetworkPolicy');
  if (policies.length === 0) return [];
  const groups = [spec.head, ...spec.workers].map((group) => ({ group, labels: findPodLabels(spec, group) }));
  return policies.flatMap(({ body, name, namespace, place }) => {
    const policy = namespace === spec.namespace ? readPolicy(body) : undefined;
    if (policy === undefined) return [];
    const taken = groups.filter(({ labels }) => mayTake(policy.selector, labels)).map(({ group }) => group);
    return taken.length === 0 ? [] : [{ name, place, policy, groups: taken }];
  });
}

/** The rules that let others come to pods of these groups; none where nothing is closed. */
export const findWaysIn = (spec: RaySpec, groups: readonly PodGroup[]): readonly Rule[] =>
  closesIngress(spec) ? findWays(spec, groups, 'ingress') : [];

/** The rules that let pods of these groups go to others; none where nothing is closed. */
export const findWaysOut = (spec: RaySpec, groups: readonly PodGroup[]): readonly Rule[] =>
  closesEgress(spec) ? findWays(spec, groups, 'egress') : [];

function findWays(spec: RaySpec, groups: readonly PodGroup[], direction: 'ingress' | 'egress'): readonly Rule[] {
  const own = [spec.isolation ?? {}, ...groups.map((group) => rulesOf(spec, group))];
  const policies = findPoliciesOver(spec).filter((one) => one.groups.some((group) => groups.includes(group)));
  return [
    ...own.flatMap((rules) => readRules(rules, direction)),
    ...policies.flatMap(({ policy }) => policy[direction] ?? []),
  ];
}

/** The rules of a role, or of the group's own entry, which replaces them. */
const rulesOf = ({ isolation }: RaySpec, { role, name }: PodGroup): Rules =>
  (role === 'head'
    ? isolation?.head
    : (isolation?.workerGroups?.find(({ groupName }) => groupName === name) ?? isolation?.worker)) ?? {};

const readRules = ({ ingressRules = [], egressRules = [] }: Rules, direction: 'ingress' | 'egress'): Rule[] =>
  direction === 'ingress'
    ? ingressRules.map(({ from = [], ports = [] }) => ({ peers: from, ports }))
    : egressRules.map(({ to = [], ports = [] }) => ({ peers: to, ports }));
