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

test('two packages are in the bundle; node-forge, the Kubernetes client, execa, tar-stream and ajv are not', () => {
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

test('the controller for Flux has bundles of its own, and its client is in none that another verb loads', () => {
  const holdsClient = (file: string): boolean =>
    readFileSync(join(dist, file), 'utf8').includes('SERVICEACCOUNT_TOKEN_PATH');
  expect(holdsClient('flux-controller.cjs')).toBe(true);
  expect(['main.cjs', 'run-child.cjs', 'flux-worker.cjs'].filter(holdsClient)).toEqual([]);
  expect(
    Object.keys(inputs)
      .filter((path) => path.startsWith('plugin/fronts/flux-controller/'))
      .sort(),
  ).toEqual(['listen-address', 'options', 'start'].map((name) => `plugin/fronts/flux-controller/${name}.ts`));
});
