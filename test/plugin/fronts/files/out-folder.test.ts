import { chmodSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Finding } from '../../../../plugin/findings/finding.ts';
import { findInput } from '../../../../plugin/fronts/files/input.ts';
import { writeFolder } from '../../../../plugin/fronts/files/out-folder.ts';
import { summarize } from '../../../support/findings.ts';
import { makeTree, readTree } from '../../../support/workdir.ts';

/** Writes each file of the input with `new` for its text. */
function write(cwd: string, out: string, ...paths: readonly string[]): string[] {
  const findings: Finding[] = [];
  const { files, roots } = findInput(paths, cwd, findings);
  const outputs = files.map(({ relative, path }) => ({ relative, inputPath: path, text: `new ${relative}` }));
  writeFolder({ out, cwd, files: outputs, roots }, findings);
  return summarize(findings);
}

test('every file gets its name below a new folder, and nothing else is left behind', () => {
  const cwd = makeTree({ 'in/a.yaml': 'a', 'in/b/c.yaml': 'c' });
  expect(write(cwd, 'build/out', 'in')).toEqual([]);
  expect(readTree(join(cwd, 'build'))).toEqual({ 'out/a.yaml': 'new a.yaml', 'out/b/c.yaml': 'new b/c.yaml' });
  expect(readdirSync(join(cwd, 'build'))).toEqual(['out']);
});

test('what else stands in the folder stays', () => {
  const cwd = makeTree({ 'in/a.yaml': 'a', 'out/a.yaml': 'old', 'out/b/other.yaml': 'other' });
  expect(write(cwd, 'out', 'in')).toEqual([]);
  expect(readTree(join(cwd, 'out'))).toEqual({ 'a.yaml': 'new a.yaml', 'b/other.yaml': 'other' });
  expect(readdirSync(cwd)).toEqual(['in', 'out']);
});

test.each(['in', 'in/out', '.'])('the folder that is read is never written to: %s', (out) => {
  const cwd = makeTree({ 'in/a.yaml': 'a' });
  expect(write(cwd, out, out === '.' ? '.' : 'in')).toEqual([`${out} OUT_INSIDE_INPUT`]);
  expect(readTree(cwd)).toEqual({ 'in/a.yaml': 'a' });
});

test('a link to the folder that is read does not hide it', () => {
  const cwd = makeTree({ 'in/a.yaml': 'a' });
  symlinkSync('in', join(cwd, 'link'));
  expect(write(cwd, 'link/out', 'in')).toEqual(['link/out OUT_INSIDE_INPUT']);
  expect(readTree(cwd)).toEqual({ 'in/a.yaml': 'a' });
});

test('a named file is never written over, not even by a link', () => {
  const cwd = makeTree({ 'a.yaml': 'a', 'links/': '' });
  symlinkSync('../a.yaml', join(cwd, 'links/a.yaml'));
  expect(write(cwd, '.', 'a.yaml')).toEqual(['a.yaml OUT_OVER_INPUT']);
  expect(write(cwd, 'links', 'a.yaml')).toEqual(['links/a.yaml OUT_OVER_INPUT']);
  expect(readTree(cwd)).toEqual({ 'a.yaml': 'a' });
});

test('a file beside the named one is free', () => {
  const cwd = makeTree({ 'sub/a.yaml': 'a' });
  expect(write(cwd, '.', 'sub/a.yaml')).toEqual([]);
  expect(readTree(cwd)).toEqual({ 'a.yaml': 'new a.yaml', 'sub/a.yaml': 'a' });
});

test('two files of one name are refused before anything is written', () => {
  const cwd = makeTree({ 'x/a.yaml': '', 'y/a.yaml': '' });
  expect(write(cwd, 'out', 'x', 'y')).toEqual(['out OUT_NAME_TWICE']);
  expect(readdirSync(cwd)).toEqual(['x', 'y']);
});

test('where one file cannot be written, none is', () => {
  const cwd = makeTree({ 'in/a.yaml': 'a', 'in/b.yaml': 'b', 'out/b.yaml/': '' });
  expect(write(cwd, 'out', 'in')).toEqual(['out FILE_UNWRITABLE']);
  expect(readTree(join(cwd, 'out'))).toEqual({});
  expect(readdirSync(cwd)).toEqual(['in', 'out']);
});

test('a file in the place of the folder is refused', () => {
  const cwd = makeTree({ 'in/a.yaml': 'a', out: 'a file' });
  expect(write(cwd, 'out', 'in')).toEqual(['out FILE_UNWRITABLE']);
  expect(write(cwd, 'out/below', 'in')).toEqual(['out/below FILE_UNWRITABLE']);
  expect(readTree(cwd)).toEqual({ 'in/a.yaml': 'a', out: 'a file' });
});

test('a folder that may not be written to is refused and left as it is', () => {
  const cwd = makeTree({ 'in/a.yaml': 'a' });
  mkdirSync(join(cwd, 'locked'));
  chmodSync(join(cwd, 'locked'), 0o500);
  const findings = write(cwd, 'locked/out', 'in');
  chmodSync(join(cwd, 'locked'), 0o700);
  // Root may write anywhere.
  expect(findings).toEqual(process.getuid?.() === 0 ? [] : ['locked/out FILE_UNWRITABLE']);
});
