// The NetworkPolicies of an owner: which of them must be there, and what stands beside them. Of the user's rules and the settings
// nothing is known here, so that those of groups are judged where they are, and missed nowhere: they only open.
import { reportOpeners } from '../isolation/check-policies.ts';
import { readPolicy } from '../isolation/read-policy.ts';
import { findPoliciesOver } from '../isolation/user-rules.ts';
import { ownerLabel, podLabels } from '../ray/labels.ts';
import { closesIngress } from '../ray/mode.ts';
import { baseName, fitName } from '../ray/names.ts';
import type { RaySpec } from '../ray/spec.ts';
import { askedPath } from './asked.ts';
import { requireMember } from './member.ts';
import { groupsOf, type Owner } from './owner.ts';
import { checkPolicy, type MadePolicy } from './policy.ts';
import type { Member } from './stream.ts';

type PolicySet = ReadonlyMap<string, MadePolicy>;

/** Reports what of an isolation is gone, and what was opened behind it. */
export function checkPolicies(owner: Owner): void {
  const { spec, stream, report } = owner;
  if (spec.isolation === undefined) return;
  for (const group of groupsOf(spec)) {
    const at = [...group.path, 'template', 'spec', 'hostNetwork'];
    if (group.template.spec.hostNetwork === true) report('HOST_NETWORK_ISOLATED', at, {});
  }
  const set = describeSet(spec);
  for (const [name, { part }] of set) {
    if (part === 'base' || (part === 'head' && closesIngress(spec))) requireReadable(owner, name);
  }
  const made = stream.labelled(spec.namespace, ownerLabel(spec));
  const all = new Set([...made, ...[...set.keys()].flatMap((name) => stream.find('NetworkPolicy', name))]);
  for (const member of all) {
    const policy = isHere(member, spec) ? readPolicy(member.resource.body) : undefined;
    if (policy !== undefined) checkPolicy(owner, member, policy, set.get(member.name));
  }
  checkOthers(owner, set);
}

const isHere = ({ resource, namespace }: Member, spec: RaySpec): boolean =>
  resource.body.kind === 'NetworkPolicy' && namespace === spec.namespace;

/** All policies that an isolation may have, by name. */
function describeSet(spec: RaySpec): PolicySet {
  const base = baseName(spec);
  const name = (part: string): string => fitName(`${base}${part}`, 253);
  return new Map<string, MadePolicy>([
    [name(''), { part: 'base', labels: podLabels(spec), groups: groupsOf(spec) }],
    [name('-head'), { part: 'head', labels: podLabels(spec, spec.head), groups: [spec.head] }],
    ...spec.workers.map((group): [string, MadePolicy] => [
      name(`-worker-${group.name}`),
      { part: 'group', labels: podLabels(spec, group), groups: [group] },
    ]),
  ]);
}

/** One that the API server does not take is none. */
function requireReadable(owner: Owner, name: string): void {
  const member = requireMember(owner, 'NetworkPolicy', name);
  if (member === undefined || readPolicy(member.resource.body) !== undefined) return;
  owner.report('EXPANDED_OBJECT_MISSING', askedPath, { kind: 'NetworkPolicy', name, place: member.place });
}

/** Policies of others over the same pods, or ones that only say that they are the owner's: what one of them opens is open. */
function checkOthers({ spec, settings, stream, report }: Owner, set: PolicySet): void {
  const named = [...set.keys()].flatMap((name) => stream.find('NetworkPolicy', name));
  const own = named.filter((one) => isHere(one, spec)).map(({ body }) => readPolicy(body));
  const labelled = stream
    .labelled(spec.namespace, ownerLabel(spec))
    .filter(({ body }) => body.kind === 'NetworkPolicy');
  const others = [...stream.foreignPolicies(spec.namespace), ...labelled].filter(({ name }) => !set.has(name));
  const closed = { own: own.filter((policy) => policy !== undefined), platform: settings.platform };
  reportOpeners(spec, findPoliciesOver({ ...spec, neighbours: () => others }), closed, report);
}
