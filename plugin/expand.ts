// The product on one screen: manifests in, secured manifests out. Pure; what is wrong is in the findings, and where one of
// them is an error there are no manifests. Documents are taken one by one: only their text outlives their turn.
import { dropAccepted } from './check/accepted.ts';
import { type Claims, claimInput, claimOutput, findCollisions } from './check/collisions.ts';
import { checkInput, checkOutput } from './check/documents.ts';
import { checkReach } from './check/out-of-reach.ts';
import { checkOwner } from './check/owner.ts';
import { checkRequired } from './check/required.ts';
import type { LoadValidator } from './check/validator.ts';
import type { Finding } from './findings/finding.ts';
import { hasError } from './findings/order.ts';
import { buildIsolation } from './isolation/build.ts';
import { checkIsolation } from './isolation/check.ts';
import { labelSubmitter } from './isolation/submitter.ts';
import { changeAt } from './manifests/edit.ts';
import { findResources, type Replacement } from './manifests/list.ts';
import type { Manifest, Resource } from './manifests/manifest.ts';
import { findNeighbours, type Neighbours } from './manifests/neighbours.ts';
import { type ReadDocument, readContent } from './manifests/read.ts';
import { reportOn } from './manifests/report.ts';
import { rewriteManifest } from './manifests/write.ts';
import { annotateOwner } from './ray/annotations.ts';
import { dropAutoscaledReplicas } from './ray/autoscaled-groups.ts';
import { dropSecurityFields } from './ray/fields.ts';
import { type Candidate, findCandidates } from './ray/find.ts';
import { labelTemplates } from './ray/owner-label.ts';
import { givePlatformFields } from './ray/platform-fields.ts';
import { findEmptyGroups, readRaySpec } from './ray/read-spec.ts';
import type { RaySpec } from './ray/spec.ts';
import { findVisitors, type Visitors } from './ray/visitors.ts';
import { holdsForAll } from './settings/platform.ts';
import type { Settings } from './settings/settings.ts';
import { buildTLS } from './tls/build.ts';
import { checkTLS } from './tls/check.ts';
import { patchTLS } from './tls/patch.ts';

export interface Expanded {
  /** Input and generated documents in their order; empty where a finding is an error. */
  readonly manifests: readonly Manifest[];
  readonly findings: readonly Finding[];
}

/** What all documents of a run share, and what they add to. */
export interface Run {
  readonly settings: Settings;
  readonly loadValidator: LoadValidator;
  readonly visitors: Visitors;
  readonly neighbours: Neighbours;
  readonly claims: Claims;
  readonly findings: Finding[];
}

/** Expands every Ray object of a stream that carries our fields; all else stays as it is, byte for byte. */
export function expand(manifests: readonly Manifest[], settings: Settings, loadValidator: LoadValidator): Expanded {
  const run = startRun(manifests, settings, loadValidator);
  const expanded = manifests.flatMap((manifest) => expandDocument(manifest, run));
  endRun(run);
  return { manifests: hasError(run.findings) ? [] : expanded, findings: run.findings };
}

export function startRun(manifests: readonly Manifest[], settings: Settings, loadValidator: LoadValidator): Run {
  const visitors = findVisitors(manifests, settings);
  const neighbours = findNeighbours(manifests, settings.namespace);
  return { settings, loadValidator, visitors, neighbours, claims: { own: [], others: [], unread: [] }, findings: [] };
}

/** Says what only all documents together show. */
export function endRun({ claims, settings, findings }: Run): void {
  for (const finding of findCollisions(claims, settings.namespace)) findings.push(finding);
}

/** The documents that take the place of one; itself where nothing is asked of us. */
function expandDocument(unread: Manifest, run: Run): readonly Manifest[] {
  const read = readContent(unread, run.settings, holdsForAll(run.settings.platform));
  const taken = expandOwners(read, run);
  return taken === undefined || taken.owners.length === 0
    ? [unread]
    : rewriteManifest(read.manifest, taken.replacements);
}

/** A read document: its objects, and those of them that ask for security. */
export interface Taken {
  readonly resources: readonly Resource[];
  readonly owners: readonly Candidate[];
}

/** What the owners of a document become; nothing of those that cannot be read as a spec. */
interface ExpandedDocument extends Taken {
  readonly replacements: readonly Replacement[];
}

/** Expands the owners of a document; undefined where it was not read, or its text does not say the same to all readers. */
export function expandOwners({ manifest, findings }: ReadDocument, run: Run): ExpandedDocument | undefined {
  const start = run.findings.length;
  for (const finding of findings) run.findings.push(finding);
  if (manifest.content === undefined) run.claims.unread.push(manifest);
  if (manifest.content === undefined || hasError(findings)) return undefined;
  const resources = findResources(manifest);
  const { platform } = run.settings;
  const { candidates: owners, findings: lost } = findCandidates(manifest, resources, holdsForAll(platform));
  run.findings.push(...lost);
  checkReach(manifest, resources, platform, run.findings);
  run.claims.others.push(...resources.flatMap((resource) => claimInput(resource, run.settings.namespace)));
  if (owners.length > 0) run.findings.push(...manifest.content.doubts);
  const replacements = owners.map((owner) => expandCandidate(owner, run, start));
  return { resources, owners, replacements: replacements.filter((one) => one !== undefined) };
}

/**
 * What takes an owner's place; undefined where it cannot be read as a spec, which the findings then say. Those of its
 * document begin at `start`.
 */
function expandCandidate(candidate: Candidate, run: Run, start: number): Replacement | undefined {
  const { settings, loadValidator, visitors, neighbours } = run;
  const given = givePlatformFields(candidate, settings.platform);
  const checked = checkInput(given, settings, loadValidator, run.findings);
  const isValid = !hasError(run.findings.slice(start));
  if (checked === undefined) return undefined;
  const spec = readRaySpec(checked, { namespace: settings.namespace, visitors, neighbours });
  if (spec === undefined) {
    const report = reportOn(candidate.resource, run.findings);
    for (const path of findEmptyGroups(checked)) report('RAY_CONTAINER_MISSING', path, {});
    return undefined;
  }
  const { replacement, findings } = expandSpec(spec, settings);
  run.findings.push(...findings);
  // What is wrong with the input would be said of the output again.
  if (isValid && !hasError(findings)) checkOutput(replacement, settings, loadValidator, run.findings);
  run.claims.own.push(...claimOutput(spec, replacement.before));
  return replacement;
}

/** One owner: what protects it, and itself as it is from now on. */
function expandSpec(spec: RaySpec, settings: Settings): { replacement: Replacement; findings: readonly Finding[] } {
  const found: Finding[] = [];
  const report = reportOn(spec.owner, found);
  checkRequired(spec, settings, report);
  checkOwner(spec, settings, report);
  checkIsolation(spec, settings, report);
  checkTLS(spec, settings, report);
  const before = [...buildIsolation(spec, settings, report), ...buildTLS(spec, settings)];
  const findings = dropAccepted(spec.owner, found);
  const warned = findings.filter(({ severity }) => severity === 'warning').map(({ code }) => code);
  const plain = dropSecurityFields(spec.cluster);
  const sized = settings.dropAutoscaledReplicas ? dropAutoscaledReplicas(spec, plain) : plain;
  const secured = patchTLS(spec, settings)(labelTemplates(spec, sized));
  const patched = changeAt(spec.owner.body, spec.path, () => secured);
  const body = annotateOwner(spec, labelSubmitter(spec, patched), warned);
  return { replacement: { resource: spec.owner, before, body }, findings };
}
