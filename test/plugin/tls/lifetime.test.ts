import { expect, test } from 'vitest';
import { resolveLifetime } from '../../../plugin/tls/lifetime.ts';
import { makeSettings } from '../../support/settings.ts';

const hour = 3600;
const resolve = (tls: { duration?: string; renewBefore?: string }, settings = makeSettings()) =>
  resolveLifetime({ path: ['spec', 'tlsOptions'], ...tls }, settings);

test('a year, renewed 90 days before its end', () => {
  expect(resolve({})).toEqual({ duration: 8760 * hour, renewBefore: 2160 * hour });
});

test('a duration alone that leaves room for the usual renewal keeps it', () => {
  expect(resolve({ duration: '2161h' })).toEqual({ duration: 2161 * hour, renewBefore: 2160 * hour });
});

test.each(['2160h', '720h', '1h'])('with a duration of %s alone the renewal is a third of it', (duration) => {
  const { renewBefore, duration: seconds } = resolve({ duration });
  expect(renewBefore).toBe(seconds / 3);
});

test('a renewal that the user gives is never changed', () => {
  expect(resolve({ duration: '10h', renewBefore: '20h' })).toEqual({ duration: 10 * hour, renewBefore: 20 * hour });
});

test('a renewal alone goes with the duration of the settings', () => {
  const settings = makeSettings({ certificateDuration: '100h' });
  expect(resolve({ renewBefore: '1h' }, settings)).toEqual({ duration: 100 * hour, renewBefore: hour });
});
