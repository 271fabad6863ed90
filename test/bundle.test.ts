// What is loaded at a start: every byte of it is paid for by every run.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const dist = join(import.meta.dirname, '../dist');
const { inputs, outputs } = JSON.parse(readFileSync(join(dist, 'meta.json'), 'utf8')) as {
  inputs: Record<string, unknown>;
  outputs: Record<string, { bytes: number; imports: { path: string; external?: boolean }[] }>;
};
const packages = [
  ...new Set(Object.keys(inputs).flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [])),
];

test('two packages are in the bundle; node-forge, the Kubernetes client, execa and ajv are not', () => {
  expect(packages.sort()).toEqual(['leven', 'yaml']);
});

test('of Node, only what a start has at hand anyway is loaded with it', () => {
  const modules = outputs['dist/main.cjs']?.imports.filter(({ external }) => external).map(({ path }) => path);
  // The launcher has loaded vm; crypto and tty are loaded at their first use, see build/bundle.ts and main.ts.
  expect([...new Set(modules)].sort()).toEqual([
    'buffer',
    'crypto',
    'node:fs',
    'node:path',
    'node:tty',
    'node:util',
    'node:vm',
  ]);
});

test('the bundle stays within the bar of perf.md', () => {
  expect(statSync(join(dist, 'main.cjs')).size).toBeLessThan(1_500_000);
});
