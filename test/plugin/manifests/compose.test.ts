import { describe, expect, test } from 'vitest';
import { compose } from '../../../plugin/manifests/compose.ts';

const limits = { maxDepth: 20, maxAliases: 20, maxKeys: 100_000 };
const read = (text: string): unknown => compose(text, 0, limits).value;
const problems = (text: string): [string, number][] =>
  compose(text, 0, limits).problems.map(({ code, offset }) => [code, offset]);

describe('a document is read as Kubernetes reads it', () => {
  test.each([
    ['quotes and blocks are strings', 'a: "on"\nb: \'1\'\nc: |\n  1\n', { a: 'on', b: '1', c: '1\n' }],
    ['a number as key is its text', '8080: x\n0x10: z\n', { 8080: 'x', 16: 'z' }],
    ['an alias repeats its anchor', 'a: &x {k: [1]}\nb: *x\n', { a: { k: [1] }, b: { k: [1] } }],
    ['the last anchor of a name counts', 'a: &x 1\nb: &x 2\nc: *x\n', { a: 1, b: 2, c: 2 }],
    ['a merge brings keys', 'a: &x {k: 1, l: 2}\nb: {<<: *x, l: 3}\n', { a: { k: 1, l: 2 }, b: { k: 1, l: 3 } }],
    [
      'of merged maps the first wins',
      'a: &x {k: 1}\nb: &y {k: 2, l: 2}\nc: {<<: [*x, *y]}\n',
      { a: { k: 1 }, b: { k: 2, l: 2 }, c: { k: 1, l: 2 } },
    ],
    ['an alias may be a key', 'a: &x k\n*x : 1\n&y l: 2\nb: *y\n', { a: 'k', k: 1, l: 2, b: 'l' }],
    ['a tag that changes nothing is taken', 'a: !!str 5\nb: !!map {}\nc: ! 6\n', { a: '5', b: {}, c: '6' }],
    ['a missing value is null', 'a:\nb: ~\n', { a: null, b: null }],
    ['JSON', '{"a": [1, true, null, "x\\u0041"]}', { a: [1, true, null, 'xA'] }],
    ['CRLF', 'a: |\r\n  x\r\n  y\r\nb: 1\r\n', { a: 'x\ny\n', b: 1 }],
  ])('%s', (_, text, value) => {
    expect(compose(text, 0, limits).problems).toEqual([]);
    expect(read(text)).toEqual(value);
  });
});

describe('what readers do not agree on is refused, with its place', () => {
  test.each([
    ['a key given twice', 'a: 1\nb: 2\na: 3\n', 'YAML_DUPLICATE_KEY', 10],
    ['a key given twice in two spellings', 'a: 1\n"a": 3\n', 'YAML_DUPLICATE_KEY', 5],
    ['a boolean as key', 'n: 1\n', 'YAML_KEY', 0],
    ['a map as key', '{a: 1}: 1\n', 'YAML_KEY', 0],
    ['__proto__', '__proto__: {x: 1}\n', 'YAML_KEY', 0],
    ['a merge after a key that it brings', 'a: &x {k: 1}\nb:\n  k: 2\n  <<: *x\n', 'YAML_MERGE_ORDER', 25],
    ['a merge of no map', 'a: {<<: 1}\n', 'YAML_SYNTAX', 4],
    ['base64', 'a: !!binary aGk=\n', 'YAML_TAG', 12],
    ['a tag of an application', 'a: !Ref b\n', 'YAML_TAG', 8],
    ['an alias without an anchor', 'a: *x\n', 'YAML_ALIAS', 3],
    ['an alias within its anchor', 'a: &x [*x]\n', 'YAML_ALIAS', 7],
    ['a number past 2^53', 'a: 9007199254740993\n', 'YAML_NUMBER', 3],
    ['half a surrogate pair', 'a: "\\ud800"\n', 'YAML_CHARACTER', 3],
    ['a tab as indentation', 'a:\n\tb: 1\n', 'YAML_SYNTAX', 3],
    ['a missing quote', 'a: "b\n', 'YAML_SYNTAX', 3],
  ])('%s', (_, text, code, offset) => {
    expect(problems(text)).toContainEqual([code, offset]);
  });

  test('keys of the language are not followed', () => {
    read('__proto__: {polluted: 1}\nconstructor: {prototype: {polluted: 1}}\n');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('nesting beyond the limit, however deep', () => {
    expect(problems(`${'['.repeat(22)}${']'.repeat(22)}`)).toContainEqual(['TOO_DEEP', 21]);
    expect(problems(`${'['.repeat(50_000)}`).length).toBeGreaterThan(0);
  });

  test('aliases beyond the limit, many or large, once', () => {
    const many = `a: &x 1\nb: [${'*x, '.repeat(100)}]\n`;
    expect(problems(many).filter(([code]) => code === 'TOO_MANY_ALIASES')).toHaveLength(1);
    let bomb = 'a0: &a0 [x, x, x, x, x, x, x, x, x]\n';
    for (let level = 1; level < 9; level += 1) bomb += `a${level}: &a${level} [${`*a${level - 1}, `.repeat(9)}]\n`;
    expect(problems(bomb).filter(([code]) => code === 'TOO_MANY_ALIASES')).toHaveLength(1);
  });
});
