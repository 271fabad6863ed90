// The headless Services that give an owner's pods their names: without them no pod finds the name that is in its certificate.
import { valueAt } from '../manifests/edit.ts';
import { podLabels } from '../ray/labels.ts';
import { nodesServiceName } from '../ray/names.ts';
import type { LabelSelector } from '../ray/spec.ts';
import { requireMember } from './member.ts';
import { nameOwner, type Owner } from './owner.ts';
import { checkSelection } from './selection.ts';

export function checkServices(owner: Owner): void {
  const { spec } = owner;
  if (spec.tls === undefined) return;
  for (const role of ['head', 'worker'] as const) {
    const member = requireMember(owner, 'Service', nodesServiceName(spec, role));
    if (member === undefined) continue;
    const selector = valueAt(member.resource.body, ['spec', 'selector']);
    const matchLabels = Object(selector) as NonNullable<LabelSelector['matchLabels']>;
    const groups = role === 'head' ? [spec.head] : spec.workers;
    // A Service without a selector takes nothing, where a policy would take everything.
    if (Object.keys(matchLabels).length === 0) {
      const facts = { kind: 'Service', owner: nameOwner(spec) } as const;
      owner.reportOn(member.resource)('EXPANDED_SELECTS_NOTHING', ['spec', 'selector'], facts);
    } else checkSelection(owner, member, { matchLabels }, { labels: podLabels(spec, { role }), groups });
  }
}
