// Inputs that somebody would write to bring a reader of YAML down, each with what must come of it: the code that refuses it, or
// nothing where it is merely large. What is large has 20,000 keys, 100,000 aliases or levels, or 10 MB.
import { canary } from '../fuzz/judge.ts';

const metadata = 'apiVersion: ray.io/v1\nkind: RayCluster\nmetadata:\n  name: a\n  namespace: ml\n';
const template = `    template:
      spec:
        containers:
          - name: ray-head
            image: rayproject/ray:2.52.0
            env: [{name: SECRET, value: ${canary}}]
`;
const spec = (params = '{}'): string =>
  `spec:\n  networkIsolation: {mode: denyAllIngress}\n  headGroupSpec:\n    rayStartParams: ${params}\n${template}`;
const cluster = metadata + spec();
const withAnnotations = (annotations: string): string => `${metadata}  annotations:${annotations}\n${spec()}`;
const rows = (count: number, row: (index: number) => string): string =>
  Array.from({ length: count }, (_, at) => row(at)).join('');

/** `levels` lists of which each names the one before `width` times. */
const bomb = (levels: number, width: number): string =>
  rows(
    levels,
    (at) =>
      `x${at}: &a${at} [${Array(width)
        .fill(at === 0 ? 'lol' : `*a${at - 1}`)
        .join(',')}]\n`,
  );
const mergeChain = (length: number): string =>
  rows(length, (at) => `m${at}: &m${at}\n${at === 0 ? '' : `  <<: *m${at - 1}\n`}  k${at}: 1\n`);
const blockMaps = (depth: number): string =>
  `x:\n${rows(depth, (at) => `${' '.repeat(at + 1)}a:\n`)}${' '.repeat(depth + 1)}b: 1\n`;
const group = (at: number): string => `    - {bad${at}: 1, groupName: g${at}}\n`;

export interface HostileInput {
  readonly bytes: () => string | Uint8Array;
  /** What refuses it; undefined where it is taken. */
  readonly code?: string;
}

const refused = (code: string, bytes: HostileInput['bytes']): HostileInput => ({ code, bytes });
const taken = (bytes: HostileInput['bytes']): HostileInput => ({ bytes });

