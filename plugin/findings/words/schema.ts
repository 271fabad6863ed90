// The words of findings about what the schema of a kind refuses. The content of a text is never repeated, save a value that
// stands where a name from a list is expected and nearly is one.
import { error } from '../words.ts';
import { type FoundValue, mendType, orList, sayType } from './schema-type.ts';

export const schemaWords = {
  SCHEMA_UNKNOWN_FIELD: error(
    (f: { name: string; nearest?: string; places: readonly string[]; known: readonly string[] }) => [
      `there is no field ${f.name} here`,
      mendName(f),
    ],
  ),
  SCHEMA_MISSING_FIELD: error((f: { name: string; parent: string; elsewhere?: string; isEmpty?: true }) => [
    f.isEmpty ? `the field ${f.name} is required and has no value (null)` : `the field ${f.name} is missing`,
    mendMissing(f),
  ]),
  SCHEMA_TYPE: error((f: { expected: readonly string[]; found: FoundValue }) => [
    sayType(f.expected, f.found),
    mendType(f.expected, f.found),
  ]),
  SCHEMA_NOT_ALLOWED: error((f: { given?: string; readAs?: string; allowed: readonly string[]; nearest?: string }) => [
    `${f.given ?? 'this value'}${f.readAs === undefined ? '' : `, which YAML reads as ${f.readAs},`} is not allowed here`,
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
  SCHEMA_LENGTH: error((f: { of: 'characters' | 'items' | 'fields'; limit: number; bound: 'at least' | 'at most' }) => [
    f.bound === 'at least' && f.limit === 1 ? 'this is empty' : `this has too ${manyOrFew(f.bound)} ${f.of}`,
    `give ${f.bound} ${f.limit} ${f.limit === 1 ? f.of.slice(0, -1) : f.of}`,
  ]),
};

function mendMissing(f: { parent: string; elsewhere?: string; isEmpty?: true }): string {
  if (f.elsewhere !== undefined) return `move it below ${f.parent}: it stands at ${f.elsewhere}`;
  return f.isEmpty
    ? 'write its value after the colon, or its fields below it, indented more than its name'
    : `add it below ${f.parent}: it is required there`;
}

const manyOrFew = (bound: 'at least' | 'at most'): string => (bound === 'at least' ? 'few' : 'many');

function mendName(f: { nearest?: string; places: readonly string[]; known: readonly string[] }): string {
  if (f.nearest !== undefined) return `did you mean ${f.nearest}?`;
  if (f.places.length > 0) return `it belongs under ${orList(f.places)}: move it there, or remove it`;
  if (f.known.length > 0 && f.known.length <= 12)
    return `remove it, or use a version that has it; the fields here are: ${f.known.join(', ')}`;
  return 'remove it, or check its spelling and the version that it needs';
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
