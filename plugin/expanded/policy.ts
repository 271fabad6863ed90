// One NetworkPolicy of an owner: it holds the pods that it was made for, closes what was asked for but to those who must come, and
// opens neither Ray's control nor the way out to everyone.
import type { Rule } from '../isolation/coverage.ts';
import { findExposed, isEveryone } from '../isolation/exposure.ts';
import { operatorLabels } from '../isolation/head.ts';
import type { ReadPolicy } from '../isolation/read-policy.ts';
import { mayTake } from '../isolation/selector.ts';
import { submitterLabel, submitterTemplate } from '../isolation/submitter.ts';
import { valueAt } from '../manifests/edit.ts';
import { ownerLabel } from '../ray/labels.ts';
import { closesEgress, closesIngress } from '../ray/mode.ts';
import type { PodLabels } from '../ray/pod-labels.ts';
import type { PolicyPeer } from '../ray/spec.ts';
import { groupsOf, labelsOf, type Owner } from './owner.ts';
import { checkSelection, type Selection } from './selection.ts';
import type { Member } from './stream.ts';

/** What a policy was made as: the baseline, the head's or that of a group. */
export interface MadePolicy extends Selection {
  readonly part: 'base' | 'head' | 'group';
}

/** Reports on a policy; `made` is undefined for one whose name is none of the owner's set. */
export function checkPolicy(owner: Owner, member: Member, policy: ReadPolicy, made: MadePolicy | undefined): void {
  const isWhole = checkSelection(owner, member, policy.selector, made);
  if (made?.part === 'base') checkDirections(owner, member, policy);
  // What changes selectors changes those of peers too: that need not be said twice.
  if (isWhole && made?.part === 'base') checkOwnPods(owner, member, policy);
  if (made?.part === 'head' && closesIngress(owner.spec)) {
    if (isWhole) checkOperator(owner, member, policy);
    checkSubmitter(owner, policy);
  }
  checkRules(owner, member, policy);
}

function checkDirections({ spec, reportOn }: Owner, { resource }: Member, policy: ReadPolicy): void {
  const report = reportOn(resource);
  const mode = spec.isolation?.mode ?? '';
  const at = ['spec', 'policyTypes'];
  if (closesIngress(spec) && !policy.ingress) report('EXPANDED_DIRECTION_OPEN', at, { direction: 'Ingress', mode });
  if (closesEgress(spec) && !policy.egress) report('EXPANDED_DIRECTION_OPEN', at, { direction: 'Egress', mode });
}

function checkOwnPods({ spec, reportOn }: Owner, { resource }: Member, policy: ReadPolicy): void {
  const pods = groupsOf(spec).map((group) => labelsOf(spec, group));
  for (const direction of ['ingress', 'egress'] as const) {
    const rules = policy[direction];
    if (rules === undefined || pods.every((labels) => allowsPods(rules, labels))) continue;
    reportOn(resource)('EXPANDED_PEER_LOST', ['spec', direction], { direction, who: 'own pods' }, 'key');
  }
}

/** Whether rules allow pods of the policy's own namespace with these labels on all ports. */
const allowsPods = (rules: readonly Rule[], labels: PodLabels): boolean =>
  rules.some(
    ({ peers, ports }) => ports.length === 0 && (peers.length === 0 || peers.some((peer) => takes(peer, labels))),
  );

const takes = ({ podSelector, namespaceSelector }: PolicyPeer, labels: PodLabels): boolean =>
  podSelector !== undefined && namespaceSelector === undefined && mayTake(podSelector, labels);

function checkOperator({ reportOn }: Owner, { resource }: Member, { ingress = [] }: ReadPolicy): void {
  const labels = Object.fromEntries(Object.entries(operatorLabels).map(([key, value]) => [key, [value]]));
  const peers = ingress.flatMap((rule) => rule.peers);
  if (peers.some(({ podSelector }) => podSelector !== undefined && mayTake(podSelector, labels))) return;
  const facts = { direction: 'ingress', who: 'operator' } as const;
  reportOn(resource)('EXPANDED_PEER_LOST', ['spec', 'ingress'], facts, 'key');
}

/** Where the submitters of a RayCronJob are let in by a label, their template has it. */
function checkSubmitter({ spec, report }: Owner, { ingress = [] }: ReadPolicy): void {
  const peers = ingress.flatMap((rule) => rule.peers);
  if (!peers.some(({ podSelector }) => podSelector?.matchLabels?.[submitterLabel] === ownerLabel(spec))) return;
  const label = valueAt(spec.owner.body, [...submitterTemplate, 'metadata', 'labels', submitterLabel]);
  const facts = { of: 'the submitter', lost: [`the label ${submitterLabel}`] };
  if (label !== ownerLabel(spec)) report('EXPANDED_POD_UNPROTECTED', submitterTemplate, facts, 'key');
}

/** What can be said of any rule, whoever wrote it. */
function checkRules({ spec, reportOn }: Owner, { resource }: Member, { ingress = [], egress = [] }: ReadPolicy): void {
  const report = reportOn(resource);
  for (const [index, { peers, ports }] of (closesIngress(spec) ? ingress : []).entries()) {
    const opened = isEveryone(peers) ? findExposed(spec, { ports }) : undefined;
    if (opened !== undefined) report('RULE_OPEN_TO_EVERYONE', ['spec', 'ingress', index], { opened });
  }
  for (const [index, { peers, ports }] of (closesEgress(spec) ? egress : []).entries()) {
    if (ports.length === 0 && isEveryone(peers)) report('EXPANDED_EGRESS_OPEN', ['spec', 'egress', index], {});
  }
}
