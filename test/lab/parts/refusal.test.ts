import { describe, expect, test } from 'vitest';
import { isFinal, readModuleError, readRefusal } from './refusal.ts';

describe('what a tool wanted to say', () => {
  test('is its error, not the details and the progress round it', () => {
    const output = [
      'go: downloading example.org/module v1.0.0',
      'go: example.org/module@v1.0.0: reading https://proxy.example.org/module/@v/v1.0.0.zip: 403 Forbidden',
      '\tserver response: This module version is not available.',
      '',
    ].join('\n');
    expect(readRefusal(output, 'go failed')).toBe('go: example.org/module@v1.0.0: 403 Forbidden');
  });

  test.each([
    ['ERROR: No matching distribution found for ray==0.1', 'Looking in links: wheels', '[notice] A new release of pip'],
    ['E: Unable to locate package nftables', 'Reading package lists...', 'Done'],
  ])('is %s', (error, before, after) => {
    expect(readRefusal(`${before}\n${error}\n${after}\n`, 'failed')).toBe(error);
  });

  test('is its last line where no line looks like an error', () => {
    expect(readRefusal('Collecting ray\nKilled\n', 'failed')).toBe('Killed');
  });

  test('is how it ended where it said nothing', () => {
    expect(readRefusal('\n', 'go ended with 2')).toBe('go ended with 2');
  });

  test('stands in the JSON that go mod download prints', () => {
    const message = 'm@v1: reading https://proxy.example.org/m.zip: 404 Not Found\n\tserver response: not found';
    expect(readModuleError(JSON.stringify({ Path: 'm', Error: message }))?.message).toBe('m@v1: 404 Not Found');
    expect(readModuleError(JSON.stringify({ Path: 'm' }))).toBeUndefined();
    expect(readModuleError('no JSON')).toBeUndefined();
    expect(readModuleError(undefined)).toBeUndefined();
  });
});

test('a registry that says no is not asked again, one that stumbles is', () => {
  expect(isFinal('m@v1: 403 Forbidden')).toBe(true);
  expect(isFinal('m@v1: 502 Bad Gateway')).toBe(false);
  expect(isFinal('dial tcp: i/o timeout after 404 s')).toBe(false);
});
