import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { printJSON, printYAML } from '../../../plugin/manifests/print-yaml.ts';

// What YAML 1.1 takes for something else, and what readers trip over.
const traps = [
  ...[
    'on',
    'NO',
    'y',
    'null',
    '~',
    '',
    '0777',
    '1_000',
    '0b11',
    '0o7',
    '1e3',
    '.5',
    '.inf',
    '12:30',
    '2024-01-01',
    '<<',
    '=',
  ],
  ...[
    '- a',
    'a: b',
    'a #b',
    '# a',
    '? a',
    '&a',
    '*a',
    '!a',
    '%a',
    '@a',
    '`a',
    '{a',
    '[a',
    '|',
    '>',
    "'",
    '"',
    '\\',
    ' a',
    'a ',
  ],
  ...[
    'a\nb',
    'a\n',
    '\n',
    '\na',
    ' a\nb',
    'a\n b\n',
    'a \nb',
    'a\n\n',
    'a\tb\nc',
    'a\r\nb',
    '---\na',
    'a\n---\nb',
    '...',
    '${X}',
  ],
  ...['\u0085', '\u2028', '\u00a0', '\ufeff', '\u007f', 'é\nü', '😀', '😀\nx', '\ufffe'],
];

const text = fc.oneof(fc.constantFrom(...traps), fc.string({ unit: 'grapheme' }), fc.string());
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      text.filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
}));

describe('printYAML', () => {
  test.each(['1.1', '1.2'] as const)('a reader of YAML %s gets the same value', (version) => {
    fc.assert(
      fc.property(value, (one) => {
        expect(parse(printYAML(one), { version, maxAliasCount: 0 })).toEqual(one);
      }),
      { numRuns: 1000 },
    );
  });

  test('quotes every string, and keys that a reader may take for something else', () => {
    expect(printYAML({ aa: 'b', on: 'c', 'ray.io/cluster': 'd', '8080': 'e', e0: 'f' })).toBe(
      '"8080": "e"\naa: "b"\n"on": "c"\nray.io/cluster: "d"\n"e0": "f"\n',
    );
  });

  test('prints texts of several lines as blocks, where a block gives exactly the text', () => {
    expect(printYAML({ args: 'x\n  y\n', list: ['p\nq'], text: ' x\ny' })).toBe(
      'args: |\n  x\n    y\nlist:\n- |-\n  p\n  q\ntext: " x\\ny"\n',
    );
  });

  test('leaves out what is undefined, and prints what is empty', () => {
    expect(printYAML({ args: undefined, env: [], map: {}, none: null })).toBe('env: []\nmap: {}\nnone: null\n');
  });
});

test('printJSON prints what JSON and YAML readers both take', () => {
  fc.assert(
    fc.property(value, (one) => {
      expect(JSON.parse(printJSON(one))).toEqual(one);
      expect(parse(printJSON(one), { version: '1.1' })).toEqual(one);
    }),
    { numRuns: 300 },
  );
});
