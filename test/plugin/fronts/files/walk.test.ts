import { linkSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Finding } from '../../../../plugin/findings/finding.ts';
import { walkFolder } from '../../../../plugin/fronts/files/walk.ts';
import { summarize } from '../../../support/findings.ts';
import { makePipe, makeTree } from '../../../support/workdir.ts';

function walk(root: string): { files: string[]; findings: string[] } {
  const findings: Finding[] = [];
  const files = walkFolder(root, (relative) => `app/${relative}`, findings);
  return { files: files.map(({ relative }) => relative), findings: summarize(findings).sort() };
}

test('manifests of all depths, by code unit of their paths', () => {
  const names = [
    'b.yaml',
    'a.yml',
    'Z.json',
    'a/c.yaml',
    'a-b/d.yaml',
    'ä.yaml',
    'README.md',
    'notes.yaml.bak',
    'x.YAML',
  ];
  const root = makeTree(Object.fromEntries(names.map((name) => [name, ''])));
  expect(walk(root)).toEqual({
    files: ['Z.json', 'a-b/d.yaml', 'a.yml', 'a/c.yaml', 'b.yaml', 'ä.yaml'],
    findings: [],
  });
});

test('hidden files and folders and node_modules are skipped, at any depth', () => {
  const root = makeTree({
    '.hidden.yaml': '',
    '.git/config.yaml': '',
    'node_modules/x/y.yaml': '',
    'a/node_modules/y.yaml': '',
    'a/.b/c.yaml': '',
    'a/d.yaml': '',
  });
  expect(walk(root)).toEqual({ files: ['a/d.yaml'], findings: [] });
});

test('a folder that is called like a manifest is a folder', () => {
  expect(walk(makeTree({ 'x.yaml/y.yaml': '' }))).toEqual({ files: ['x.yaml/y.yaml'], findings: [] });
});

test('the settings file of the root is no manifest; one below would be ignored, so it is refused', () => {
  const root = makeTree({ 'rayshield.yaml': '', 'a/rayshield.yaml': '', 'b/rayshield.yml': '', 'c.yaml': '' });
  expect(walk(root)).toEqual({
    files: ['c.yaml'],
    findings: ['app/a/rayshield.yaml SETTINGS_FILE_PLACE', 'app/b/rayshield.yml SETTINGS_FILE_NAME'],
  });
});

test.each(['kustomization.yaml', 'kustomization.yml', 'Kustomization'])(
  'a folder with a %s is a source to be rendered: one finding for all of its files',
  (name) => {
    const root = makeTree({ [`k/${name}`]: '', 'k/patch.yaml': '', 'k/base/x.yaml': '', 'other.yaml': '' });
    expect(walk(root)).toEqual({ files: ['other.yaml'], findings: ['app/k KUSTOMIZATION_SOURCE'] });
  },
);

test('a folder with a Chart.yaml is a source to be rendered', () => {
  const root = makeTree({ 'Chart.yaml': '', 'values.yaml': '', 'templates/x.yaml': '{{ .Values.x }}' });
  expect(walk(root)).toEqual({ files: [], findings: ['app/ HELM_CHART_SOURCE'] });
});

test('a link to a file inside is read, one that leads out or nowhere is refused', () => {
  const outside = makeTree({ 'secret.yaml': '' });
  const root = makeTree({ 'data/real.yaml': '', 'sub/x.yaml': '' });
  symlinkSync('data/real.yaml', join(root, 'inside.yaml'));
  symlinkSync(join(outside, 'secret.yaml'), join(root, 'outside.yaml'));
  symlinkSync('../../../../../../etc/hostname', join(root, 'relative.yaml'));
  symlinkSync('missing.yaml', join(root, 'broken.yaml'));
  symlinkSync('loop.yaml', join(root, 'loop.yaml'));
  // A name that only begins like the root's.
  symlinkSync(`${outside}/secret.yaml`, join(root, 'sub/up.yaml'));
  expect(walk(root)).toEqual({
    files: ['data/real.yaml', 'inside.yaml', 'sub/x.yaml'],
    findings: [
      'app/broken.yaml LINK_BROKEN',
      'app/loop.yaml LINK_BROKEN',
      'app/outside.yaml LINK_OUTSIDE',
      'app/relative.yaml LINK_OUTSIDE',
      'app/sub/up.yaml LINK_OUTSIDE',
    ],
  });
});

test('a folder beside the root whose name begins like it is outside', () => {
  const parent = makeTree({ 'app/x.yaml': '', 'app-other/y.yaml': '' });
  symlinkSync('../app-other/y.yaml', join(parent, 'app/y.yaml'));
  expect(walk(join(parent, 'app'))).toEqual({ files: ['x.yaml'], findings: ['app/y.yaml LINK_OUTSIDE'] });
});

test('a link to a folder is never followed, and said, since its files would be missed', () => {
  const outside = makeTree({ 'x.yaml': '' });
  const root = makeTree({ 'a/x.yaml': '' });
  symlinkSync('a', join(root, 'again'));
  symlinkSync('..', join(root, 'a/up'));
  symlinkSync(outside, join(root, 'out'));
  expect(walk(root)).toEqual({
    files: ['a/x.yaml'],
    findings: ['app/a/up LINK_TO_FOLDER', 'app/again LINK_TO_FOLDER', 'app/out LINK_TO_FOLDER'],
  });
});

test('links that are no manifests by name do not matter', () => {
  const root = makeTree({ 'x.yaml': '' });
  symlinkSync('/etc/hostname', join(root, 'hostname'));
  symlinkSync('/nowhere', join(root, 'nowhere'));
  expect(walk(root)).toEqual({ files: ['x.yaml'], findings: [] });
});

test('the files of a mounted ConfigMap, which are links over a hidden folder, are read', () => {
  const root = makeTree({ '..2026/x.yaml': '' });
  symlinkSync('..2026', join(root, '..data'));
  symlinkSync('..data/x.yaml', join(root, 'x.yaml'));
  expect(walk(root)).toEqual({ files: ['x.yaml'], findings: [] });
});

test('hard links and named pipes are left to whoever opens them', () => {
  const root = makeTree({ 'x.yaml': '' });
  linkSync(join(root, 'x.yaml'), join(root, 'y.yaml'));
  makePipe(join(root, 'pipe.yaml'));
  expect(walk(root).files).toEqual(['pipe.yaml', 'x.yaml', 'y.yaml']);
});

test('a folder that does not exist is unreadable', () => {
  expect(walk('/nowhere/at/all')).toEqual({ files: [], findings: ['app/ FILE_UNREADABLE'] });
});
