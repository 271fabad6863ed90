// Whether a policy or a Service still takes the pods that it was made for, no fewer and no others. A selector that an overlay has
// given one label more takes nothing at all, and no server says a word.
import { nameGroup } from '../isolation/check-policies.ts';
import { isWithinSelector, mayTake } from '../isolation/selector.ts';
import type { LabelSelector, PodGroup } from '../ray/spec.ts';
import { groupsOf, labelsOf, nameOwner, type Owner } from './owner.ts';
import type { Member } from './stream.ts';

/** What a selector was made as. */
export interface Selection {
  readonly labels: Readonly<Record<string, string>>;
  readonly groups: readonly PodGroup[];
}

/** Reports what has become of a selector, or gives true; `made` is undefined for an object that is none of the owner's set. */
export function checkSelection(
  owner: Owner,
  member: Member,
  selector: LabelSelector,
  made: Selection | undefined,
): boolean {
  const { spec } = owner;
  const kind = member.resource.body.kind === 'Service' ? 'Service' : 'NetworkPolicy';
  const path = ['spec', kind === 'Service' ? 'selector' : 'podSelector'];
  const report = owner.reportOn(member.resource);
  const original = { matchLabels: made?.labels ?? {} };
  const isWhole = isWithinSelector(original, selector);
  const takesOthers = !isWithinSelector(selector, original);
  // Where the selector is as it was made, it is the pods that have changed, of which others speak.
  if (made !== undefined && isWhole && !takesOthers) return true;
  const wanted = made?.groups ?? groupsOf(spec);
  const missed = wanted.filter((group) => !mayTake(selector, labelsOf(spec, group)));
  if (missed.length === wanted.length && (wanted.length > 0 || !isWhole)) {
    report('EXPANDED_SELECTS_NOTHING', path, { kind, owner: nameOwner(spec) });
  } else if (made === undefined) return true;
  else if (missed.length > 0 || takesOthers) {
    report('EXPANDED_SELECTOR_CHANGED', path, { kind, misses: missed.map(nameGroup), takesOthers });
  } else report('EXPANDED_SELECTOR_NARROWED', path, { kind });
  return false;
}
