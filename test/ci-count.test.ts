// What the last lines of .ci/run count, and what they say of what was skipped.
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { makeTree } from './support/workdir.ts';

const program = join(import.meta.dirname, '../.ci/count.mjs');

const report = (...tests: readonly (readonly [status: string, suite: string])[]): string =>
  JSON.stringify({
    testResults: [
      { assertionResults: tests.map(([status, suite]) => ({ status, ancestorTitles: [suite], title: 'a test' })) },
    ],
  });

const count = (files: Readonly<Record<string, string>>) =>
  execa(process.execPath, [program, ...Object.keys(files)], { cwd: makeTree(files) });

test('tests of all reports are counted', async () => {
  const { stdout, stderr } = await count({
    'tests.json': report(['passed', 'read'], ['failed', 'read']),
    'lab.json': report(['passed', 'api-server']),
  });
  expect([stdout, stderr]).toEqual(['2 1 0', '']);
});

test('a suite that was skipped is named once, with the number of its tests', async () => {
  const suite = 'ray (skipped, ray-2.60.0: 403 Forbidden)';
  const { stdout, stderr } = await count({ 'lab.json': report(['skipped', suite], ['pending', suite], ['todo', 'x']) });
  expect(stdout).toBe('0 0 3');
  expect(stderr).toBe(`== skipped: ${suite} (2 tests)\n== skipped: x > a test`);
});

test('tests that did not run because their servers did not start have failed', async () => {
  const assertionResults = [{ status: 'skipped', ancestorTitles: ['dns'], title: 'a name' }];
  const { stdout, stderr } = await count({
    'lab.json': JSON.stringify({ testResults: [{ status: 'failed', assertionResults }] }),
  });
  expect([stdout, stderr]).toEqual(['0 1 0', '']);
});

test('a part that is not there is named and counted, unless it is required: then its step has failed', async () => {
  const parts = [
    { name: 'control-plane', required: true, missing: 'no Go' },
    { name: 'np-guard', required: false, missing: '403 Forbidden' },
    { name: 'ray-2.60.0', required: false, directory: '/cache' },
  ];
  const { stdout, stderr } = await count({ 'lab-parts.json': JSON.stringify(parts) });
  expect([stdout, stderr]).toEqual(['0 0 1', '== skipped: np-guard: 403 Forbidden']);
});

test('a report that is not there counts nothing', async () => {
  const { stdout } = await execa(process.execPath, [program, 'reports/none.json'], { cwd: makeTree() });
  expect(stdout).toBe('0 0 0');
});
