// The last check of a pipeline: whether what rayshield printed has come through it whole. It recomputes from the final documents
// alone; of settings and fields it knows what they have left behind.
import { dropAccepted } from '../check/accepted.ts';
import type { Finding } from '../findings/finding.ts';
import { valueAt } from '../manifests/edit.ts';
import { reportOn } from '../manifests/report.ts';
import { securityFields } from '../ray/fields.ts';
import { type Candidate, hasClusterSelector } from '../ray/find.ts';
import { rayKinds } from '../ray/kinds.ts';
import { readRaySpec } from '../ray/read-spec.ts';
import type { RaySpec } from '../ray/spec.ts';
import type { Settings } from '../settings/settings.ts';
import { restoreAsked } from './asked.ts';
import { checkCertificates } from './certificates.ts';
import type { Gathered } from './gather.ts';
import { describeOwner, type Owner } from './owner.ts';
import { checkPodTemplates } from './pod-templates.ts';
import { checkPolicies } from './policies.ts';
import { findFormer } from './renamed.ts';
import { checkRequiredShown } from './required.ts';
import { checkServices } from './services.ts';
import { readStream, type Stray, type Stream } from './stream.ts';

export interface Checked {
  readonly findings: readonly Finding[];
  /** How many Ray objects rayshield has expanded. */
  readonly expanded: number;
}

/** Reports each of our fields that is still there: nobody has expanded this object. */
export function reportFieldsLeft({ resource, kind }: Candidate, findings: Finding[]): void {
  const { specPath } = rayKinds[kind];
  const spec = Object(valueAt(resource.body, specPath));
  for (const field of securityFields.filter((name) => Object.hasOwn(spec, name))) {
    reportOn(resource, findings)('EXPANDED_FIELD_LEFT', [...specPath, field], { field }, 'key');
  }
}

/** Judges all that was gathered from a stream, once the whole of it has been read. */
export function checkExpanded(gathered: Gathered, settings: Settings): Checked {
  const stream = readStream(gathered, settings.namespace);
  const explained = new Set<Stray>();
  const findings: Finding[] = [];
  let expanded = 0;
  for (const candidate of gathered.readable) {
    const found: Finding[] = [];
    const read = readSpec(candidate, settings);
    const spec = read && restoreAsked(read, stream, reportOn(read.owner, found));
    if (read !== undefined && !hasClusterSelector(read.owner.body, read.kind))
      checkRequiredShown(spec ?? read, settings, reportOn(read.owner, findings));
    if (spec === undefined) continue;
    expanded += 1;
    checkOwner(describeOwner(spec, { settings, stream, explained, findings: found }));
    findings.push(...dropAccepted(spec.owner, found));
  }
  for (const [{ place, resource }, second] of stream.doubles) {
    const other = `the ${resource.body.kind} at ${place}`;
    reportOn(second.resource, findings)('EXPANDED_OBJECT_TWICE', ['metadata', 'name'], { other });
  }
  reportStrays(stream, explained, findings);
  if (gathered.rays.length === 0 && stream.strays.length === 0)
    findings.push({ code: 'EXPANDED_NOTHING_CHECKED', severity: 'info', facts: {} });
  return { findings, expanded };
}

/** Undefined where an object has no pods of its own. */
function readSpec(candidate: Candidate, { namespace }: Settings): RaySpec | undefined {
  const { resource, kind } = candidate;
  const head = valueAt(resource.body, [...rayKinds[kind].specPath, 'headGroupSpec']);
  return head === undefined
    ? undefined
    : readRaySpec(candidate, { namespace, visitors: new Map(), neighbours: () => [] });
}

function checkOwner(owner: Owner): void {
  const { spec, made, stream, report, explained } = owner;
  const former = findFormer(spec, stream);
  if (former !== undefined) {
    report('EXPANDED_RENAMED', ['metadata', 'name'], { kind: spec.kind, former: former.name });
    explained.add(former.stray);
    return;
  }
  if (made.namespace !== spec.namespace) {
    const facts = { former: made.namespace, namespace: spec.namespace };
    report('EXPANDED_NAMESPACE_MOVED', ['metadata', 'namespace'], facts);
  }
  checkPolicies(owner);
  checkServices(owner);
  checkCertificates(owner);
  checkPodTemplates(owner);
}

/** What was made for an owner that is gone, all of it in one finding. */
function reportStrays({ strays }: Stream, explained: ReadonlySet<Stray>, findings: Finding[]): void {
  for (const stray of strays.filter((one) => !explained.has(one))) {
    const { label, members } = stray;
    const [first] = members;
    const facts = { owner: label, others: members.length - 1 };
    const at = ['metadata', 'labels', 'rayshield.io/owner'];
    if (first !== undefined) reportOn(first.resource, findings)('EXPANDED_OWNER_MISSING', at, facts);
  }
}
