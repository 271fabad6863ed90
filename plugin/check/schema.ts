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
import { findLonger, guesses, suggestName } from './suggest-name.ts';
import type { Problem, Validate } from './validator.ts';

/** Reports every place of a resource that its schema refuses, each once. */
export function checkSchema(resource: Resource, validate: Validate, report: Report): void {
  const { body } = resource;
  const placed = foldProblems(validate(body), body);
  reportUnknown(placed, validate, report);
  const strays = findStrays(placed, body);
  for (const { problem, path } of placed) {
    if (problem.keyword === 'required') reportMissing(resource, path, strays, report);
    else if (problem.keyword !== 'known') reportProblem(problem, resource, path, report);
  }
}

/** Where fields stand that a schema does not know, and what lies in them, by name: one that is missing elsewhere may be meant. */
function findStrays(placed: readonly PlacedProblem[], body: unknown): ReadonlyMap<string, FieldPath> {
  const strays = new Map<string, FieldPath>();
  const add = (path: FieldPath): void => {
    const name = String(path.at(-1));
    if (!strays.has(name)) strays.set(name, path);
  };
  const unknown = placed.filter(({ problem }) => problem.keyword === 'known').map(({ path }) => path);
  unknown.forEach(add);
  for (const path of unknown) addBelow(valueAt(body, path), path, add);
  return strays;
}

/** A list is left out, for its items are many; a name stands everywhere, and says nothing. */
function addBelow(value: unknown, path: FieldPath, add: (path: FieldPath) => void): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const [key, child] of Object.entries(value)) {
    if (key !== 'name') add([...path, key]);
    addBelow(child, [...path, key], add);
  }
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

function reportUnknown(placed: readonly PlacedProblem[], validate: Validate, report: Report): void {
  let count = 0;
  for (const { problem, path } of placed) {
    if (problem.keyword !== 'known') continue;
    const { name, known } = problem.params;
    const nearest = ++count > guesses ? undefined : suggestName(name, known);
    // Within our own fields a name of another field of Kubernetes is a coincidence.
    const own = findOwn(path);
    const places = findPlaces(placesOf(validate), name, path.slice(0, -1), path.slice(0, own + 1));
    const meant = nearest ?? (places.length === 0 && count <= guesses ? findLonger(name, known) : undefined);
    const facts = { name, ...(meant !== undefined && { nearest: meant }), places, known };
    report('SCHEMA_UNKNOWN_FIELD', path, { ...facts, ...(own !== -1 && { isOwn: true }) }, 'key');
  }
}

/** Which step of a path is a field of ours; -1 where none is. */
const findOwn = (path: FieldPath): number => path.findIndex((step) => securityFields.includes(String(step)));

const indexes = new WeakMap<Validate, PlaceIndex>();

/** Made once for each schema, and only where a field is unknown. */
function placesOf(validate: Validate): PlaceIndex {
  const known = indexes.get(validate);
  if (known !== undefined) return known;
  const made = indexPlaces(JSON.parse(validate.fields ?? '{}') as FieldTable);
  indexes.set(validate, made);
  return made;
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
      report('SCHEMA_TYPE', path, {
        ...ownFieldOf(path),
        expected: [problem.params.type],
        found: describe(resource, path),
      });
      break;
    case 'types':
      report('SCHEMA_TYPE', path, {
        ...ownFieldOf(path),
        expected: problem.params.types,
        found: describe(resource, path),
      });
      break;
    case 'const':
      report('SCHEMA_NOT_ALLOWED', path, nearestFirst(describe(resource, path), value, [problem.params.allowedValue]));
      break;
    case 'allowed':
      report('SCHEMA_NOT_ALLOWED', path, nearestFirst(describe(resource, path), value, problem.params.allowed));
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

/** The name of a field of ours or within one, of an item of a list that of the list with `[]`. */
function ownFieldOf(path: FieldPath): { ownField?: string } {
  if (findOwn(path) === -1) return {};
  const [outer, last] = path.slice(-2);
  return { ownField: typeof last === 'number' ? `${outer}[]` : String(last) };
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

// A text is repeated only where it is nearly an allowed one: any other could be anything.
function nearestFirst(
  found: FoundValue,
  value: unknown,
  allowed: readonly unknown[],
): { given?: string; readAs?: string; allowed: string[]; nearest?: string } {
  const names = allowed.filter((one) => one !== null).map(String);
  if (typeof value === 'string') {
    const nearest = suggestName(value, names);
    // Without a near one the order of the schema is the better one.
    return nearest === undefined
      ? { allowed: dropSpellings(names) }
      : { given: value, nearest, allowed: dropSpellings(sortByNearness(value, names)) };
  }
  if (found.value === undefined) return { allowed: dropSpellings(names) };
  const [readAs, given = readAs] = [String(found.value), found.written];
  return { given, ...(given !== readAs && { readAs }), allowed: dropSpellings(names) };
}

/** Of names that differ in case alone the first: ours, or KubeRay's where that was meant. */
const dropSpellings = (names: readonly string[]): string[] =>
  names.filter((name, index) => names.findIndex((one) => one.toLowerCase() === name.toLowerCase()) === index);