export const hostileInputs: Readonly<Record<string, HostileInput>> = {
  'an alias bomb of nine levels': refused('TOO_MANY_ALIASES', () => bomb(9, 9) + cluster),
  'an alias bomb of four levels': refused('TOO_MANY_ALIASES', () => bomb(4, 30) + cluster),
  '200 aliases side by side': taken(
    () => `${metadata}  annotations:\n    a: &a lol\n${rows(200, (at) => `    k${at}: *a\n`)}${spec()}`,
  ),
  '100,000 aliases of one scalar': refused(
    'TOO_MANY_ALIASES',
    () => `x: &a lol\ny: [${'*a,'.repeat(99_000)}]\n${cluster}`,
  ),
  'a merge chain of 2,000': refused('TOO_MANY_ALIASES', () => mergeChain(2000) + cluster),
  'one map merged 900 times': refused(
    'TOO_MANY_ALIASES',
    () => `m: &m {${rows(1000, (at) => `k${at}: 1, `)}}\nn: {<<: [${'*m,'.repeat(900)}]}\n${cluster}`,
  ),
  'an alias inside its own anchor': refused('YAML_ALIAS', () => `x: &a [*a]\n${cluster}`),
  'a merge of itself': refused('YAML_ALIAS', () => `x: &a {<<: *a}\n${cluster}`),
  'an alias of another document': refused('YAML_ALIAS', () => `x: &a 1\n---\ny: *a\n${cluster}`),
  '20,000 keys': taken(() => withAnnotations(rows(20_000, (at) => `\n    k${at}: v`))),
  '20,000 keys that only the parser reads': taken(() =>
    withAnnotations(` &x${rows(20_000, (at) => `\n    "k\\x41${at}": v`)}`),
  ),
  '20,000 keys that no schema knows': refused(
    'SCHEMA_UNKNOWN_FIELD',
    () => cluster + rows(20_000, (at) => `  k${at}: 1\n`),
  ),
  '20,000 keys near to ours': refused(
    'FIELD_MISSPELT',
    () =>
      cluster +
      rows(20_000, (at) => `  tlsOption${at % 100}: {a${at}: 1}\n`).replaceAll(
        /^ {2}tlsOption(\d+): .*\n(?=[\s\S]*^ {2}tlsOption\1: )/gm,
        '',
      ),
  ),
  '20,000 times one key': refused('YAML_DUPLICATE_KEY', () => withAnnotations('\n    k: v'.repeat(20_000))),
  '20,000 maps as keys': refused('YAML_KEY', () =>
    withAnnotations(rows(20_000, (at) => `\n    ? {a: ${at}}\n    : v`)),
  ),
  '200,000 keys': refused('TOO_MANY_KEYS', () => withAnnotations(rows(200_000, (at) => `\n    k${at}: v`))),
  'half a million entries in brackets': refused('TOO_MANY_KEYS', () => `x: [${'1,'.repeat(500_000)}]\n${cluster}`),
  '100,000 anchors': refused('TOO_MANY_KEYS', () => rows(100_000, (at) => `a${at}: &a${at} 1\n`) + cluster),
  '10,000 groups with two mistakes each': refused(
    'SCHEMA_UNKNOWN_FIELD',
    () => `${cluster}  workerGroupSpecs:\n${rows(10_000, group)}`,
  ),
  '3,000 objects in a List': taken(
    () =>
      `apiVersion: v1\nkind: List\nitems:\n${rows(3000, (at) => cluster.replace('name: a', `name: a${at}`).replaceAll(/^/gm, '    ').replace('    ', '  - ').trimEnd().concat('\n'))}`,
  ),
  'brackets 100,000 deep': refused('YAML_SYNTAX', () => `x: ${'['.repeat(100_000)}${']'.repeat(100_000)}\n${cluster}`),
  'brackets 100,000 deep and never closed': refused('YAML_SYNTAX', () => `x: ${'['.repeat(100_000)}\n${cluster}`),
  'braces 500 deep': refused('TOO_DEEP', () => `x: ${'{a: '.repeat(500)}1${'}'.repeat(500)}\n${cluster}`),
  'dashes 90,000 deep': refused('TOO_DEEP', () => `x:\n  ${'- '.repeat(90_000)}1\n${cluster}`),
  'question marks 100,000 deep': refused('TOO_DEEP', () => `x:\n  ${'? '.repeat(100_000)}1\n${cluster}`),
  'blocks 2,000 deep': refused('TOO_DEEP', () => blockMaps(2000) + cluster),
  'a text of 10 MB in quotes': taken(() => withAnnotations(` {a: "${'x'.repeat(1e7)}"}`)),
  'a text of 10 MB without quotes': taken(() => withAnnotations(` {a: ${'x'.repeat(1e7)}}`)),
  'a text of 10 MB in a block': taken(() =>
    withAnnotations(`\n    a: |\n${'      xxxxxxxxx\n'.repeat(6e5)}`.trimEnd()),
  ),
  'a key of a megabyte': refused('SCHEMA_TYPE', () => withAnnotations(`\n    ${'k'.repeat(1e6)}: 1`)),
  'a name of a megabyte': refused('NAME_TOO_LONG', () => cluster.replace('name: a', `name: ${'a'.repeat(1e6)}`)),
  'ten million bytes of comments': taken(() => '# x\n'.repeat(2.5e6) + cluster),
  'five million empty lines': taken(() => '\n'.repeat(5e6) + cluster),
  'a tag said 100,000 times': refused('YAML_SYNTAX', () => `x: ${'!a '.repeat(100_000)}1\n${cluster}`),
  '100,001 quotes': refused('YAML_SYNTAX', () => `${'"'.repeat(100_001)}\n${cluster}`),
  '__proto__ as a key': refused('YAML_KEY', () => `__proto__: {polluted: yes}\n${cluster}`),
  '__proto__ within': refused('YAML_KEY', () => withAnnotations(' {__proto__: {polluted: "yes"}}')),
  '__proto__ in JSON': refused(
    'YAML_KEY',
    () => `{"__proto__": {"polluted": 1}, "apiVersion": "ray.io/v1", "kind": "RayCluster", "spec": {"tlsOptions": {}}}`,
  ),
  'constructor and prototype as keys': refused(
    'YAML_KEY',
    () => `constructor: {prototype: {polluted: yes}}\n${cluster}`,
  ),
  '__proto__ merged': refused('YAML_KEY', () => `x: &x {__proto__: {polluted: yes}}\ny: {<<: *x}\n${cluster}`),
  'a tag of another language': refused('YAML_TAG', () => withAnnotations(' {a: !!js/function "() => 1"}')),
  '%YAML 1.1': refused('YAML_DIRECTIVE', () => `%YAML 1.1\n---\n${cluster}`),
  '%YAML 3.0': refused('YAML_DIRECTIVE', () => `%YAML 3.0\n---\n${cluster}`),
  'three dots before a document': refused('YAML_DOCUMENT_END', () => `kind: A\n...\n${cluster}`),
  '100,000 times three dots': refused('YAML_DOCUMENT_END', () => '...\n'.repeat(100_000) + cluster),
  '60,000 documents': refused('TOO_MANY_DOCUMENTS', () => '---\n'.repeat(60_000) + cluster),
  'content on the separator': refused(
    'YAML_CONTENT_ON_MARKER',
    () => `--- {a: 1}\n--- ${cluster.replaceAll('\n', '\n ')}`,
  ),
  'a byte order mark before indentation': refused('YAML_LINE_BREAK', () => `kind: A\n---\n\ufeff ${cluster}`),
  'a tab as indentation': refused('YAML_SYNTAX', () => cluster.replace('  headGroupSpec', '\theadGroupSpec')),
  'a lone carriage return': refused('YAML_LINE_BREAK', () => `# x\r${cluster}`),
  NUL: refused('INPUT_CONTROL_CHARACTER', () => cluster.replace('name: a', 'name: a\0')),
  'half a character': refused('INPUT_NOT_UTF8', () => Buffer.concat([Buffer.from(cluster), Buffer.from([0xc3])])),
  'a byte that is no UTF-8': refused('INPUT_NOT_UTF8', () =>
    Buffer.concat([Buffer.from(cluster), Buffer.from([0xff, 0x0a])]),
  ),
  'UTF-16': refused('INPUT_NOT_UTF8', () => Buffer.from(`\ufeff${cluster}`, 'utf16le')),
  'half of a surrogate pair': refused('YAML_CHARACTER', () => withAnnotations(' {a: "\\ud800"}')),
  'a number of a million digits': refused('YAML_NUMBER', () => withAnnotations(` {a: [${'9'.repeat(1e6)}]}`)),
  'a template': refused('HELM_TEMPLATE', () => '{{ if }}\n'.repeat(10_000) + cluster),
  null: refused('DOCUMENT_WITHOUT_KIND', () => `- null\n---\n${cluster}`),
};
