import { expect, test } from 'vitest';
import { dropNulls } from '../../../plugin/manifests/nulls.ts';

test('a map entry without a value is none, wherever it stands', () => {
  expect(dropNulls({ a: null, b: { c: null, d: [{ e: null, f: 0 }] } })).toEqual({ b: { d: [{ f: 0 }] } });
});

test('an item of a list is not dropped, since the others would move', () => {
  expect(dropNulls({ a: [null, 1] })).toEqual({ a: [null, 1] });
});

test('what has no null is the same value', () => {
  const value = { a: [{ b: '' }], c: false };
  expect(dropNulls(value)).toBe(value);
});
