// How a value of the wrong type is told: what is expected, what was found, and where YAML makes something else of a word than its
// author meant, both. Numbers and booleans are repeated as they are written; the content of a text never is.

/** What stands where a schema wants something else. */
export interface FoundValue {
  readonly is: 'null' | 'boolean' | 'number' | 'text' | 'list' | 'map';
  readonly value?: number | boolean;
  /** As it stands in the file, without quotes: `2.10`, `yes`, `~`; empty where nothing stands there. */
  readonly written?: string;
  /** Of a text that would be one without its quotes. */
  readonly looksLike?: 'number' | 'boolean';
  /** Of a text that is nearly one of these words. */
  readonly meant?: 'true' | 'false';
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

export const orList = (names: readonly string[]): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

const typeNames = (types: readonly string[]): string =>
  orList(types.filter((type) => type !== 'null').map((type) => typeWords[type] ?? type));

/** What is wrong. */
export function sayType(expected: readonly string[], found: FoundValue): string {
  const must = `this must be ${typeNames(expected)}`;
  const { is, value, written } = found;
  if (is === 'null')
    return `${must}, and ${written ? `${written} means that there is no value` : 'nothing stands here'}`;
  if (is !== 'boolean' && is !== 'number') return `${must}, and it is ${is === 'text' ? 'text' : `a ${is}`}`;
  return written === undefined || written === String(value)
    ? `${must}, and it is the ${is} ${value}`
    : `${must}, and ${written} is read as the ${is} ${value}${sayBase(written)}`;
}

/** Which rule of YAML 1.1 makes another number of it. */
function sayBase(written: string): string {
  if (/^[-+]?0[oO]?[0-7_]+$/.test(written)) return ' (a leading 0 means octal)';
  return /^[-+]?0[xX]/.test(written) ? ' (0x means hexadecimal)' : '';
}

// Fields of ours, and those beside them, as they are written; the name of a list stands for its items too.
const shapes: Readonly<Record<string, string>> = {
  networkIsolation: 'networkIsolation: {mode: denyAll}',
  networkPolicy: 'networkPolicy: {mode: denyAll}',
  tlsOptions: 'tlsOptions: {} to turn TLS on',
  ingressRules: 'ingressRules: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 8000}]}]',
  egressRules: 'egressRules: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: 443}]}]',
  'ingressRules[]': '- from: [{podSelector: {matchLabels: {app: web}}}]',
  'egressRules[]': '- to: [{ipBlock: {cidr: 10.0.0.0/8}}]',
  from: 'from: [{podSelector: {matchLabels: {app: web}}}]',
  to: 'to: [{ipBlock: {cidr: 10.0.0.0/8}}]',
  'from[]': '- podSelector: {matchLabels: {app: web}}',
  'to[]': '- ipBlock: {cidr: 10.0.0.0/8}',
  ports: 'ports: [{port: 8000}]',
  'ports[]': '- port: 8000',
  podSelector: 'podSelector: {matchLabels: {app: web}}',
  namespaceSelector: 'namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}}',
  ipBlock: 'ipBlock: {cidr: 10.0.0.0/8}',
  workerGroups: 'workerGroups: [{groupName: small, ingressRules: []}]',
  'workerGroups[]': '- groupName: small',
  issuerRef: 'issuerRef: {name: ray-ca, kind: ClusterIssuer}',
  privateKey: 'privateKey: {algorithm: RSA, size: 3072}',
  clients: 'clients: [{name: notebooks}]',
  'clients[]': '- name: notebooks',
  duration: 'duration: 2160h',
  renewBefore: 'renewBefore: 720h',
};

/** What to do about it; `field` is its name, for the items of a list with `[]` behind it. */
export function mendType(expected: readonly string[], found: FoundValue, field = ''): string {
  const shape = Object.hasOwn(shapes, field) ? shapes[field] : undefined;
  if (shape !== undefined) return `write it as in ${shape}`;
  if (found.is === 'null') return mendNothing(expected, found);
  if (expected.includes('string') && found.value !== undefined)
    return `put it in quotes: "${found.written ?? found.value}"`;
  return mendText(expected, found) ?? mendShape(expected, found);
}

const mendNothing = (expected: readonly string[], { written }: FoundValue): string =>
  written && expected.includes('string')
    ? `give it a value, put the word in quotes ("${written}") if it is one, or remove the line`
    : 'give it a value, or remove the line';

function mendText(expected: readonly string[], { looksLike, meant }: FoundValue): string | undefined {
  if (expected.includes('boolean')) {
    if (looksLike === 'boolean') return 'write true or false, without quotes';
    if (meant !== undefined) return `did you mean ${meant}?`;
  }
  const wantsNumber = expected.includes('integer') || expected.includes('number');
  return wantsNumber && looksLike === 'number' ? 'remove the quotes' : undefined;
}

function mendShape(expected: readonly string[], { is }: FoundValue): string {
  if (expected.includes('array')) return 'write each item on a line of its own, after a dash and a blank';
  if (!expected.includes('object')) return `give ${typeNames(expected)}`;
  return is === 'list'
    ? 'remove the dash: one map stands here, not several'
    : 'write its fields as lines of name: value below it, indented more than its name';
}
