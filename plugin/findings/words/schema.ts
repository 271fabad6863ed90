// The words of findings about what the schema of a kind refuses. The content of a text is never repeated, save a value that
// stands where a name from a list is expected and nearly is one.
import { error } from '../words.ts';

/** What stands where a schema wants something else; `looksLike` for a text that would be one without its quotes. */
export interface FoundValue {
  readonly is: 'null' | 'boolean' | 'number' | 'text' | 'list' | 'map';
  readonly value?: number | boolean;
  readonly looksLike?: 'number' | 'boolean';
}

export const schemaWords = {
  SCHEMA_UNKNOWN_FIELD: error(
    (f: { name: string; nearest?: string; places: readonly string[]; known: readonly string[] }) => [
      `there is no field ${f.name} here`,
      mendName(f),
    ],
  ),
  SCHEMA_MISSING_FIELD: error((f: { name: string; parent: string; elsewhere?: string }) => [
    `the field ${f.name} is missing`,
    f.elsewhere === undefined
      ? `add it below ${f.parent}: it is required there`
      : `move it below ${f.parent}: it stands at ${f.elsewhere}`,
  ]),
  SCHEMA_TYPE: error((f: { expected: readonly string[]; found: FoundValue }) => [
    `this must be ${typeNames(f.expected)}, and it is ${sayFound(f.found)}`,
    mendType(f.expected, f.found),
  ]),
  SCHEMA_NOT_ALLOWED: error((f: { given?: string; allowed: readonly string[]; nearest?: string }) => [
    `${f.given ?? 'this value'} is not allowed here`,
    f.nearest === undefined
      ? `write ${sayAllowed(f.allowed)}`
      : `did you mean ${f.nearest}? Allowed: ${f.allowed.map(sayValue).join(', ')}`,
  ]),
  SCHEMA_FORM: error((f: { pattern: string }) => {
    const form = forms.find(({ part }) => f.pattern.includes(part));
    return form === undefined
      ? ['this text has not the form that is expected', `write it so that it matches ${f.pattern}`]
      : [`this is not ${form.name}`, `write it as ${form.example}`];
  }),
  SCHEMA_RANGE: error((f: { value: number; limit: number; bound: 'at least' | 'at most' }) => [
    `${f.value} is too ${f.bound === 'at least' ? 'small' : 'large'}`,
    `give a number of ${f.bound} ${f.limit}`,
  ]),
  ISSUER_VENAFI: error((f: { given: readonly string[]; allowed: readonly string[] }) => [
    `venafi has ${f.given.length === 0 ? `none of ${f.allowed.join(', ')}` : f.given.join(' and ')}, and cert-manager takes exactly one of them`,
    'give it the one that is meant',
  ]),
  SCHEMA_LENGTH: error((f: { of: 'characters' | 'items' | 'fields'; limit: number; bound: 'at least' | 'at most' }) => [
    f.bound === 'at least' && f.limit === 1 ? 'this is empty' : `this has too ${manyOrFew(f.bound)} ${f.of}`,
    `give ${f.bound} ${f.limit} ${f.limit === 1 ? f.of.slice(0, -1) : f.of}`,
  ]),
};

const manyOrFew = (bound: 'at least' | 'at most'): string => (bound === 'at least' ? 'few' : 'many');

const orList = (names: readonly string[]): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

function mendName(f: { nearest?: string; places: readonly string[]; known: readonly string[] }): string {
  if (f.nearest !== undefined) return `did you mean ${f.nearest}?`;
  if (f.places.length > 0) return `${orList(f.places)} has a field of this name: move it, or remove it`;
  if (f.known.length > 0 && f.known.length <= 12)
    return `remove it, or use a version that has it; the fields here are: ${f.known.join(', ')}`;
  return 'remove it, or check its spelling and the version that it needs';
}

const typeWords: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  integer: 'a whole number',
  null: 'empty',
  number: 'a number',
  object: 'a map of fields',
  string: 'text',
};

const typeNames = (types: readonly string[]): string =>
  orList(types.filter((type) => type !== 'null').map((type) => typeWords[type] ?? type));

function sayFound({ is, value }: FoundValue): string {
  if (is === 'null') return 'empty (null)';
  if (is === 'boolean' || is === 'number') return `the ${is} ${value}`;
  return is === 'text' ? 'text' : `a ${is}`;
}

function mendType(expected: readonly string[], { is, value, looksLike }: FoundValue): string {
  if (is === 'null') return 'give it a value, or remove the line';
  if (expected.includes('string') && (is === 'number' || is === 'boolean')) {
    return `put it in quotes: ${sayTrap(is, value)}`;
  }
  if (looksLike === 'boolean' && expected.includes('boolean')) return 'remove the quotes';
  if (looksLike === 'number' && (expected.includes('integer') || expected.includes('number')))
    return 'remove the quotes';
  if (expected.includes('array')) return 'write each item on a line of its own, after a dash and a blank';
  if (expected.includes('object')) {
    return is === 'list'
      ? 'remove the dash: one map stands here, not several'
      : 'write its fields as lines of name: value below it';
  }
  return `give ${typeNames(expected)}`;
}

/** What YAML makes of a plain scalar, of which the reader sees only what came out. */
function sayTrap(is: 'number' | 'boolean', value: FoundValue['value']): string {
  if (is === 'boolean') return 'without them YAML reads yes, no, on and off as a boolean too';
  return Number.isInteger(value)
    ? 'YAML reads it as a number without them'
    : 'without them YAML reads a number, and 2.10 becomes 2.1';
}

const sayValue = (value: string): string => (value === '' ? '""' : value);

const sayAllowed = (allowed: readonly string[]): string =>
  `${allowed.length > 1 ? 'one of ' : ''}${allowed.map(sayValue).join(', ')}`;

// Known by a part that no other pattern of the schemas has.
const forms: readonly { readonly part: string; readonly name: string; readonly example: string }[] = [
  { part: '[KMGTPE]i', name: 'a quantity', example: '500m, 2 or 8Gi' },
  { part: '/([0-9]|[12][0-9]|3[0-2])', name: 'a range of addresses', example: '10.0.0.0/8 or fd00::/8' },
  { part: '[A-Za-z0-9+/]{4}', name: 'base64 (RFC 4648, padded with =)', example: 'base64 -w0 prints it' },
  { part: 'date-time', name: 'a time (RFC 3339)', example: '2026-01-31T12:00:00Z' },
  { part: '(s|m|h)', name: 'a duration', example: '30s or 1h30m' },
];
