// What of the input is printed under a finding: its key, and nothing that could be a secret.
import { describe, expect, test } from 'vitest';
import type { FieldPath, Finding } from '../../../plugin/findings/finding.ts';
import { printSourceLine } from '../../../plugin/findings/source-line.ts';

const at = (line: number, column: number, field: FieldPath = ['spec', 'x']): Finding => ({
  code: 'FIELD_EMPTY',
  severity: 'error',
  position: { file: 'a.yaml', line, column },
  field,
  facts: { name: 'x' },
});

describe('a line that shows its key', () => {
  test.each([
    ['a key', 'spec:\n  rayVersin: "2.52.0"\n', [2, 3], '    2 |   rayVersin:\n      |   ^^^^^^^^^'],
    ['the value behind a key', 'spec:\n  rayVersion: 2.10\n', [2, 15], '    2 |   rayVersion:\n      |   ^^^^^^^^^^'],
    ['a key in quotes', '"spec": {}\n', [1, 1], '    1 | "spec":\n      | ^^^^^^'],
    ['the first key of an item', '  - name: secret\n', [1, 5], '    1 |   - name:\n      |     ^^^^'],
    ['a key behind a byte order mark', '\uFEFFspec: x\r\n', [1, 1], '    1 | spec:\n      | ^^^^'],
    ['a map in braces behind a key', 'a: {password: x}\n', [1, 4], '    1 | a:\n      | ^'],
  ])('%s', (_, text, [line = 0, column = 0], printed) => {
    expect(printSourceLine(at(line, column), text)).toBe(printed);
  });

  test('a key that the message names, where the text was not read as an object', () => {
    const finding: Finding = {
      code: 'YAML_DUPLICATE_KEY',
      severity: 'error',
      position: { file: 'a.yaml', line: 2, column: 1 },
      facts: { key: 'a' },
    };
    expect(printSourceLine(finding, 'a: secret\na: secret\n')).toBe('    2 | a:\n      | ^');
    expect(printSourceLine(finding, 'a: secret\nb: secret\n')).toBeUndefined();
  });
});

describe('nothing is printed', () => {
  test.each([
    ['of a value inside braces', 'env: [{name: a, value: secret}]\n', 1, 24],
    ['of an item that is a text', '  - hunter2\n', 1, 5],
    ['of a text that goes on', 'a: "b\n  secret"\n', 2, 3],
    ['of a line that is not there', 'a: b\n', 7, 1],
    ['of a key with letters whose width nobody knows', '漢字: x\n', 1, 1],
    ['of JSON on one line', '{"a": "secret"}\n', 1, 2],
  ])('%s', (_, text, line, column) => {
    expect(printSourceLine(at(line, column), text)).toBeUndefined();
  });

  test('of a finding about text that was not read', () => {
    const finding: Finding = {
      code: 'YAML_SYNTAX',
      severity: 'error',
      position: { file: 'a.yaml', line: 1, column: 1 },
      facts: { problem: 'x' },
    };
    expect(printSourceLine(finding, 'hunter2: [\n')).toBeUndefined();
  });
});
