// What can be said of a Ray object that does not ask for security: whether the cluster's KubeRay takes it as it stands.
import type { Finding, Report } from '../findings/finding.ts';
import { findNearest } from '../findings/nearest.ts';
import { valueAt } from '../manifests/edit.ts';
import type { Resource } from '../manifests/manifest.ts';
import { reportOn } from '../manifests/report.ts';
import { type Candidate, expandableKind } from '../ray/find.ts';
import { rayApiVersions, rayKinds } from '../ray/kinds.ts';
import { findEmptyGroups, readRaySpec } from '../ray/read-spec.ts';
import type { Settings } from '../settings/settings.ts';
import { dropAccepted } from './accepted.ts';
import { checkDeclaredRules } from './declared-rules.ts';
import { checkInput } from './documents.ts';
import { checkHabits, checkName } from './owner.ts';
import type { LoadValidator } from './validator.ts';

/** Reports what keeps a Ray object without our fields from being run by KubeRay. */
export function checkRayObject(resource: Resource, settings: Settings, load: LoadValidator, findings: Finding[]): void {
  const report = reportOn(resource, findings);
  const kind = expandableKind(resource);
  if (kind === undefined) {
    reportKind(resource, report);
    return;
  }
  const { name, generateName } = resource.body.metadata;
  if (!name && !generateName) report('OBJECT_INCOMPLETE', ['metadata'], { field: 'metadata.name' });
  const checked = checkInput({ resource, kind }, settings, load, findings);
  checkName({ kind, metadata: resource.body.metadata, isClipped: false }, settings, report);
  if (checked === undefined) return;
  const found: Finding[] = [];
  checkRules(checked, settings, reportOn(checked.resource, found));
  findings.push(...dropAccepted(checked.resource, found));
}

function reportKind({ body: { apiVersion, kind } }: Resource, report: Report): void {
  const kinds = Object.keys(rayKinds);
  if (!rayApiVersions.includes(apiVersion)) {
    report('KIND_UNKNOWN', ['apiVersion'], { kind, apiVersion, kinds, nearest: undefined });
    return;
  }
  report('KIND_UNKNOWN', ['kind'], { kind, apiVersion, kinds, nearest: findNearest(kind, kinds) });
}

function checkRules(checked: Candidate, settings: Settings, report: Report): void {
  const { resource, kind } = checked;
  checkDeclaredRules({ body: resource.body, kind }, settings, report);
  // A RayJob that runs on a cluster that is there already has no spec of its own.
  if (valueAt(resource.body, [...rayKinds[kind].specPath, 'headGroupSpec']) === undefined) return;
  const spec = readRaySpec(checked, alone);
  if (spec !== undefined) checkHabits(spec, report);
  else for (const path of findEmptyGroups(checked)) report('RAY_CONTAINER_MISSING', path, {});
}

// What else the input holds matters only where it could undo a protection.
const alone = { namespace: '', visitors: new Map(), neighbours: () => [] };
