import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compose } from '../../../plugin/manifests/compose.ts';
import { findKeyBeyond } from '../../../plugin/manifests/count-keys.ts';

test.each([
  ['pairs', 'a: 1\nb: 2\nc: 3\nd: 4\n', 11],
  ['entries of a list', '- a\n- b\n- c\n- d\n', 8],
  ['entries in brackets', '[a,b,c,d,e]', 6],
  ['pairs in braces, whose commas are no nodes of their own', '{a: 1,b: 2,c: 3}', 12],
])('%s: the place is where the limit is passed', (_, text, offset) => {
  expect(findKeyBeyond(text, 2)).toBe(offset);
});

test('within the limit nothing is said, and colons, dashes and commas in texts are none', () => {
  expect(findKeyBeyond('a: "x: y, z - w: v"\nb: - # , : -\n', 4)).toBeUndefined();
});

test('never counts more nodes than there are', () => {
  const value = fc.letrec((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('x', ': ', ', -'),
      fc.array(tie('node'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'c', '-', ':'), tie('node'), { maxKeys: 3 }),
    ),
  })).node;
  const count = (node: unknown): number =>
    typeof node === 'object' && node !== null
      ? Object.values(node).reduce((sum: number, one) => sum + count(one), 1)
      : 1;
  fc.assert(
    fc.property(value, (node) => {
      expect(findKeyBeyond(JSON.stringify(node), count(node))).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['read quickly', 'a: {b: 1, c: 2}\nd: [1, 2]\n'],
  ['read by the parser', 'a: {b: 1, c: "\\x32"}\nd: [1, 2]\n'],
  ['made by aliases', 'a: &x {b: 1, c: 2}\nd: *x\n'],
])('the limit is the same for what is %s', (_, text) => {
  const read = (maxKeys: number) => compose(text, 0, { maxDepth: 100, maxAliases: 10, maxKeys });
  expect(read(7).problems).toEqual([]);
  expect(read(6).problems).toMatchObject([{ code: 'TOO_MANY_KEYS', facts: { limit: 6 } }]);
});
