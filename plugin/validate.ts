// Judges a stream without printing it: what expand has against it, and besides what it has no reason to look at, namely Ray
// objects without our fields and documents of others. Pure, as expand.ts, whose steps it takes.
import { dropAccepted } from './check/accepted.ts';
import { checkSchemaOf } from './check/documents.ts';
import { checkIssuerRules } from './check/issuer-rules.ts';
import { checkGroup, checkRayObject } from './check/ray-object.ts';
import { checkRollOut } from './check/roll-out.ts';
import { endRun, expandOwners, type Run, startRun, type Taken } from './expand.ts';
import { checkExpanded, reportFieldsLeft } from './expanded/check.ts';
import { type Gathered, gather, labelOf, startGathering } from './expanded/gather.ts';
import type { Finding } from './findings/finding.ts';
import { findNearest } from './findings/nearest.ts';
import { hasError } from './findings/order.ts';
import type { CheckedObject } from './findings/validation.ts';
import { isBlank } from './manifests/blank.ts';
import { findIncomplete, findResources } from './manifests/list.ts';
import type { Manifest, Resource } from './manifests/manifest.ts';
import { positionOf } from './manifests/position.ts';
import { isRayApiVersion, type ReadDocument, readAnyContent } from './manifests/read.ts';
import { referTo, reportOn } from './manifests/report.ts';
import { type Candidate, findCandidates } from './ray/find.ts';
import { isRayKind } from './ray/kinds.ts';
import { holdsForAll } from './settings/platform.ts';

/** What is judged, and by which settings. */
export type ValidationRun = Pick<Run, 'settings' | 'loadValidator'> & {
  /** Whether objects of other kinds are held against the schemas that we ship. */
  readonly allKinds: boolean;
  /** Whether the stream is what comes out of a pipeline, in which rayshield has run before. */
  readonly isExpanded: boolean;
};

export interface Validated {
  readonly findings: readonly Finding[];
  /** Every object of the stream in order; of a document that cannot be read there are none. */
  readonly objects: readonly CheckedObject[];
  /** Documents that say something. */
  readonly documents: number;
  /** How many Ray objects rayshield has expanded; only where that was looked at. */
  readonly expanded?: number;
}

/** All findings about a stream. */
export function validate(
  manifests: readonly Manifest[],
  { settings, loadValidator, allKinds, isExpanded }: ValidationRun,
): Validated {
  const run = startRun(manifests, settings, loadValidator);
  const how: How = { allKinds, ...(isExpanded && { gathered: startGathering() }) };
  const objects = manifests.flatMap((manifest) => validateDocument(manifest, run, how));
  endRun(run);
  const documents = manifests.filter(({ text }) => !isBlank(text)).length;
  if (how.gathered === undefined) return { findings: run.findings, objects, documents };
  const { findings, expanded } = checkExpanded(how.gathered, settings);
  return { findings: [...run.findings, ...findings], objects, documents, expanded };
}

/** What is asked of each document; where a final stream is judged, what is gathered from it. */
type How = Pick<ValidationRun, 'allKinds'> & { readonly gathered?: Gathered | undefined };

function validateDocument(unread: Manifest, run: Run, { allKinds, gathered }: How): readonly CheckedObject[] {
  const start = run.findings.length;
  const read = readAnyContent(unread, run.settings, holdsForAll(run.settings.platform));
  const taken = gathered === undefined ? expandOwners(read, run) : findOwnersLeft(read, run);
  if (taken === undefined) return [];
  const owners = new Set(taken.owners.map(({ resource }) => resource));
  // What is refused is not rolled out.
  const isApplied = gathered === undefined && !hasError(run.findings.slice(start));
  if (isApplied) for (const owner of taken.owners) reportRollOut(owner, run.findings);
  if (owners.size === 0) run.findings.push(...(read.manifest.content?.doubts ?? []));
  const isSaid = run.findings.slice(start).some(({ code }) => code === 'FIELD_UNSUPPORTED_KIND');
  if (!isSaid) reportIncomplete(read.manifest, run.findings);
  return taken.resources.map((resource) => {
    const { settings, loadValidator, findings } = run;
    if (gathered) gather(resource, settings.namespace, gathered);
    if (!isRayApiVersion(resource.body.apiVersion)) return judgeOther(resource, run, { allKinds, gathered });
    if (owners.has(resource) || isSaid) return describe(resource, run, true);
    const checked = checkRayObject(resource, settings, loadValidator, findings);
    if (checked) gathered?.readable.push(checked);
    return describe(resource, run, true);
  });
}

/** Only here: whoever expands the same manifest each day need not be told each day. */
function reportRollOut(owner: Candidate, findings: Finding[]): void {
  const found: Finding[] = [];
  checkRollOut(owner, reportOn(owner.resource, found));
  findings.push(...dropAccepted(owner.resource, found));
}

function judgeOther(resource: Resource, run: Run, { allKinds, gathered }: How): CheckedObject {
  const { settings, loadValidator, findings } = run;
  checkGroup(resource, findings);
  // What rayshield has made is its business wherever it has been since.
  const isJudged = allKinds || (gathered !== undefined && labelOf(resource) !== undefined);
  if (isJudged) {
    checkSchemaOf(resource, settings, loadValidator, findings);
    checkIssuerRules(resource.body, reportOn(resource, findings));
  }
  return describe(resource, run, isJudged);
}

/** The owners of a document of the final stream: none should have our fields any more. */
function findOwnersLeft({ manifest, findings }: ReadDocument, run: Run): Taken | undefined {
  run.findings.push(...findings);
  if (manifest.content === undefined || hasError(findings)) return undefined;
  const resources = findResources(manifest);
  const { candidates: owners, findings: lost } = findCandidates(manifest, resources, false);
  run.findings.push(...lost);
  for (const owner of owners) reportFieldsLeft(owner, run.findings);
  return { resources, owners };
}

function describe(
  { manifest, path, body }: Resource,
  { settings, loadValidator }: Run,
  isJudged: boolean,
): CheckedObject {
  const { file, line = 1 } = positionOf(manifest, path);
  const { apiVersion, kind } = body;
  const hasSchema = isJudged && loadValidator(apiVersion, kind, settings.kuberayVersion) !== undefined;
  return { file, line, apiVersion, resource: referTo(body), isRay: isRayApiVersion(apiVersion), hasSchema };
}

/** A document of others may be anything; a Ray object, or what stands in a List, is meant to be applied. */
function reportIncomplete(manifest: Manifest, findings: Finding[]): void {
  for (const { resource, lacks, keys } of findIncomplete(manifest)) {
    const { apiVersion, kind } = resource.body;
    const isItem = resource.path.length > 0;
    const isOfRay = isRayKind(kind) || isRayApiVersion(apiVersion);
    // Of a whole document, that it has no kind or version is said where files are read.
    const isMissing = (field: (typeof lacks)[number]): boolean =>
      field === 'metadata' ? isOfRay : isItem || (isOfRay && keys.includes(field));
    const field = lacks.find(isMissing);
    if (field === undefined) continue;
    const isOdd = keys.includes(field);
    const stray = isOdd ? undefined : findNearest(field, keys);
    const facts = { field, ...(isOdd && { isOdd }), ...(stray !== undefined && { stray }) };
    reportOn(resource, findings)('OBJECT_INCOMPLETE', [field], facts);
  }
}
