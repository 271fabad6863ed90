// Finds what asks for security: Ray objects that carry our fields where they belong, and every such field that would be
// lost because it stands elsewhere, is misspelt, or sits in an object that nobody expands (design.md 2).
import type { FieldPath, Finding, Report } from '../findings/finding.ts';
import { findNearest } from '../findings/nearest.ts';
import { printPath } from '../findings/print-text.ts';
import type { FactsOf } from '../findings/table.ts';
import type { Slip } from '../findings/words/fields.ts';
import { valueAt } from '../manifests/edit.ts';
import type { KubernetesObject, Manifest, Resource } from '../manifests/manifest.ts';
import { isRayApiVersion } from '../manifests/read.ts';
import { reportOn } from '../manifests/report.ts';
import { readSecurityKey, securityFields, tlsField } from './fields.ts';
import { isRayKind, rayApiVersions, rayKinds } from './kinds.ts';
import type { RayKind } from './spec.ts';

/** A Ray object that carries our fields at the right place, or is given them by the platform; not yet validated. */
export interface Candidate {
  readonly resource: Resource;
  readonly kind: RayKind;
  /** The fields that the platform has given it. */
  readonly given?: readonly string[];
}

type Map = Readonly<Record<string, unknown>>;

/** What is walked: an object, the place in it where a Ray object begins, and the map that takes our fields, if any. */
interface Walk {
  readonly object: unknown;
  readonly root: FieldPath;
  readonly allowed: FieldPath | undefined;
  readonly report: Report;
  /** Objects that are walked by themselves. */
  readonly seen?: ReadonlySet<unknown>;
}

// Maps of the user's own keys: a label may be called what it likes.
const freeMaps: readonly unknown[] = ['labels', 'annotations', 'matchLabels', 'nodeSelector'];

/**
 * The candidates among the objects of a read document, in order, and findings for all that would be lost. Where `isForAll`,
 * every object that starts a cluster is one.
 */
export function findCandidates(
  manifest: Manifest,
  resources: readonly Resource[],
  isForAll: boolean,
): { readonly candidates: readonly Candidate[]; readonly findings: readonly Finding[] } {
  const candidates: Candidate[] = [];
  const findings: Finding[] = [];
  for (const resource of resources) {
    const kind = expandableKind(resource);
    const specPath = kind && rayKinds[kind].specPath;
    const report = reportOn(resource, findings);
    reportLost(resource.body, [], { object: resource.body, root: [], allowed: specPath, report });
    const asks = specPath && asksForSecurity(valueAt(resource.body, specPath));
    if (kind && (asks || (isForAll && startsCluster(resource, kind)))) candidates.push({ resource, kind });
  }
  reportShapeless(manifest, resources, findings);
  return { candidates, findings };
}

/** What is no Kubernetes object (no metadata, say), document or item of a List, may still be a Ray object with our fields. */
function reportShapeless(manifest: Manifest, resources: readonly Resource[], findings: Finding[]): void {
  const value = manifest.content?.value;
  const { apiVersion, kind } = (value ?? {}) as { apiVersion?: unknown; kind?: unknown };
  const body = {
    apiVersion: String(apiVersion ?? ''),
    kind: typeof kind === 'string' ? kind : 'document',
    metadata: {},
  };
  const report = reportOn({ manifest, path: [], body }, findings);
  const seen = new Set<unknown>(resources.map((resource) => resource.body));
  reportLost(value, [], { object: value, root: [], allowed: undefined, report, seen });
}

/** The kind of an object that we know how to expand; undefined for another kind, or another version of it. */
export const expandableKind = ({ body }: Resource): RayKind | undefined =>
  rayApiVersions.includes(body.apiVersion) && isRayKind(body.kind) ? body.kind : undefined;

/** A RayJob may run on a cluster that is there already (rayjob_controller.go: then its rayClusterSpec is not looked at). */
const startsCluster = ({ body }: Resource, kind: RayKind): boolean =>
  !hasClusterSelector(body, kind) && (valueAt(body, rayKinds[kind].specPath) ?? undefined) !== undefined;

/** Whether the object is a job that runs on an existing cluster. Of the other kinds the API server drops such a field. */
export function hasClusterSelector(body: KubernetesObject, kind: RayKind): boolean {
  if (kind !== 'RayJob' && kind !== 'RayCronJob') return false;
  const selector = Object(valueAt(body, [...rayKinds[kind].specPath.slice(0, -1), 'clusterSelector']));
  // To kubectl a null is a value to take away.
  return Object.values(selector).some((value) => value !== null);
}

