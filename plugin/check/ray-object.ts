// What can be said of a Ray object that does not ask for security: whether the cluster's KubeRay takes it as it stands.
import type { Finding, Report } from '../findings/finding.ts';
import { findNearest } from '../findings/nearest.ts';
import { valueAt } from '../manifests/edit.ts';
import type { Resource } from '../manifests/manifest.ts';
import { reportOn } from '../manifests/report.ts';
import { type Candidate, expandableKind } from '../ray/find.ts';
import { rayApiVersions, rayKinds } from '../ray/kinds.ts';
import { findEmptyGroups } from '../ray/read-spec.ts';
import type { Settings } from '../settings/settings.ts';
import { checkDeclaredRules } from './declared-rules.ts';
import { checkInput } from './documents.ts';
import { checkName } from './owner.ts';
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
  if (!name && !generateName) report('OBJECT_INCOMPLETE', ['metadata'], { field: 'metadata.name' });
  const checked = checkInput({ resource, kind }, settings, load, findings);
  checkName({ kind, metadata: resource.body.metadata, isClipped: false }, settings, report);
  if (checked === undefined) return undefined;
  checkDeclaredRules(checked.resource.body, kind, report);
  checkContainers(checked, report);
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

function checkContainers(checked: Candidate, report: Report): void {
  // A RayJob that runs on a cluster that is there already has no spec of its own.
  if (valueAt(checked.resource.body, [...rayKinds[checked.kind].specPath, 'headGroupSpec']) === undefined) return;
  for (const path of findEmptyGroups(checked)) report('RAY_CONTAINER_MISSING', path, {});
}
