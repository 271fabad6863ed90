// Rules of the user's that contradict the mode, name no group, or open what the isolation is there to close.
import type { Report } from '../findings/finding.ts';
import { findNearest } from '../findings/nearest.ts';
import { closesEgress, closesIngress } from '../ray/mode.ts';
import type { IngressRule, IsolationRequest, RaySpec } from '../ray/spec.ts';
import { checkPeers, checkPorts } from './check-peers.ts';
import { findExposed, isEveryone } from './exposure.ts';
import { findHolders, type Holder } from './rule-holders.ts';

/** Reports each rule that cannot mean what it says. */
export function checkRules(spec: RaySpec, report: Report): void {
  checkClients(spec, report);
  if (spec.isolation === undefined) return;
  for (const holder of findHolders(spec.isolation)) {
    checkDirections(spec, spec.isolation, holder, report);
    checkForm(holder, report);
    if (closesIngress(spec)) checkExposure(spec, holder, report);
  }
  checkGroups(spec, spec.isolation, report);
}

function checkClients(spec: RaySpec, report: Report): void {
  const { tls } = spec;
  for (const [index, { name, from = [] }] of (tls?.clients ?? []).entries()) {
    if (from.length === 0) continue;
    const at = [...(tls?.path ?? []), 'clients', index, 'from'];
    checkPeers(from, at, report);
    if (!closesIngress(spec)) report('CLIENT_FROM_OPEN', at, { client: name }, 'key');
    else if (isEveryone(from)) report('RULE_OPEN_TO_EVERYONE', at, { opened: 'the client port' });
  }
}

/** What the API server would say of each rule. */
function checkForm({ path, rules }: Holder, report: Report): void {
  for (const [index, { from = [], ports = [] }] of (rules.ingressRules ?? []).entries()) {
    checkPeers(from, [...path, 'ingressRules', index, 'from'], report);
    checkPorts(ports, [...path, 'ingressRules', index, 'ports'], report);
  }
  for (const [index, { to = [], ports = [] }] of (rules.egressRules ?? []).entries()) {
    checkPeers(to, [...path, 'egressRules', index, 'to'], report);
    checkPorts(ports, [...path, 'egressRules', index, 'ports'], report);
  }
}

function checkDirections(spec: RaySpec, { mode }: IsolationRequest, { path, rules }: Holder, report: Report): void {
  if ((rules.ingressRules ?? []).length > 0 && !closesIngress(spec)) {
    report('RULE_DIRECTION_OPEN', [...path, 'ingressRules'], { mode, direction: 'ingress' }, 'key');
  }
  if ((rules.egressRules ?? []).length > 0 && !closesEgress(spec)) {
    report('RULE_DIRECTION_OPEN', [...path, 'egressRules'], { mode, direction: 'egress' }, 'key');
  }
}

function checkExposure(spec: RaySpec, { path, rules }: Holder, report: Report): void {
  for (const [index, rule] of (rules.ingressRules ?? []).entries()) {
    const opened = isEveryone((rule as IngressRule).from) ? findExposed(spec, rule) : undefined;
    if (opened !== undefined) report('RULE_OPEN_TO_EVERYONE', [...path, 'ingressRules', index], { opened });
  }
}

function checkGroups(spec: RaySpec, { path, workerGroups = [] }: IsolationRequest, report: Report): void {
  const known = spec.workers.map((group) => group.name);
  const seen = new Set<string>();
  for (const [index, { groupName }] of workerGroups.entries()) {
    const at = [...path, 'workerGroups', index, 'groupName'];
    if (seen.has(groupName)) report('GROUP_RULES_TWICE', at, { group: groupName });
    else if (!known.includes(groupName)) {
      const nearest = findNearest(groupName, known);
      report('GROUP_UNKNOWN', at, { group: groupName, known, ...(nearest === undefined ? {} : { nearest }) });
    }
    seen.add(groupName);
  }
}
