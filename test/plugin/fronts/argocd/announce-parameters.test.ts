// The dynamic announcement: what the folder has, and all that plugin.yaml has where that cannot be found out.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { announce } from '../../../../plugin/fronts/argocd/announcement.ts';
import { settingNames } from '../../../../plugin/settings/table.ts';
import { fixtures, ioFor } from '../../../support/case.ts';
import { makeTools, printsCluster } from '../../../support/fake-tool.ts';
import { run } from '../../../support/run.ts';
import { makeTree } from '../../../support/workdir.ts';

async function announced(cwd: string, env: Record<string, string> = {}) {
  const { exitCode, stdout, stderr } = await run(['parameters'], ioFor(cwd, { PATH: '/nowhere', ...env }), '0');
  expect([exitCode, stderr]).toEqual([0, '']);
  const list = JSON.parse(stdout) as { name: string; tooltip: string }[];
  return {
    names: list.map(({ name }) => name),
    tooltipOf: (name: string) => list.find((one) => one.name === name)?.tooltip,
  };
}

const group = (name: string): string =>
  `  - {groupName: ${name}, template: {spec: {containers: [{name: w, image: 'rayproject/ray:2.60.0'}]}}}\n`;

test('plain manifests: their Ray objects and groups, and no parameters of other tools', async () => {
  const cluster = (name: string): string =>
    `apiVersion: ray.io/v1\nkind: RayCluster\nmetadata: {name: ${name}}\nspec:\n  workerGroupSpecs:\n${group('small')}${group('gpu')}`;
  const files = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => [`${name}.yaml`, cluster(name)]));
  const { names, tooltipOf } = await announced(makeTree(files));
  expect(tooltipOf('source')).toMatch(
    /Found here: plain manifests; RayCluster a with groups small, gpu; .*; RayCluster e with groups small, gpu; 2 more Ray objects\.$/,
  );
  expect(names).toContain('recurse');
  expect(names.filter((name) => /^(helm|kustomize)/.test(name))).toEqual([]);
});

test('a chart: its values files, and what Helm prints', async () => {
  const cwd = makeTree();
  cpSync(join(fixtures, 'sources/helm'), cwd, { recursive: true });
  const tools = makeTools({ helm: printsCluster });
  const { names, tooltipOf } = await announced(cwd, { PATH: tools.bin, TMPDIR: makeTree() });
  expect(tooltipOf('source')).toMatch(/Found here: a Helm chart; RayCluster demo\.$/);
  expect(tooltipOf('helmValueFiles')).toMatch(/Found here: values-production\.yaml\.$/);
  expect(names.filter((name) => /^(kustomize|recurse)/.test(name))).toEqual([]);
});

test.each([
  ['no tool', { 'kustomization.yaml': 'resources: []\n' }, {}],
  ['what cannot be read', { 'kustomization.yaml': '{{\n', 'rayshield.yaml': '{{\n' }, {}],
  ['wrong parameters', { 'kustomization.yaml': '' }, { ARGOCD_APP_PARAMETERS: '{{' }],
])('%s is no failure', async (_, files, env) => {
  const { names, tooltipOf } = await announced(makeTree(files), env);
  expect(tooltipOf('source')).toMatch(/Found here: a kustomization\.$/);
  expect(names).toContain('kustomizeOptions');
});

test.each([
  ['a source that nobody can tell', (): string => makeTree({ 'Chart.yaml': '', 'kustomization.yaml': '' })],
  ['a folder that is not there', (): string => '/nowhere'],
])('%s: all that plugin.yaml has', async (_, cwd) => {
  const { stdout } = await run(['parameters'], ioFor(cwd()), '0');
  expect(JSON.parse(stdout)).toEqual(settingNames.map(announce));
});

test('values that are announced are those that hold anyway', () => {
  expect(announce('timeout')).toMatchObject({ collectionType: 'string', string: '50s' });
  expect(announce('dns')).toMatchObject({ collectionType: 'array', array: ['any'] });
  expect(announce('helmSet')).toMatchObject({ collectionType: 'map', itemType: 'string' });
  expect(announce('helmSet')).not.toHaveProperty('map');
});
