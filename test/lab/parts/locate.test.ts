import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { directoryOfPart, findCache, pruneDirectories, readStatus, writeStatus } from './cache.ts';
import { locatePart } from './locate.ts';
import type { Part } from './part.ts';
import { parts } from './parts.ts';

const part = parts.find(({ name }) => name === 'np-guard') as Part;

beforeEach(() => vi.stubEnv('RAYSHIELD_LAB_CACHE', mkdtempSync(join(tmpdir(), 'rayshield-cache-'))));
afterEach(() => {
  rmSync(findCache(), { recursive: true });
  vi.unstubAllEnvs();
});

function install(toolVersion = 'go1'): string {
  const directory = directoryOfPart(part, toolVersion);
  for (const path of part.provides) {
    mkdirSync(join(directory, path, '..'), { recursive: true });
    writeFileSync(join(directory, path), '');
  }
  return directory;
}

const note = (directory: string): void => writeStatus(part, { directory, seconds: 1, bytes: 1, remarks: [] });

test('a part that no set-up has come to is missing, with the way out', () => {
  expect(locatePart('np-guard')).toEqual({ missing: expect.stringContaining('npm run lab:setup') });
});

test('a directory without a status is the rest of an interrupted run', () => {
  install();
  expect(locatePart('np-guard')).toHaveProperty('missing');
});

test('a part is where its status says', () => {
  const directory = install();
  note(directory);
  expect(locatePart('np-guard')).toEqual({ directory });
});

test('a part that has lost a file says which', () => {
  const directory = install();
  note(directory);
  rmSync(join(directory, 'bin/netpolicy'));
  expect(locatePart('np-guard')).toEqual({ missing: 'lacks bin/netpolicy; run `npm run lab:setup` again' });
});

test('a part that was refused says why', () => {
  writeStatus(part, { missing: 'module@v1: 403 Forbidden' });
  expect(locatePart('np-guard')).toEqual({ missing: 'module@v1: 403 Forbidden' });
  expect(readStatus({ ...part, sources: () => ({}) })).toBeUndefined();
});

test('the cache follows its own variable, then the XDG one, then the home', () => {
  expect(findCache({ RAYSHIELD_LAB_CACHE: '/a', XDG_CACHE_HOME: '/b' })).toBe('/a');
  expect(findCache({ RAYSHIELD_LAB_CACHE: '', XDG_CACHE_HOME: '/b' })).toBe('/b/rayshield-lab');
  expect(findCache({})).toMatch(/\.cache.rayshield-lab$/);
});

test('two directories of a part are kept, the newest, and none of another part is touched', () => {
  const others = ['np-guard-notes', 'ray-2.60.0-0123456789ab'];
  for (const name of others) mkdirSync(join(findCache(), name));
  for (const version of ['go1', 'go2', 'go3']) install(version);
  pruneDirectories(part);
  expect(readdirSync(findCache())).toHaveLength(others.length + 2);
  expect(readdirSync(findCache())).toEqual(expect.arrayContaining(others));
});
