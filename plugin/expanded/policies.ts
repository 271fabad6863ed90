// The NetworkPolicies of an owner. Of the user's rules and the settings nothing is known here; but the baseline is there, closes
// what was asked for, holds every pod and lets them talk to each other, and no rule opens Ray's control to everyone.
import { reportOpeners } from '../isolation/check-policies.ts';
import type { Rule } from '../isolation/coverage.ts';
import { findExposed, isEveryone } from '../isolation/exposure.ts';
import { operatorLabels } from '../isolation/head.ts';
import { type ReadPolicy, readPolicy } from '../isolation/read-policy.ts';
import { mayTake } from '../isolation/selector.ts';
import { findPoliciesOver } from '../isolation/user-rules.ts';
import { ownerLabel, podLabels } from '../ray/labels.ts';
import { closesEgress, closesIngress } from '../ray/mode.ts';
import { baseName, fitName } from '../ray/names.ts';
import type { PodLabels } from '../ray/pod-labels.ts';
import type { PolicyPeer, RaySpec } from '../ray/spec.ts';
import { askedPath } from './asked.ts';
import { requireMember } from './member.ts';
import { groupsOf, labelsOf, type Owner } from './owner.ts';
import { checkSelection, type Selection } from './selection.ts';
import type { Member } from './stream.ts';

type Direction = 'ingress' | 'egress';

/** Reports what of an isolation is gone, and what was opened behind it. */
export function checkPolicies(owner: Owner): void {
  const { spec, stream, report } = owner;
  if (spec.isolation === undefined) return;
  for (const group of groupsOf(spec)) {
    const at = [...group.path, 'template', 'spec', 'hostNetwork'];
    if (group.template.spec.hostNetwork === true) report('HOST_NETWORK_ISOLATED', at, {});
  }
  const set = describeSet(spec);
  const [base, head] = [...set.keys()];
  const baseline = readRequired(owner, base);
  if (baseline !== undefined) checkBaseline(owner, ...baseline);
  const ofHead = closesIngress(spec) ? readRequired(owner, head) : undefined;
  if (ofHead !== undefined) checkOperator(owner, ...ofHead);
  const made = stream.labelled(spec.namespace, ownerLabel(spec));
  const named = [...set.keys()].flatMap((name) => stream.find('NetworkPolicy', name));
  const all = new Set([...made, ...named].filter((one) => isOwn(one, spec)));
  for (const member of all) checkPolicy(owner, member, set.get(member.name));
  checkOthers(owner, set);
}

const isOwn = ({ resource, namespace }: Member, spec: RaySpec): boolean =>
  resource.body.kind === 'NetworkPolicy' && namespace === spec.namespace;

/** All policies that an isolation may have, by name: the baseline first, then the head's. */
function describeSet(spec: RaySpec): ReadonlyMap<string, Selection> {
  const base = baseName(spec);
  const name = (part: string): string => fitName(`${base}${part}`, 253);
  return new Map<string, Selection>([
    [name(''), { labels: podLabels(spec), groups: groupsOf(spec) }],
    [name('-head'), { labels: podLabels(spec, spec.head), groups: [spec.head] }],
    ...spec.workers.map((group): [string, Selection] => [
      name(`-worker-${group.name}`),
      { labels: podLabels(spec, group), groups: [group] },
    ]),
  ]);
}

function readRequired(owner: Owner, name = ''): [Member, ReadPolicy] | undefined {
  const member = requireMember(owner, 'NetworkPolicy', name);
  if (member === undefined) return undefined;
  const policy = readPolicy(member.resource.body);
  if (policy !== undefined) return [member, policy];
  owner.report('EXPANDED_OBJECT_MISSING', askedPath, { kind: 'NetworkPolicy', name, place: member.place });
  return undefined;
}

/** Every direction that is to be closed is, but for the owner's own pods. */
function checkBaseline(owner: Owner, member: Member, policy: ReadPolicy): void {
  const { spec } = owner;
  const report = owner.reportOn(member.resource);
  const own = groupsOf(spec).map((group) => labelsOf(spec, group));
  const closed: readonly (readonly [Direction, 'Ingress' | 'Egress'])[] = [
    ...(closesIngress(spec) ? [['ingress', 'Ingress'] as const] : []),
    ...(closesEgress(spec) ? [['egress', 'Egress'] as const] : []),
  ];
  for (const [field, direction] of closed) {
    const rules = policy[field];
    const mode = spec.isolation?.mode ?? '';
    if (rules === undefined) report('EXPANDED_DIRECTION_OPEN', ['spec', 'policyTypes'], { direction, mode });
    else if (!own.every((labels) => allowsPods(rules, labels))) {
      report('EXPANDED_PEER_LOST', ['spec', field], { direction: field, who: 'own pods' }, 'key');
    }
  }
}

/** Whether rules allow pods of the policy's own namespace with these labels on all ports. */
const allowsPods = (rules: readonly Rule[], labels: PodLabels): boolean =>
  rules.some(
    ({ peers, ports }) => ports.length === 0 && (peers.length === 0 || peers.some((one) => takes(one, labels))),
  );

const takes = ({ podSelector, namespaceSelector }: PolicyPeer, labels: PodLabels): boolean =>
  podSelector !== undefined && namespaceSelector === undefined && mayTake(podSelector, labels);

function checkOperator(owner: Owner, member: Member, { ingress = [] }: ReadPolicy): void {
  const labels = Object.fromEntries(Object.entries(operatorLabels).map(([key, value]) => [key, [value]]));
  const peers = ingress.flatMap((rule) => rule.peers);
  if (peers.some(({ podSelector }) => podSelector !== undefined && mayTake(podSelector, labels))) return;
  const facts = { direction: 'ingress', who: 'operator' } as const;
  owner.reportOn(member.resource)('EXPANDED_PEER_LOST', ['spec', 'ingress'], facts, 'key');
}

/** What can be said of any policy of the owner's, whatever rules it was made of. */
function checkPolicy(owner: Owner, member: Member, made: Selection | undefined): void {
  const { spec } = owner;
  const policy = readPolicy(member.resource.body);
  if (policy === undefined) return;
  checkSelection(owner, member, policy.selector, made);
  const report = owner.reportOn(member.resource);
  const { ingress = [], egress = [] } = policy;
  for (const [index, { peers, ports }] of (closesIngress(spec) ? ingress : []).entries()) {
    const opened = isEveryone(peers) ? findExposed(spec, { ports }) : undefined;
    if (opened !== undefined) report('RULE_OPEN_TO_EVERYONE', ['spec', 'ingress', index], { opened });
  }
  for (const [index, { peers, ports }] of (closesEgress(spec) ? egress : []).entries()) {
    if (ports.length === 0 && isEveryone(peers)) report('EXPANDED_EGRESS_OPEN', ['spec', 'egress', index], {});
  }
}

/** Policies of others over the same pods: what one of them opens is open. */
function checkOthers({ spec, stream, report }: Owner, set: ReadonlyMap<string, Selection>): void {
  const own = [...set.keys()]
    .flatMap((name) => stream.find('NetworkPolicy', name).filter((one) => isOwn(one, spec)))
    .map(({ resource }) => readPolicy(resource.body))
    .filter((policy) => policy !== undefined);
  const others = findPoliciesOver(spec).filter(({ name }) => !set.has(name));
  reportOpeners(spec, others, own, report);
}
