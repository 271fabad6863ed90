import { expect, test } from 'vitest';
import { readDuration } from '../../../plugin/settings/duration.ts';

test.each([
  ['8760h', 31_536_000],
  ['1h30m', 5400],
  ['1.5h', 5400],
  ['90m', 5400],
  ['30s', 30],
  ['1500ms', 1.5],
  ['8760h0m0s', 31_536_000],
])('%s is %d seconds', (text, seconds) => expect(readDuration(text)).toBeCloseTo(seconds));

test.each(['', '90d', '-1h', '1', 'h', '1h ', '1h-5m', '1y', '.5h'])('%j is no duration', (text) => {
  expect(readDuration(text)).toBeUndefined();
});
