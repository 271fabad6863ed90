import { expect, test } from 'vitest';
import { printDuration, readSeconds } from '../../../plugin/tls/duration.ts';

// The right-hand sides are what Go's time.Duration prints.
test.each([
  ['8760h', '8760h0m0s'],
  ['90m', '1h30m0s'],
  ['1h30m', '1h30m0s'],
  ['1.5h', '1h30m0s'],
  ['3600s', '1h0m0s'],
  ['5m', '5m0s'],
  ['59s', '59s'],
  ['0h61m61s', '1h2m1s'],
  ['5m0.9s', '5m0s'],
])('%s is stored as %s', (text, stored) => {
  expect(printDuration(readSeconds(text) ?? -1)).toBe(stored);
});

test.each(['90d', '', '1', 'h', '1 h', '-1h', '1y', '9999999999h'])('%j is no duration', (text) => {
  expect(readSeconds(text)).toBeUndefined();
});
