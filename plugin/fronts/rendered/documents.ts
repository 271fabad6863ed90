// From a stream of documents to one file for each object. A document that nothing was asked of keeps its bytes; a List of such objects
// stays one file, and only a List that is printed anew is taken apart.
import type { Finding } from '../../findings/finding.ts';
import { findApplied, findIncomplete, type Incomplete } from '../../manifests/list.ts';
import type { KubernetesObject, Manifest, Resource } from '../../manifests/manifest.ts';
import { positionAt } from '../../manifests/position.ts';
import { printYAML } from '../../manifests/print-yaml.ts';
import { readAnyContent } from '../../manifests/read.ts';
import { recognise } from '../../manifests/recognise.ts';
import { reportOn } from '../../manifests/report.ts';
import type { Settings } from '../../settings/settings.ts';
import { type Identity, nameFile } from './file-name.ts';

/** A file of objects; more than one where they are a List that nothing was asked of. */
export interface ObjectFile {
  readonly name: string;
  readonly text: string;
  readonly objects: readonly KubernetesObject[];
}

export interface Rendered {
  readonly manifests: readonly Manifest[];
  /** Those of them that are as they came in. */
  readonly untouched: ReadonlySet<Manifest>;
  readonly settings: Settings;
}

/** The files of all documents, in their order; of what cannot be one, `findings` are told why. */
export function divide({ manifests, untouched, settings }: Rendered, findings: Finding[]): readonly ObjectFile[] {
  const known = new Map<string, Resource>();
  return manifests.flatMap((manifest) => {
    const isUntouched = untouched.has(manifest);
    const resources = readObjects(manifest, isUntouched, settings, findings);
    for (const resource of resources) checkIdentity(resource, known, findings);
    return toFiles(manifest, resources, isUntouched);
  });
}

function readObjects(
  manifest: Manifest,
  isUntouched: boolean,
  settings: Settings,
  findings: Finding[],
): readonly Resource[] {
  if (recognise(manifest) === 'nothing') return [];
  const position = positionAt(manifest.source, manifest.offset);
  // In a stream kubectl drops it or refuses it; a file of its own would bring it to life.
  if (manifest.flaw !== undefined) findings.push({ code: manifest.flaw, severity: 'error', position, facts: {} });
  const read = readAnyContent(manifest, settings);
  findings.push(...read.findings);
  const resources = findApplied(read.manifest);
  if (read.findings.length === 0) for (const one of findLost(read.manifest, resources)) reportLost(one, findings);
  // What was printed anew stands elsewhere than where its places are counted from.
  return isUntouched ? resources : resources.map((resource) => ({ ...resource, manifest }));
}

/** What would come into no file; a `NetworkPolicyList` needs no metadata of its own. */
const findLost = (manifest: Manifest, resources: readonly Resource[]): readonly Incomplete[] =>
  findIncomplete(manifest).filter(({ resource }) => resource.path.length > 0 || resources.length === 0);

function reportLost({ resource, lacks }: Incomplete, findings: Finding[]): void {
  const report = reportOn(resource, findings);
  const isUnnamed = lacks.length === 1 && lacks[0] === 'metadata';
  if (isUnnamed) report('RENDER_NAME_MISSING', ['metadata'], {});
  else report('DOCUMENT_WITHOUT_KIND', [], { lacks: lacks.filter((key) => key !== 'metadata') });
}

/** That every object has a name, and none is there twice. */
function checkIdentity(resource: Resource, known: Map<string, Resource>, findings: Finding[]): void {
  const report = reportOn(resource, findings);
  const identity = identify(resource.body);
  if (identity.name === '') {
    report('RENDER_NAME_MISSING', ['metadata'], {});
    return;
  }
  // The name of its file, so that no file can take the place of another.
  const key = nameFile(identity);
  const first = known.get(key);
  if (first === undefined) known.set(key, resource);
  else {
    const { file, line = 1 } = positionAt(first.manifest.source, first.manifest.offset);
    report('RENDER_OBJECT_TWICE', [], { first: `${file}:${line}` });
  }
}

export function identify({ apiVersion, kind, metadata }: KubernetesObject): Identity {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return { group, kind, namespace: text(metadata.namespace), name: text(metadata.name) };
}

function toFiles(manifest: Manifest, resources: readonly Resource[], isUntouched: boolean): ObjectFile[] {
  const [first] = resources;
  if (first === undefined) return [];
  const objects = resources.map(({ body }) => body);
  const isList = first.path.length > 0;
  if (isList && !isUntouched) {
    return objects.map((body) => ({
      name: `${nameFile(identify(body))}.yaml`,
      text: printYAML(body),
      objects: [body],
    }));
  }
  const ending = manifest.source.file.endsWith('.json') ? 'json' : 'yaml';
  const name = `${isList ? 'list_' : ''}${nameFile(identify(first.body))}.${ending}`;
  return [{ name, text: withoutMarker(manifest), objects }];
}

/** A document by itself: without the line that only parts it from the one before, and with what else stands there. */
function withoutMarker({ prefix, text }: Manifest): string {
  const before = prefix.replace(/^\uFEFF/, '');
  return /^---[ \t]*\r?\n$/.test(before) ? text : before + text;
}
