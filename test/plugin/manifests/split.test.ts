import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitStream } from '../../../plugin/manifests/split.ts';

const split = (text: string): string[][] => splitStream({ file: 'f', text }).map((chunk) => [chunk.prefix, chunk.text]);

describe('splitStream', () => {
  test.each([
    ['one document', 'a: 1\n', [['', 'a: 1\n']]],
    [
      'a separator between two',
      'a: 1\n---\nb: 2\n',
      [
        ['', 'a: 1\n'],
        ['---\n', 'b: 2\n'],
      ],
    ],
    ['a leading separator', '---\na: 1\n', [['---\n', 'a: 1\n']]],
    ['comments before the first separator', '# x\n---\na: 1\n', [['# x\n---\n', 'a: 1\n']]],
    ['a comment on the separator', '--- # x\na: 1\n', [['--- # x\n', 'a: 1\n']]],
    [
      'CRLF',
      'a: 1\r\n---\r\nb: 2\r\n',
      [
        ['', 'a: 1\r\n'],
        ['---\r\n', 'b: 2\r\n'],
      ],
    ],
    [
      'no line end at the end',
      'a: 1\n---\nb: 2',
      [
        ['', 'a: 1\n'],
        ['---\n', 'b: 2'],
      ],
    ],
    [
      'empty documents',
      '---\n---\na: 1\n---\n',
      [
        ['---\n', ''],
        ['---\n', 'a: 1\n'],
        ['---\n', ''],
      ],
    ],
    [
      'a document of comments alone',
      'a: 1\n---\n# x\n---\nb: 2\n',
      [
        ['', 'a: 1\n'],
        ['---\n', '# x\n'],
        ['---\n', 'b: 2\n'],
      ],
    ],
    ['a byte order mark', '\uFEFF---\na: 1\n', [['\uFEFF---\n', 'a: 1\n']]],
    ['dashes that are indented or go on', 'a: |\n  ---\n---b: 1\n', [['', 'a: |\n  ---\n---b: 1\n']]],
    [
      'an end mark',
      'a: 1\n...\n---\nb: 2\n',
      [
        ['', 'a: 1\n'],
        ['...\n---\n', 'b: 2\n'],
      ],
    ],
    ['directives', '%YAML 1.2\n---\na: 1\n', [['%YAML 1.2\n---\n', 'a: 1\n']]],
  ])('%s', (_, text, expected) => {
    expect(split(text)).toEqual(expected);
  });

  test('says where a document follows an end mark without a separator, or begins on its own', () => {
    const flaws = (text: string): unknown[] => splitStream({ file: 'f', text }).map((manifest) => manifest.flaw);
    expect(flaws('a: 1\n...\nb: 2\n')).toEqual([undefined, 'YAML_DOCUMENT_END']);
    expect(flaws('--- {a: 1}\n')).toEqual(['YAML_CONTENT_ON_MARKER']);
  });

  test('loses no character of any stream', () => {
    const piece = fc.constantFrom(
      '---',
      '...',
      '\n',
      '\r\n',
      ' ',
      '# c',
      'a: 1',
      '%YAML 1.1',
      '\uFEFF',
      '\u2028',
      '\r',
      '{}',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
        (text) => {
          const joined = splitStream({ file: 'f', text }).map((chunk) => chunk.prefix + chunk.text);
          expect(joined.join('')).toBe(text);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
