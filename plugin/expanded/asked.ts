// What an owner was asked for, now that our fields are gone: its annotation says so. Marks that rayshield has left on it or
// beside it say at least that it was expanded.
import type { Report } from '../findings/finding.ts';
import { readPolicy } from '../isolation/read-policy.ts';
import { type Applied, applied, readApplied } from '../ray/annotations.ts';
import { ownerLabel } from '../ray/labels.ts';
import type { IsolationMode, PodGroup, RaySpec } from '../ray/spec.ts';
import { nodeAddressParameter, readNodeAddress } from '../tls/start-parameter.ts';
import type { Member, Stream } from './stream.ts';

/** Where a spec says what was asked of it. */
export const askedPath = ['metadata', 'annotations', applied];

/**
 * The spec with what was asked for put back into it; undefined where nothing ever was. Of rules and options the annotation says
 * nothing: what they made can only be judged by itself.
 */
export function restoreAsked(spec: RaySpec, stream: Stream, report: Report): RaySpec | undefined {
  const said = readApplied(spec.owner.body);
  const { marks, ...seen } = findMarks(spec, stream, said);
  if (marks.length > 0) report('EXPANDED_ANNOTATION_LOST', askedPath, { marks });
  const { isolation, tls }: Applied = { ...seen, ...said };
  if (said === undefined && marks.length === 0) return undefined;
  return {
    ...spec,
    ...(isolation && { isolation: { path: askedPath, mode: isolation } }),
    ...(tls && { tls: { path: askedPath, ...(tls === 'retiring' && { retiring: true }) } }),
  };
}

/** What the object and its surroundings show that its annotation does not say; `marks` are the words for it. */
function findMarks(spec: RaySpec, stream: Stream, said: Applied | undefined): Applied & { readonly marks: string[] } {
  const made = stream.labelled(spec.namespace, ownerLabel(spec));
  const policies = made.filter(({ resource }) => resource.body.kind === 'NetworkPolicy');
  const groups = [spec.head, ...spec.workers];
  const isPatched = groups.some(isPatchedForTLS);
  const hasIsolation = said?.isolation === undefined && policies.length > 0;
  const hasTLS = said?.tls === undefined && (isPatched || made.length > policies.length);
  const hasLabel = said === undefined && groups.some((group) => labelled(group));
  const isGarbled = said === undefined && spec.owner.body.metadata.annotations?.[applied] !== undefined;
  return {
    marks: [
      ...(hasIsolation ? ['NetworkPolicies'] : []),
      ...(hasTLS ? [isPatched ? 'TLS in its pod templates' : 'Services or certificates'] : []),
      ...(hasLabel ? ['the label rayshield.io/owner in its pod templates'] : []),
      ...(isGarbled ? ['another text in that annotation'] : []),
    ],
    ...(hasIsolation && { isolation: readMode(policies) }),
    ...(hasTLS && { tls: isPatched ? 'mTLS' : 'retiring' }),
  };
}

const isPatchedForTLS = ({ rayStartParams, rayContainer }: PodGroup): boolean =>
  readNodeAddress(rayStartParams[nodeAddressParameter]) !== undefined ||
  (rayContainer.env ?? []).some(({ name }) => name.startsWith('RAYSHIELD_'));

const labelled = ({ template }: PodGroup): boolean => template.metadata?.labels?.['rayshield.io/owner'] !== undefined;

/** The mode that policies of an owner bear witness of. */
function readMode(policies: readonly Member[]): IsolationMode {
  const read = policies.map(({ resource }) => readPolicy(resource.body));
  const closes = (direction: 'ingress' | 'egress'): boolean => read.some((one) => one?.[direction] !== undefined);
  if (closes('ingress') && closes('egress')) return 'denyAll';
  return closes('egress') ? 'denyAllEgress' : 'denyAllIngress';
}
