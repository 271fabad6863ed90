// The product on one screen: manifests in, secured manifests out. Pure; what is wrong is in the findings, and where one of
// them is an error there are no manifests. Documents are taken one by one: only their text outlives their turn.
import { dropAccepted } from './check/accepted.ts';
import { type Claims, claimInput, claimOutput, findCollisions } from './check/collisions.ts';
import { checkInput, checkOutput } from './check/documents.ts';
import { checkOwner } from './check/owner.ts';
import type { LoadValidator } from './check/validator.ts';
import type { Finding } from './findings/finding.ts';
import { hasError } from './findings/order.ts';
import { buildIsolation } from './isolation/build.ts';
import { checkIsolation } from './isolation/check.ts';
import { labelSubmitter } from './isolation/submitter.ts';
import { changeAt } from './manifests/edit.ts';
import { findResources, type Replacement } from './manifests/list.ts';
import type { Manifest } from './manifests/manifest.ts';
import { readContent } from './manifests/read.ts';
import { reportOn } from './manifests/report.ts';
import { rewriteManifest } from './manifests/write.ts';
import { annotateOwner } from './ray/annotations.ts';
import { dropSecurityFields } from './ray/fields.ts';
import { type Candidate, findCandidates } from './ray/find.ts';
import { labelTemplates } from './ray/owner-label.ts';
import { findEmptyGroups, readRaySpec } from './ray/read-spec.ts';
import type { RaySpec } from './ray/spec.ts';
import { findVisitors, type Visitors } from './ray/visitors.ts';
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
interface Run {
  readonly settings: Settings;
  readonly loadValidator: LoadValidator;
  readonly visitors: Visitors;
  readonly claims: Claims;
  readonly findings: Finding[];
}

/** Expands every Ray object of a stream that carries our fields; all else stays as it is, byte for byte. */
export function expand(manifests: readonly Manifest[], settings: Settings, loadValidator: LoadValidator): Expanded {
  const visitors = findVisitors(manifests, settings);
  const run: Run = { settings, loadValidator, visitors, claims: { own: [], others: [], unread: [] }, findings: [] };
  const expanded = manifests.flatMap((manifest) => expandDocument(manifest, run));
  for (const finding of findCollisions(run.claims, settings.namespace)) run.findings.push(finding);
  return { manifests: hasError(run.findings) ? [] : expanded, findings: run.findings };
}

/** The documents that take the place of one; itself where nothing is asked of us. */
function expandDocument(unread: Manifest, run: Run): readonly Manifest[] {
  const start = run.findings.length;
  const { manifest, findings } = readContent(unread, run.settings);
  run.findings.push(...findings);
  if (manifest.content === undefined) run.claims.unread.push(unread);
  if (manifest.content === undefined || hasError(findings)) return [unread];
  const resources = findResources(manifest);
  const found = findCandidates(manifest, resources);
  run.findings.push(...found.findings);
  run.claims.others.push(...resources.flatMap((resource) => claimInput(resource, run.settings.namespace)));
  if (found.candidates.length === 0) return [unread];
  run.findings.push(...manifest.content.doubts);
  const replacements = found.candidates.map((candidate) => expandCandidate(candidate, run, start));
  return rewriteManifest(
    manifest,
    replacements.filter((one) => one !== undefined),
  );
}

/**
 * What takes an owner's place; undefined where it cannot be read as a spec, which the findings then say. Those of its
 * document begin at `start`.
 */
function expandCandidate(candidate: Candidate, run: Run, start: number): Replacement | undefined {
  const { settings, loadValidator, visitors } = run;
  const checked = checkInput(candidate, settings, loadValidator, run.findings);
  const isValid = !hasError(run.findings.slice(start));
  if (checked === undefined) return undefined;
  const spec = readRaySpec(checked, { namespace: settings.namespace, visitors });
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
  checkOwner(spec, settings, report);
  checkIsolation(spec, settings, report);
  checkTLS(spec, settings, report);
  const before = [...buildIsolation(spec, settings, report), ...buildTLS(spec, settings)];
  const findings = dropAccepted(spec.owner, found);
  const warned = findings.filter(({ severity }) => severity === 'warning').map(({ code }) => code);
  const secured = patchTLS(spec, settings)(labelTemplates(spec, dropSecurityFields(spec.cluster)));
  const patched = changeAt(spec.owner.body, spec.path, () => secured);
  const body = annotateOwner(spec, labelSubmitter(spec, patched), warned);
  return { replacement: { resource: spec.owner, before, body }, findings };
}
