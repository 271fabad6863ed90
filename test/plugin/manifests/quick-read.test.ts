// The quick reading against the whole parser: what it reads, it must read the same, values, order of keys and places; what
// the parser would refuse, it must not read at all.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '../../../plugin/manifests/compose.ts';
import { readQuickly } from '../../../plugin/manifests/quick-read.ts';
import { splitStream } from '../../../plugin/manifests/split.ts';

const limits = { maxDepth: 100, maxAliases: 100, maxKeys: 100_000 };
const root = join(import.meta.dirname, '../../..');

/** Whether a text was read quickly; if so it is held against the parser. */
function agrees(text: string): boolean {
  const quick = readQuickly(text, 3, limits.maxKeys);
  if (quick === undefined) return false;
  const parsed = parse(text, 3, limits);
  expect(parsed.problems, text).toEqual([]);
  expect(quick.value, text).toEqual(parsed.value);
  expect(JSON.stringify(quick.value), text).toBe(JSON.stringify(parsed.value));
  expect([...quick.places], text).toEqual([...(parsed.places ?? [])]);
  return true;
}

describe('reads quickly', () => {
  test.each([
    ['nested maps', 'a:\n  b:\n    c: 1\n  d: x\ne: y\n'],
    ['lists at the column of their key and deeper', 'a:\n- 1\n- b: 2\n  c: 3\nd:\n  - - 1\n    - 2\n  -\n    e: 4\n'],
    ['comments wherever they may stand', '# a\na: 1 # b\n  # c\nb: # d\n  # e\n  - x # f\n'],
    ['quotes', 'a: "x # y"\nb: \'x: y\'\n"c/d": 1\n\'e\': 2\n'],
    ['words and numbers of YAML 1.1', 'a: on\nb: 0777\nc: 1_000\nd: ~\ne: 1.5\nf: -1\n'],
    ['plain texts with odd characters', 'a: x:y\nb: a,b [c] {d}\nc: -x\nd: $(a) | b > c & d\ne: a#b\n'],
    ['collections on one line', 'a: [1, "b", {c: d, e: []}]\nf: {}\ng: { h: i }\n'],
    ['literal blocks', 'a: |\n  x\n\n    y\n\nb: |-\n    z\n    - # w\n# c\nd:\n- |\n  v\n'],
    ['no line end at the end', 'a: b'],
    ['a list as root', '- a\n- b: c\n'],
    ['characters beyond ASCII', 'a: é ü\nb: "ß"\n# –\n'],
  ])('%s', (_, text) => {
    expect(agrees(text)).toBe(true);
  });

  test('every example of deploy/, and the document of the benchmark', () => {
    for (const file of [
      'deploy/quick-start.yaml',
      'deploy/examples/ray-service.isolated-mtls.yaml',
      'bench/raycluster.yaml',
    ]) {
      const text = readFileSync(join(root, file), 'utf8');
      for (const manifest of splitStream({ file, text })) expect(agrees(manifest.text), file).toBe(true);
    }
  });
});

test.each([
  ['anchors and aliases', 'a: &x 1\nb: *x\n'],
  ['tags', 'a: !!str 1\n'],
  ['merge keys', 'a: {<<: 1}\n'],
  ['a key given twice', 'a: 1\na: 2\n'],
  ['a text over two lines', 'a: b\n  c\n'],
  ['quotes over two lines', 'a: "b\n  c"\n'],
  ['escapes', 'a: "\\n"\n'],
  ['folded blocks', 'a: >\n  b\n'],
  ['blocks with an indicator', 'a: |2\n   b\n'],
  ['a block whose last line is cut off', 'a: |\n  b'],
  ['tabs', 'a:\tb\n'],
  ['CRLF', 'a: b\r\n'],
  ['complex keys', '? a\n: b\n'],
  ['booleans and lists as keys', 'on: 1\n'],
  ['keys that the language knows', '__proto__: 1\n'],
  ['keys that look like list indices', '8080: 1\n'],
  ['missing values', 'a:\nb: 1\n'],
  ['numbers past 2^53', 'a: 9007199254740993\n'],
  ['a colon in a plain text', 'a: b: c\n'],
  ['bad indentation', 'a: 1\n b: 2\n'],
  ['templates', 'a: {{ .Values.x }}\n'],
  ['more than it would nest', `a: ${'['.repeat(50)}${']'.repeat(50)}\n`],
])('leaves to the parser: %s', (_, text) => {
  expect(readQuickly(text, 0, limits.maxKeys)).toBeUndefined();
});

describe('never reads otherwise than the parser', () => {
  const words = [
    'a',
    'b:',
    'c: ',
    '- ',
    '-',
    ': ',
    '#',
    ' # x',
    '"',
    "'",
    '|',
    '|-',
    '>',
    '{',
    '}',
    '[',
    ']',
    ', ',
    '&x',
    '*x',
  ];
  const more = [
    '!t',
    '? ',
    '%',
    '\\',
    'on',
    '0777',
    '~',
    '<<: ',
    '1.5',
    'e0',
    '{}',
    '[]',
    'x y',
    'é',
    '\u0085',
    '\t',
    '8080: ',
  ];
  const line = fc
    .tuple(fc.integer({ min: 0, max: 6 }), fc.array(fc.constantFrom(...words, ...more), { maxLength: 5 }))
    .map(([indent, parts]) => ' '.repeat(indent) + parts.join(''));

  test('arbitrary lines', () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 6 }),
        fc.boolean(),
        (lines, ends) => void agrees(lines.join('\n') + (ends ? '\n' : '')),
      ),
      {
        numRuns: 20_000,
      },
    );
  });

  test('manifests with a line or a character spoiled', () => {
    const texts = [
      'deploy/quick-start.yaml',
      'deploy/examples/ray-cron-job.isolated.yaml',
      'bench/raycluster.yaml',
    ].map((file) => readFileSync(join(root, file), 'utf8').replace(/^#.*\n/gm, ''));
    let quick = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.nat(),
        fc.nat({ max: 3 }),
        fc.oneof(line, fc.constantFrom(...words, ...more)),
        (text, at, cut, junk) => {
          const place = at % text.length;
          if (agrees(text.slice(0, place) + junk + text.slice(place + cut))) quick += 1;
        },
      ),
      { numRuns: 3000 },
    );
    // Else the property would hold for a reader that reads nothing.
    expect(quick).toBeGreaterThan(300);
  });
});
