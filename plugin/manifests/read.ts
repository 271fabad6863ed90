// Text to manifests. Only documents that may hold a Ray object are read; every other one keeps its bytes unread, so that a
// chart's odd YAML is no concern of ours, and a thousand Deployments cost nothing.
import type { Finding } from '../findings/finding.ts';
import { isBlank } from './blank.ts';
import { type Composition, compose } from './compose.ts';
import type { Content, Manifest, Source } from './manifest.ts';
import { positionAt } from './position.ts';
import type { Problem } from './problem.ts';
import { splitStream } from './split.ts';

export interface ReadLimits {
  readonly maxDocuments: number;
  readonly maxDepth: number;
  readonly maxAliases: number;
  readonly maxKeys: number;
}

// A Ray object's apiVersion, as itself (some encoders of JSON escape the slash) or in a form that hides it: an escape or a
// folded line in double quotes, base64.
const rayApiVersion = /ray\.io\\?\//;
const hidingEscape = /\\(?:[xuU]|\r?\n)/;
// Problems that cannot keep an apiVersion from being seen; a tag, an alias or a limit can, and a key that no object can have.
const harmless: readonly string[] = ['YAML_KEY', 'YAML_NUMBER', 'YAML_CHARACTER'];
// https://yaml.org/spec/1.1/#b-break; a byte order mark is skipped by that reader, with the indentation behind it.
const oddBreak = /\r(?!\n)|[\x85\u2028\u2029]|(?!^)\ufeff|^\ufeff(?=[ \t])/;
const securityWord = /networkIsolation|networkPolicy|tlsOptions|mTLS/i;
const templateSource = /\{\{/;

/** The documents of a source, still unread; none where there are too many. */
export function readManifests(
  source: Source,
  limits: Pick<ReadLimits, 'maxDocuments'>,
): { readonly manifests: readonly Manifest[]; readonly findings: readonly Finding[] } {
  const manifests = splitStream(source);
  if (manifests.length <= limits.maxDocuments) return { manifests, findings: [] };
  const position = { file: source.file };
  const facts = { documents: manifests.length, limit: limits.maxDocuments };
  return { manifests: [], findings: [{ code: 'TOO_MANY_DOCUMENTS', severity: 'error', position, facts }] };
}

export interface ReadDocument {
  readonly manifest: Manifest;
  readonly findings: readonly Finding[];
}

/**
 * A document with its content, where it may hold a Ray object, and what is wrong with its text. Documents are read one at
 * a time, so that no more than one is held in memory as a tree. Where `isForAll`, Ray objects that do not speak of security are
 * our concern too.
 */
export function readContent(
  manifest: Manifest,
  limits: Omit<ReadLimits, 'maxDocuments'>,
  isForAll = false,
): ReadDocument {
  const { composed, problems } = composeManifest(manifest, limits, isForAll);
  const found = problems.map((problem) => placeProblem(problem, manifest));
  if (composed === undefined) return { manifest, findings: found };
  const isDoubt = harmlessIn(manifest);
  const content: Content = { ...composed, doubts: found.filter(isDoubt) };
  return { manifest: { ...manifest, content }, findings: found.filter((one) => !isDoubt(one)) };
}

/**
 * The same of every document, whatever it holds, for a run that judges all of them. Of documents of others a number that
 * JSON cannot hold exactly is no fault: CRDs are full of them.
 */
export function readAnyContent(
  manifest: Manifest,
  limits: Omit<ReadLimits, 'maxDocuments'>,
  isForAll = false,
): ReadDocument {
  const read = readContent(manifest, limits, isForAll);
  if (read.manifest.content !== undefined || read.findings.length > 0 || isBlank(manifest.text)) return read;
  const { value, places, problems } = compose(manifest.text, manifest.offset, limits);
  const faults = problems.filter(({ code }) => code !== 'YAML_NUMBER');
  // What only Ray objects are refused for: a directive.
  const marked = markerProblems(manifest).filter(({ code }) => code !== 'YAML_DIRECTIVE');
  const findings = [...marked, ...orTemplate(manifest, { problems: faults })].map((one) => placeProblem(one, manifest));
  if (places === undefined) return { manifest, findings };
  return { manifest: { ...manifest, content: { value, places, doubts: [] } }, findings };
}

/** Whether a problem of a document can hide neither a Ray object nor a field of ours. */
function harmlessIn({ text }: Manifest): (problem: DocumentProblem | Finding) => boolean {
  // Of the whole text, so it is asked once: a hostile document has as many problems as it has keys.
  let speaksOfSecurity: boolean | undefined;
  const mayHideField = (): boolean => (speaksOfSecurity ??= securityWord.test(text));
  return (problem) =>
    harmless.includes(problem.code) &&
    !(problem.code === 'YAML_KEY' && problem.facts.isDropped === true && mayHideField());
}

/** A problem's offset counts from its document's text, a finding's position from the file's. */
function placeProblem({ offset, ...problem }: DocumentProblem, manifest: Manifest): Finding {
  return { ...problem, severity: 'error', position: positionAt(manifest.source, manifest.offset + offset) } as Finding;
}

type DocumentProblem =
  | Problem
  | {
      readonly code: 'HELM_TEMPLATE' | 'YAML_DIRECTIVE' | 'YAML_DOCUMENT_END' | 'YAML_CONTENT_ON_MARKER';
      readonly offset: number;
      readonly facts: Record<string, never>;
    }
  | { readonly code: 'YAML_LINE_BREAK'; readonly offset: number; readonly facts: { readonly character: string } };

type Composed = Omit<Content, 'doubts'>;

function composeManifest(
  manifest: Manifest,
  limits: Omit<ReadLimits, 'maxDocuments'>,
  isForAll: boolean,
): { composed?: Composed; problems: readonly DocumentProblem[] } {
  const named = speaksOfRay(manifest);
  if (!named && !mayHide(manifest.text)) return { problems: [] };
  const found = isForAll || securityWord.test(manifest.text) ? findOddBreak(manifest) : undefined;
  if (found !== undefined) return { problems: [{ code: 'YAML_LINE_BREAK', ...found }] };
  const composition = compose(manifest.text, manifest.offset, limits);
  if (composition.places === undefined) {
    // What no reader takes for YAML is no Ray object either; where the text speaks of Ray, its author must hear of it.
    return { problems: named ? orTemplate(manifest, composition) : [] };
  }
  const mayBeHidden = named && !composition.problems.every(harmlessIn(manifest));
  if (!holdsRayObject(composition.value) && !mayBeHidden) return { problems: [] };
  const problems = [...markerProblems(manifest), ...orTemplate(manifest, composition)];
  return { composed: { value: composition.value, places: composition.places }, problems };
}

/** Whether the text has what a Ray object's apiVersion begins with, wherever it stands. */
export const speaksOfRay = ({ text }: Manifest): boolean => rayApiVersion.test(text);

/** The first character that ends a line for Kubernetes' reader of YAML 1.1 and for no other: what follows it may be a field. */
function findOddBreak({ prefix, text }: Manifest): { offset: number; facts: { character: string } } | undefined {
  // Of two byte order marks that reader skips the first alone.
  const isSecondMark = prefix.endsWith('\ufeff') && text.startsWith('\ufeff');
  const found = isSecondMark ? /\ufeff/.exec(text) : oddBreak.exec(text);
  if (found === null) return undefined;
  const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return { offset: found.index, facts: { character: `U+${code}` } };
}

const mayHide = (text: string): boolean =>
  (text.includes('"') && hidingEscape.test(text)) || (text.includes('!') && text.includes('binary'));

/** `{{ x }}` is a map as key to a YAML reader: where there is a problem and a template, the template is the problem. */
function orTemplate(manifest: Manifest, composition: Composition): readonly DocumentProblem[] {
  const template = templateSource.exec(manifest.text);
  if (composition.problems.length === 0 || template === null) return composition.problems;
  return [{ code: 'HELM_TEMPLATE', offset: template.index, facts: {} }];
}

function markerProblems(manifest: Manifest): DocumentProblem[] {
  const problems: DocumentProblem[] = [];
  const { prefix, flaw } = manifest;
  // The prefix stands before the text, from which offsets count.
  const directive = prefix.search(/^%/m);
  if (directive !== -1) problems.push({ code: 'YAML_DIRECTIVE', offset: directive - prefix.length, facts: {} });
  if (flaw === 'YAML_DOCUMENT_END')
    problems.push({ code: flaw, offset: prefix.lastIndexOf('...') - prefix.length, facts: {} });
  else if (flaw) problems.push({ code: flaw, offset: 0, facts: {} });
  return problems;
}

function holdsRayObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (isRayApiVersion((value as { apiVersion?: unknown }).apiVersion)) return true;
  return Object.values(value).some(holdsRayObject);
}

/** Whether a value is an apiVersion of KubeRay's group, of whatever version. */
export const isRayApiVersion = (value: unknown): value is string =>
  typeof value === 'string' && value.startsWith('ray.io/');
