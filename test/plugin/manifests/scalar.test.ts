import { describe, expect, test } from 'vitest';
import { resolvePlain } from '../../../plugin/manifests/scalar.ts';

// Each pair was read by kubectl (label --local -o json) as the value given.
describe('an unquoted scalar is what Kubernetes takes it for', () => {
  test.each([
    ['on', true],
    ['No', false],
    ['y', true],
    ['yES', 'yES'],
    ['~', null],
    ['', null],
    ['Null', null],
    ['nULL', 'nULL'],
    ['0777', 511],
    ['0o17', 15],
    ['08', 8],
    ['0x1F', 31],
    ['-0b11', -3],
    ['1_000', 1000],
    ['+5', 5],
    ['-0', 0],
    ['1e3', 1000],
    ['1.', 1],
    ['.5', 0.5],
    ['.5_0', 0.5],
    ['12:30', '12:30'],
    ['2024-01-01', '2024-01-01'],
    ['1.2.3', '1.2.3'],
    ['-', '-'],
    ['.', '.'],
    ['0x', '0x'],
    ['constructor', 'constructor'],
    ['toString', 'toString'],
    ['9007199254740991', 9007199254740991],
  ])('%s', (text, value) => {
    expect(resolvePlain(text)).toEqual({ value });
  });

  test.each(['9007199254740993', '-12345678901234567890', '.inf', '-.Inf', '.NaN', '1e400'])(
    '%s is no exact number',
    (text) => {
      expect(resolvePlain(text)).toEqual({ unsafe: true });
    },
  );
});
