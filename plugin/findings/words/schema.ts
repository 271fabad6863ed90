// The words of findings about what the schema of a kind refuses. The content of a text is never repeated, save a value that
// stands where a name from a list is expected and nearly is one.
import { error } from '../words.ts';
import { type FoundValue, mendType, orList, sayType } from './schema-type.ts';

export const schemaWords = {
  SCHEMA_UNKNOWN_FIELD: error(
    (f: { name: string; nearest?: string; places: readonly string[]; known: readonly string[]; isOwn?: true }) => [
      `there is no field ${f.name} here`,
      mendName(f),
    ],
  ),
  SCHEMA_MISSING_FIELD: error((f: { name: string; parent: string; elsewhere?: string; isEmpty?: true }) => [
    f.isEmpty ? `the field ${f.name} is required and has no value (null)` : `the field ${f.name} is missing`,
    mendMissing(f),
  ]),
  SCHEMA_TYPE: error((f: { expected: readonly string[]; found: FoundValue; ownField?: string }) => [
    sayType(f.expected, f.found),
    mendType(f.expected, f.found, f.ownField),
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
  ISSUER_VENAFI: error((f: { given: readonly string[]; allowed: readonly string[] }) => [
    `venafi has ${f.given.length === 0 ? `none of ${f.allowed.join(', ')}` : f.given.join(' and ')}, and cert-manager takes exactly one of them`,
    'give it the one that is meant',
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

interface UnknownName {
  readonly nearest?: string;
  readonly places: readonly string[];
  readonly known: readonly string[];
  /** Within fields of ours, which are the same with every KubeRay. */
  readonly isOwn?: true;
}

function mendName({ nearest, places, known, isOwn }: UnknownName): string {
  if (nearest !== undefined) return `did you mean ${nearest}?`;
  if (places.length > 0) return `it belongs under ${orList(places)}: move it there, or remove it`;
  if (known.includes('matchLabels')) return 'if it is a label, move it under matchLabels; else remove it';
  if (known.length === 0 || known.length > 12) return 'remove it, or check its spelling and the version that it needs';
  return `write one of ${known.join(', ')}, or remove it${isOwn ? '' : ', or set kuberayVersion to a version that has it'}`;
}

const sayValue = (value: string): string => (value === '' ? '""' : value);

const sayAllowed = (allowed: readonly string[]): string =>
  `${allowed.length > 1 ? 'one of ' : ''}${allowed.map(sayValue).join(', ')}`;

// Known by a part that no other pattern of the schemas has.
const forms: readonly { readonly part: string; readonly name: string; readonly example: string }[] = [
  {
    part: '[KMGTPE]i',
    name: 'a quantity (a number, perhaps with m, k, M, G, T, Ki, Mi, Gi or Ti; GB and MB are no units)',
    example: '500m, 2 or 8Gi',
  },
  { part: '/([0-9]|[12][0-9]|3[0-2])', name: 'a range of addresses', example: '10.0.0.0/8 or fd00::/8' },
  { part: '[A-Za-z0-9+/]{4}', name: 'base64 (RFC 4648, padded with =)', example: 'base64 -w0 prints it' },
  { part: 'date-time', name: 'a time (RFC 3339)', example: '2026-01-31T12:00:00Z' },
  { part: '(s|m|h)', name: 'a duration', example: '30s or 1h30m' },
];
