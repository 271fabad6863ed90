// Turns what a compiled schema has against an object into findings that say what is wrong and how to mend it.
import type { FieldPath, Report } from '../findings/finding.ts';
import { sortByNearness } from '../findings/nearest.ts';
import { printPath } from '../findings/print-text.ts';
import type { FoundValue } from '../findings/words/schema-type.ts';
import { valueAt } from '../manifests/edit.ts';
import type { Resource } from '../manifests/manifest.ts';
import { wordAt } from '../manifests/written.ts';
import { securityFields } from '../ray/fields.ts';
import { type FieldTable, findPlaces, indexPlaces, type PlaceIndex } from './field-places.ts';
import { foldProblems, type PlacedProblem } from './fold-problems.ts';
import { guesses, suggestName } from './suggest-name.ts';
import type { Problem, Validate } from './validator.ts';

/** Reports every place of a resource that its schema refuses, each once. */
export function checkSchema(resource: Resource, validate: Validate, report: Report): void {
  const { body } = resource;
  const placed = foldProblems(validate(body), body);
  reportUnknown(placed, validate, report);
  const strays = findStrays(placed);
  for (const { problem, path } of placed) {
    if (problem.keyword === 'required') reportMissing(resource, path, strays, report);
    else if (problem.keyword !== 'known') reportProblem(problem, resource, path, report);
  }
}

/** Where unknown fields stand, by name: one that is missing elsewhere may be meant. */
function findStrays(placed: readonly PlacedProblem[]): ReadonlyMap<string, FieldPath> {
  const unknown = placed.filter(({ problem }) => problem.keyword === 'known');
  return new Map(unknown.map(({ path }) => [String(path.at(-1)), path]));
}

function reportMissing(
  { manifest, path: root }: Resource,
  path: FieldPath,
  strays: ReadonlyMap<string, FieldPath>,
  report: Report,
): void {
  const name = String(path.at(-1));
  const parent = printPath(path.slice(0, -1)) || 'the root';
  const stray = strays.get(name);
  // The value that is judged has no nulls any more: for the API server they are not there.
  const isEmpty = valueAt(manifest.content?.value, [...root, ...path]) === null;
  const found = stray === undefined ? { ...(isEmpty && { isEmpty }) } : { elsewhere: printPath(stray) };
  report('SCHEMA_MISSING_FIELD', path, { name, parent, ...found }, 'key');
}

function reportUnknown(placed: readonly PlacedProblem[], { fields = '{}' }: Validate, report: Report): void {
  let index: PlaceIndex | undefined;
  let count = 0;
  for (const { problem, path } of placed) {
    if (problem.keyword !== 'known') continue;
    const { name, known } = problem.params;
    index ??= indexPlaces(JSON.parse(fields) as FieldTable);
    const nearest = ++count > guesses ? undefined : suggestName(name, known);
    // Within our own fields a name of another field of Kubernetes is a coincidence.
    const isOwn = path.some((step) => securityFields.includes(String(step)));
    const places = isOwn ? [] : findPlaces(index, name, path.slice(0, -1));
    report('SCHEMA_UNKNOWN_FIELD', path, { name, ...(nearest !== undefined && { nearest }), places, known }, 'key');
  }
}

function reportProblem(
  problem: Exclude<Problem, { keyword: 'known' | 'required' }>,
  resource: Resource,
  path: FieldPath,
  report: Report,
): void {
  const value = valueAt(resource.body, path);
  switch (problem.keyword) {
    case 'type':
      report('SCHEMA_TYPE', path, { expected: [problem.params.type], found: describe(resource, path) });
      break;
    case 'types':
      report('SCHEMA_TYPE', path, { expected: problem.params.types, found: describe(resource, path) });
      break;
    case 'const':
      report('SCHEMA_NOT_ALLOWED', path, nearestFirst(value, [problem.params.allowedValue]));
      break;
    case 'allowed':
      report('SCHEMA_NOT_ALLOWED', path, nearestFirst(value, problem.params.allowed));
      break;
    case 'pattern':
      report('SCHEMA_FORM', path, { pattern: problem.params.pattern });
      break;
    case 'format':
      report('SCHEMA_FORM', path, { pattern: problem.params.format });
      break;
    case 'minimum':
    case 'maximum':
      report('SCHEMA_RANGE', path, { value: Number(value), ...limitOf(problem) });
      break;
    default:
      report('SCHEMA_LENGTH', path, { of: countedBy[problem.keyword], ...limitOf(problem) });
  }
}

type Bounded = Extract<Problem, { params: { readonly limit: number } }>;

const countedBy = {
  minItems: 'items',
  maxItems: 'items',
  minLength: 'characters',
  maxLength: 'characters',
  minProperties: 'fields',
  maxProperties: 'fields',
} as const;

function limitOf({ keyword, params }: Bounded): { limit: number; bound: 'at least' | 'at most' } {
  return { limit: params.limit, bound: keyword.startsWith('min') ? 'at least' : 'at most' };
}

/** What stands at a place of the wrong type. */
function describe({ manifest, path: root, body }: Resource, path: FieldPath): FoundValue {
  const value = valueAt(body, path);
  if (typeof value === 'string') return describeText(value);
  if (typeof value === 'object' && value !== null) return { is: Array.isArray(value) ? 'list' : 'map' };
  // What is generated stands nowhere.
  const isGiven = valueAt(manifest.content?.value, [...root, ...path]) === value;
  const written = isGiven ? wordAt(manifest, [...root, ...path]) : undefined;
  const found = written === undefined ? {} : { written };
  if (typeof value === 'number') return { is: 'number', value, ...found };
  if (typeof value === 'boolean') return { is: 'boolean', value, ...found };
  return { is: 'null', ...found };
}

function describeText(text: string): FoundValue {
  if (/^(true|false|yes|no|on|off)$/i.test(text)) return { is: 'text', looksLike: 'boolean' };
  if (/^-?\d+(\.\d+)?$/.test(text)) return { is: 'text', looksLike: 'number' };
  const meant = suggestName(text, ['true', 'false']);
  return { is: 'text', ...(meant !== undefined && { meant: meant as 'true' | 'false' }) };
}

// A value is repeated only where it is nearly an allowed one: any other text could be anything.
function nearestFirst(
  value: unknown,
  allowed: readonly unknown[],
): { given?: string; allowed: string[]; nearest?: string } {
  const names = allowed.filter((one) => one !== null).map(String);
  if (typeof value !== 'string') return { ...(value !== null && { given: String(value) }), allowed: names };
  const nearest = suggestName(value, names);
  return { ...(nearest !== undefined && { given: value, nearest }), allowed: sortByNearness(value, names) };
}
