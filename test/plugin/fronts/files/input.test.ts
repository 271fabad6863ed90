import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Finding } from '../../../../plugin/findings/finding.ts';
import { findInput, readSources } from '../../../../plugin/fronts/files/input.ts';
import { summarize } from '../../../support/findings.ts';
import { makeTree } from '../../../support/workdir.ts';

function find(cwd: string, ...paths: readonly string[]) {
  const findings: Finding[] = [];
  const { files, roots } = findInput(paths, cwd, findings);
  return {
    files: files.map(({ shown, relative }) => [shown, relative]),
    roots: roots.map(({ shown, isWalked }) => [shown, isWalked]),
    findings: summarize(findings),
  };
}

test('files and folders keep the names that the user gave, and the order', () => {
  const root = makeTree({ 'apps/b.yaml': '', 'apps/a/c.yaml': '', 'x.yaml': '' });
  expect(find(root, 'x.yaml', './apps')).toEqual({
    files: [
      ['x.yaml', 'x.yaml'],
      ['apps/a/c.yaml', 'a/c.yaml'],
      ['apps/b.yaml', 'b.yaml'],
    ],
    roots: [
      ['.', false],
      ['./apps', true],
    ],
    findings: [],
  });
  expect(find(join(root, 'apps'), '.', '../x.yaml').files).toEqual([
    ['a/c.yaml', 'a/c.yaml'],
    ['b.yaml', 'b.yaml'],
    ['../x.yaml', 'x.yaml'],
  ]);
});

test('a file that is named twice, by itself and by its folder, is read once', () => {
  const root = makeTree({ 'a/x.yaml': '' });
  expect(find(root, 'a', 'a/x.yaml', 'a/../a').files).toEqual([['a/x.yaml', 'x.yaml']]);
});

test('a file is read whatever its name, and a link that the user names is followed', () => {
  const root = makeTree({ 'manifest.txt': '', 'real/x.yaml': '' });
  symlinkSync('real', join(root, 'link'));
  symlinkSync('real/x.yaml', join(root, 'one'));
  expect(find(root, 'manifest.txt', 'one', 'link')).toMatchObject({
    files: [
      ['manifest.txt', 'manifest.txt'],
      ['one', 'one'],
    ],
    findings: [],
  });
});

test.each([
  ['missing.yaml', 'FILE_UNREADABLE'],
  ['/dev/null', 'FILE_NOT_REGULAR'],
  ['empty', 'FOLDER_EMPTY'],
  ['app/kustomization.yaml', 'KUSTOMIZATION_SOURCE'],
  ['app/Chart.yaml', 'HELM_CHART_SOURCE'],
  ['app/rayshield.yaml', 'SETTINGS_FILE_NAMED'],
  ['app/rayshield.yml', 'SETTINGS_FILE_NAME'],
])('%s is refused: %s', (path, code) => {
  const root = makeTree({
    'empty/README.md': '',
    'app/kustomization.yaml': '',
    'app/Chart.yaml': '',
    'app/rayshield.yaml': '',
    'app/rayshield.yml': '',
  });
  expect(find(root, path)).toMatchObject({ files: [], findings: [`${path} ${code}`] });
});

test('the limit of bytes holds for all files together, and is said once', () => {
  const root = makeTree({ 'a.yaml': '12345', 'b.yaml': '12345', 'c.yaml': '12345', 'd.yaml': '12345' });
  const findings: Finding[] = [];
  const sources = readSources(findInput(['.'], root, findings).files, 12, findings);
  expect([...sources.keys()].map(({ file }) => file)).toEqual(['a.yaml', 'b.yaml']);
  expect(summarize(findings)).toEqual(['c.yaml INPUT_TOO_LARGE']);
});

test('a file that is no text is refused by its name, and the others are read', () => {
  const root = makeTree({ 'a.yaml': new Uint8Array([0x61, 0xff]), 'b.yaml': 'b: 1' });
  const findings: Finding[] = [];
  const sources = readSources(findInput(['.'], root, findings).files, 100, findings);
  expect([...sources.keys()]).toEqual([{ file: 'b.yaml', text: 'b: 1' }]);
  expect(summarize(findings)).toEqual(['a.yaml INPUT_NOT_UTF8']);
});
