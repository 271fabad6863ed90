// What counts as a difference between what was sent and what is stored.
import { expect, test } from 'vitest';
import { findDifferences, findLeaves, printPath } from './difference.ts';

const means = (sent: unknown, stored: unknown): string[] =>
  findDifferences(sent, stored).map((one) => `${printPath(one.path)}: ${one.means}`);

test.each<[title: string, sent: unknown, stored: unknown, expected: string[]]>([
  ['equal values', { a: [{ b: 1 }] }, { a: [{ b: 1 }] }, []],
  ['fields that the server added', { a: { b: 1 } }, { a: { b: 1, c: 2 }, d: 3 }, []],
  ['another value', { a: { b: 1 } }, { a: { b: 2 } }, ['a.b: something else']],
  ['another type', { a: '1' }, { a: 1 }, ['a: something else']],
  ['a field that is gone', { a: { b: 'x' } }, { a: {} }, ['a.b: something else']],
  ['a list that grew', { a: [1] }, { a: [1, 2] }, ['a: something else']],
  ['a list in another order', { a: [1, 2] }, { a: [2, 1] }, ['a[0]: something else', 'a[1]: something else']],
  ['a quantity', { limits: { cpu: '1000m' } }, { limits: { cpu: '1' } }, ['limits.cpu: the same quantity']],
  ['a quantity as a number', { requests: { cpu: 1 } }, { requests: { cpu: '1' } }, ['requests.cpu: the same quantity']],
  ['another quantity', { limits: { cpu: '1' } }, { limits: { cpu: '2' } }, ['limits.cpu: something else']],
  ['a number elsewhere', { replicas: '1' }, { replicas: 1 }, ['replicas: something else']],
  [
    'a zero that is dropped',
    { a: 0, b: {}, c: false },
    {},
    ['a: the zero value', 'b: the zero value', 'c: the zero value'],
  ],
  ['a value that is dropped', { a: { b: 0, c: 1 } }, {}, ['a: something else']],
  ['a zero that became a value', { a: 0 }, { a: 1 }, ['a: something else']],
])('%s', (_, sent, stored, expected) => {
  expect(means(sent, stored)).toEqual(expected);
});

test('leaves are scalars and empty containers', () => {
  expect(findLeaves({ a: [{ b: 1 }, []], c: {} }).map(({ path }) => printPath(path))).toEqual(['a[0].b', 'a[1]', 'c']);
});
