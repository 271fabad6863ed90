// RAYSHIELD_REPORT: what is kept, when, and what is said of it.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepReport } from '../../../../plugin/fronts/files/report-file.ts';
import { makeTree } from '../../../support/workdir.ts';

const said = { exitCode: 1, stdout: [], stderr: 'a: error B: c; d\n' };

test('nothing is written where no file is named', () => {
  const cwd = makeTree();
  expect(keepReport(said, { env: {}, cwd })).toBe('');
  expect(keepReport(said, { env: { RAYSHIELD_REPORT: '' }, cwd })).toBe('');
  expect(readdirSync(cwd)).toEqual([]);
});

test('a failure is written and said to be, each run in the place of the one before', () => {
  const cwd = makeTree({ 'report.txt': 'old, and longer than what comes after it\n' });
  const env = { RAYSHIELD_REPORT: 'report.txt' };
  const read = (): string => readFileSync(join(cwd, 'report.txt'), 'utf8');
  expect(keepReport(said, { env, cwd })).toBe('rayshield: this is also in the file that RAYSHIELD_REPORT names\n');
  expect(read()).toBe(said.stderr);
  expect(keepReport({ exitCode: 0, stdout: ['manifests'], stderr: 'warning\n' }, { env, cwd })).toBe('');
  expect(read()).toBe('warning\n');
  expect(keepReport({ exitCode: 0, stdout: ['manifests'], stderr: '' }, { env, cwd })).toBe('');
  expect(read()).toBe('');
  expect(readdirSync(cwd)).toEqual(['report.txt']);
});

test('of a verb whose report goes to standard output, that report is kept', () => {
  const cwd = makeTree();
  keepReport({ exitCode: 1, stdout: ['one\n', 'two\n'], stderr: '' }, { env: { RAYSHIELD_REPORT: 'r' }, cwd });
  expect(readFileSync(join(cwd, 'r'), 'utf8')).toBe('one\ntwo\n');
});

test('that it cannot be written is said, and nothing is left of the attempt', () => {
  const cwd = makeTree();
  mkdirSync(join(cwd, 'folder'));
  for (const file of ['folder', 'none/report.txt'])
    expect(keepReport(said, { env: { RAYSHIELD_REPORT: file }, cwd })).toMatch(
      new RegExp(`^${file}: error FILE_UNWRITABLE: this cannot be written: `),
    );
  expect(readdirSync(cwd)).toEqual(['folder']);
});
