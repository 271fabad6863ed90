import { expect, test } from 'vitest';
import { isSameQuantity } from './quantity.ts';

test.each([
  ['1', 1, true],
  ['1000m', '1', true],
  ['0.1', '100m', true],
  ['1.5Gi', '1536Mi', true],
  ['1e3', '1k', true],
  ['1E', '1000P', true],
  ['1Gi', '1G', false],
  ['1', '2', false],
  ['a', 'a', false],
  ['', '0', false],
])('%s and %s: the same quantity: %s', (one, other, same) => {
  expect(isSameQuantity(one, other)).toBe(same);
});
