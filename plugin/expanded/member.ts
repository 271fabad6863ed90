// Whether an object that must have been made for an owner is in the stream, and in the owner's namespace.
import { ownerLabel } from '../ray/labels.ts';
import { askedPath } from './asked.ts';
import type { MadeKind } from './gather.ts';
import type { Owner } from './owner.ts';
import type { Member } from './stream.ts';

/** The object of this kind and name in the owner's namespace; reports where there is none. */
export function requireMember(
  { spec, stream, report, explained }: Owner,
  kind: MadeKind,
  name: string,
): Member | undefined {
  const named = stream.find(kind, name);
  // Of two the one that is applied last wins.
  const here = named.findLast(({ namespace }) => namespace === spec.namespace);
  if (here !== undefined) return here;
  const stray = stream.strays.find(
    ({ label, members }) => label === ownerLabel(spec) && members.some((one) => named.includes(one)),
  );
  const member = stray?.members.find((one) => named.includes(one));
  if (stray === undefined || member === undefined) {
    report('EXPANDED_OBJECT_MISSING', askedPath, { kind, name });
    return undefined;
  }
  const { namespace, place } = member;
  report('EXPANDED_OBJECT_ELSEWHERE', askedPath, { kind, name, namespace, place });
  explained.add(stray);
  return undefined;
}
