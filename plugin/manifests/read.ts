// Text to manifests. Only documents that may hold a Ray object are read; every other one keeps its bytes unread, so that a
// chart's odd YAML is no concern of ours, and a thousand Deployments cost nothing.
import type { Finding } from '../findings/finding.ts';
import { type Composition, compose, type Problem } from './compose.ts';
import type { Content, Manifest, Source } from './manifest.ts';
import { positionAt } from './position.ts';
import { type Chunk, splitStream } from './split.ts';

export interface ReadLimits {
  readonly maxDocuments: number;
  readonly maxDepth: number;
  readonly maxAliases: number;
}

// A Ray object's apiVersion, as itself or in a form that hides it: an escape or a folded line in double quotes, base64.
const rayApiVersion = /ray\.io\//;
const hidingEscape = /\\(?:[xuU]|\r?\n)/;
// Problems that cannot keep an apiVersion from being seen; a tag, an alias or a limit can.
const harmless: readonly string[] = ['YAML_KEY', 'YAML_NUMBER', 'YAML_CHARACTER'];
const templateSource = /\{\{/;

/** The documents of a source, and what is wrong with those that hold or may hold Ray objects. */
export function readManifests(
  source: Source,
  limits: ReadLimits,
): { readonly manifests: Manifest[]; readonly findings: Finding[] } {
  const chunks = splitStream(source);
  if (chunks.length > limits.maxDocuments) {
    const position = { file: source.file };
    const facts = { documents: chunks.length, limit: limits.maxDocuments };
    return { manifests: [], findings: [{ code: 'TOO_MANY_DOCUMENTS', severity: 'error', position, facts }] };
  }
  const findings: Finding[] = [];
  const manifests = chunks.map((chunk): Manifest => {
    const { composed, problems } = readChunk(chunk, limits);
    const found = problems.map((problem) => placeProblem(problem, source, chunk.offset));
    const { prefix, text, offset } = chunk;
    const isDoubt = ({ code }: Finding): boolean => composed !== undefined && harmless.includes(code);
    findings.push(...found.filter((one) => !isDoubt(one)));
    const content = composed && { ...composed, doubts: found.filter(isDoubt) };
    return { source, prefix, text, offset, ...(content ? { content } : {}) };
  });
  return { manifests, findings };
}

/** A problem's offset counts from its document's text, a finding's position from the file's. */
function placeProblem({ offset, ...problem }: ChunkProblem, source: Source, base: number): Finding {
  return { ...problem, severity: 'error', position: positionAt(source, base + offset) } as Finding;
}

type ChunkProblem =
  | Problem
  | {
      readonly code: 'HELM_TEMPLATE' | 'YAML_DIRECTIVE' | 'YAML_DOCUMENT_END' | 'YAML_CONTENT_ON_MARKER';
      readonly offset: number;
      readonly facts: Record<string, never>;
    };

type Composed = Omit<Content, 'doubts'>;

function readChunk(chunk: Chunk, limits: ReadLimits): { composed?: Composed; problems: readonly ChunkProblem[] } {
  const named = rayApiVersion.test(chunk.text);
  if (!named && !mayHide(chunk.text)) return { problems: [] };
  const composition = compose(chunk.text, chunk.offset, limits);
  if (composition.places === undefined) {
    // What no reader takes for YAML is no Ray object either; where the text speaks of Ray, its author must hear of it.
    return { problems: named ? orTemplate(chunk, composition) : [] };
  }
  const mayBeHidden = named && composition.problems.some(({ code }) => !harmless.includes(code));
  if (!holdsRayObject(composition.value) && !mayBeHidden) return { problems: [] };
  const problems = [...markerProblems(chunk), ...orTemplate(chunk, composition)];
  return { composed: { value: composition.value, places: composition.places }, problems };
}

const mayHide = (text: string): boolean =>
  (text.includes('"') && hidingEscape.test(text)) || (text.includes('!') && text.includes('binary'));

/** `{{ x }}` is a map as key to a YAML reader: where there is a problem and a template, the template is the problem. */
function orTemplate(chunk: Chunk, composition: Composition): readonly ChunkProblem[] {
  const template = templateSource.exec(chunk.text);
  if (composition.problems.length === 0 || template === null) return composition.problems;
  return [{ code: 'HELM_TEMPLATE', offset: template.index, facts: {} }];
}

function markerProblems(chunk: Chunk): ChunkProblem[] {
  const problems: ChunkProblem[] = [];
  if (/^%/m.test(chunk.prefix)) problems.push({ code: 'YAML_DIRECTIVE', offset: 0, facts: {} });
  if (chunk.unmarked) problems.push({ code: 'YAML_DOCUMENT_END', offset: 0, facts: {} });
  if (chunk.inline) problems.push({ code: 'YAML_CONTENT_ON_MARKER', offset: 0, facts: {} });
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
