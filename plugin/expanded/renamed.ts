// Whether an owner had another name when it was expanded: an overlay renames objects, and neither the selectors nor the texts that
// were made for the old name. All that is wrong with such an owner is this one thing.
import { ownerLabel } from '../ray/labels.ts';
import type { RaySpec } from '../ray/spec.ts';
import { nodeAddressParameter, readNodeAddress } from '../tls/start-parameter.ts';
import { labelsOf } from './owner.ts';
import type { Stray, Stream } from './stream.ts';

export interface Former {
  readonly name: string;
  /** What was made for it. */
  readonly stray: Stray;
}

/** Undefined where something in the namespace is made for the owner as it is called, or nothing speaks of another name. */
export function findFormer(spec: RaySpec, { labelled, strays }: Stream): Former | undefined {
  const suffix = `-${spec.kind.toLowerCase()}`;
  if (labelled(spec.namespace, ownerLabel(spec)).length > 0) return undefined;
  const own = readOwnTexts(spec);
  const formers = strays
    .filter(({ namespace, label }) => namespace === spec.namespace && label.endsWith(suffix))
    .map((stray) => ({ stray, name: stray.label.slice(0, -suffix.length) }));
  // A prefix and a suffix leave the old name within the new one; of several that are, demo-1 in prod-demo-10, the longest is meant.
  const within = formers.filter(({ name }) => name !== '' && spec.name.includes(name));
  return (
    formers.find(({ stray }) => own.includes(stray.label)) ??
    within.toSorted((a, b) => b.name.length - a.name.length)[0]
  );
}

/** The labels that its own pod templates speak of. */
function readOwnTexts(spec: RaySpec): readonly string[] {
  const address = readNodeAddress(spec.head.rayStartParams[nodeAddressParameter]);
  const service = address?.service.replace(/-head-nodes$/, '');
  return [...(labelsOf(spec, spec.head)['rayshield.io/owner'] ?? []), ...(service === undefined ? [] : [service])];
}
