// What can be said of a Ray object that does not ask for security: whether the cluster's KubeRay takes it as it stands.
import type { Finding, Report } from '../findings/finding.ts';
import { findNearest } from '../findings/nearest.ts';
import { valueAt } from '../manifests/edit.ts';
import type { Resource } from '../manifests/manifest.ts';
import { reportOn } from '../manifests/report.ts';
import { asksForSecurity, type Candidate, expandableKind } from '../ray/find.ts';
import { isRayKind, rayApiVersions, rayKinds } from '../ray/kinds.ts';
import { findEmptyGroups, readRaySpec } from '../ray/read-spec.ts';
import type { Settings } from '../settings/settings.ts';
import { dropAccepted } from './accepted.ts';
import { checkDeclaredRules } from './declared-rules.ts';
import { checkInput } from './documents.ts';
import { checkKnownWords } from './known-words.ts';
import { checkOperatorRules } from './operator-rules.ts';
import { checkHabits, checkName } from './owner.ts';
import type { LoadValidator } from './validator.ts';

/**
 * Reports what keeps a Ray object without our fields from being run by KubeRay. Gives the object as the API server takes it;
 * undefined where the findings say that it is none.
 */
export function checkRayObject(
  resource: Resource,
  settings: Settings,
  load: LoadValidator,
  findings: Finding[],
): Candidate | undefined {
  const report = reportOn(resource, findings);
  const kind = expandableKind(resource);
  if (kind === undefined) {
    reportKind(resource, report);
    return undefined;
  }
  const { name, generateName } = resource.body.metadata;
  // A slip of `name` is an unknown field, and reported as such.
  const isMisspelt = findNearest('name', Object.keys(resource.body.metadata)) !== undefined;
  if (!name && !generateName && !isMisspelt) report('OBJECT_INCOMPLETE', ['metadata'], { field: 'metadata.name' });
  const checked = checkInput({ resource, kind }, settings, load, findings);
  checkName({ kind, metadata: resource.body.metadata, isClipped: false }, settings, report);
  if (checked === undefined) return undefined;
  const found: Finding[] = [];
  checkRules(checked, settings, reportOn(checked.resource, found));
  findings.push(...dropAccepted(checked.resource, found));
  return checked;
}

function reportKind({ body: { apiVersion, kind } }: Resource, report: Report): void {
  const kinds = Object.keys(rayKinds);
  if (!rayApiVersions.includes(apiVersion)) {
    report('KIND_UNKNOWN', ['apiVersion'], { kind, apiVersion, kinds, nearest: undefined });
    return;
  }
  report('KIND_UNKNOWN', ['kind'], { kind, apiVersion, kinds, nearest: findNearest(kind, kinds) });
}

/** Reports what is a Ray object but for its API group, which is misspelt or left out, or has fields of ours. */
export function checkGroup(resource: Resource, findings: Finding[]): void {
  const { apiVersion, kind } = resource.body;
  if (!isRayKind(kind)) return;
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const spec = valueAt(resource.body, rayKinds[kind].specPath);
  const isMeant = group === '' || findNearest(group, ['ray.io']) !== undefined || asksForSecurity(spec);
  if (isMeant) reportOn(resource, findings)('API_GROUP_UNKNOWN', ['apiVersion'], { kind, apiVersion });
}

function checkRules(checked: Candidate, settings: Settings, report: Report): void {
  const { resource, kind } = checked;
  checkDeclaredRules({ body: resource.body, kind }, settings, report);
  checkOperatorRules(resource.body, kind, report);
  checkKnownWords(resource.body, report);
  // A RayJob that runs on a cluster that is there already has no spec of its own.
  if (valueAt(resource.body, [...rayKinds[kind].specPath, 'headGroupSpec']) === undefined) return;
  const spec = readRaySpec(checked, alone);
  if (spec !== undefined) checkHabits(spec, false, report);
  else for (const path of findEmptyGroups(checked)) report('RAY_CONTAINER_MISSING', path, {});
}

// What else the input holds matters only where it could undo a protection.
const alone = { namespace: '', visitors: new Map(), neighbours: () => [] };