/** Whether a cluster's spec carries a field of ours. */
export const asksForSecurity = (spec: unknown): boolean =>
  typeof spec === 'object' && spec !== null && securityFields.some((field) => Object.hasOwn(spec, field));

/**
 * Walks an object; within Ray objects every key that speaks of security must stand where it is expanded. One within another
 * of our fields is as lost as elsewhere.
 */
function reportLost(value: unknown, path: FieldPath, outer: Walk, inRay?: Walk): void {
  if (typeof value !== 'object' || value === null || outer.seen?.has(value)) return;
  const walk = isRayApiVersion((value as Map)['apiVersion']) ? enterRayObject(path, outer) : inRay;
  for (const [key, child] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    if (walk !== undefined && !Array.isArray(value) && isTaken(key, child, path)) reportKey(key, at, walk);
    reportLost(child, at, outer, walk);
  }
}

const isTaken = (key: string, child: unknown, path: FieldPath): boolean =>
  readSecurityKey(key) !== undefined && !(typeof child === 'string' && freeMaps.includes(path.at(-1)));

// Only the object itself is expanded: one nested in another (AppWrapper) has no place where our fields are taken.
const enterRayObject = (path: FieldPath, outer: Walk): Walk =>
  path.length === 0 ? outer : { ...outer, root: path, allowed: undefined };

/** Reports a key that speaks of security unless it stands where it belongs. */
function reportKey(key: string, at: FieldPath, walk: Walk): void {
  const found = readSecurityKey(key);
  const { report, allowed, root } = walk;
  const belongs =
    allowed !== undefined && at.length === allowed.length + 1 && allowed.every((step, index) => step === at[index]);
  const rightPlace = (field: string): string => printPath(belongs || !allowed ? [field] : [...allowed, field]);
  if (found?.is === 'former') report('FIELD_FORMER_SPELLING', at, { field: key, meant: rightPlace(tlsField) }, 'key');
  else if (found?.is === 'slip') report('FIELD_MISSPELT', at, { field: key, meant: rightPlace(found.meant) }, 'key');
  else if (belongs) return;
  else if (root.length > 0) report('FIELD_NESTED', at, { field: key, object: printPath(root) }, 'key');
  else if (allowed === undefined) report('FIELD_UNSUPPORTED_KIND', at, describeUnsupported(key, walk.object), 'key');
  else report('FIELD_MISPLACED', at, { field: key, belongs: printPath(allowed), ...findSlipAbove(at, allowed) }, 'key');
}

/** The one step of a path that is nearly the step which leads to where the field belongs: then that step is the mistake. */
function findSlipAbove(at: FieldPath, allowed: FieldPath): { readonly above?: Slip } {
  if (at.length !== allowed.length + 1) return {};
  const [index, ...more] = [...allowed.keys()].filter((step) => allowed[step] !== at[step]);
  if (index === undefined || more.length > 0) return {};
  const [found, meant] = [String(at[index]), String(allowed[index])];
  return findNearest(found, [meant]) === undefined ? {} : { above: { found, meant } };
}

/** Which of the three keeps a Ray object from being expanded: its version, its kind, or that it is no whole object. */
function describeUnsupported(field: string, object: unknown): FactsOf<'FIELD_UNSUPPORTED_KIND'> {
  const { apiVersion, kind } = object as Readonly<Record<string, unknown>>;
  const kinds = Object.keys(rayKinds);
  if (typeof apiVersion !== 'string' || !rayApiVersions.includes(apiVersion)) {
    return { field, lacks: 'version', found: String(apiVersion), kinds };
  }
  const lacks = typeof kind === 'string' && isRayKind(kind) ? 'metadata' : 'kind';
  const keys = Object.keys(Object(object));
  const stray = keys.includes(lacks) ? undefined : findNearest(lacks, keys);
  const facts = { field, lacks, kinds, ...(stray !== undefined && { stray }) } as const;
  if (lacks === 'metadata') return facts;
  const found = typeof kind === 'string' ? kind : '';
  const nearest = findNearest(found, kinds);
  return { ...facts, found, ...(nearest !== undefined && { nearest }) };
}
