// Plain manifests as the source of an application, and which kind of source a folder is.
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeTools, printsCluster } from '../../../support/fake-tool.ts';
import { makeTree } from '../../../support/workdir.ts';
import { generate, parameter } from './generate-by.ts';

const named = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;
const files = {
  'a.yaml': named('a'),
  'b.yml': named('b'),
  'sub/c.yaml': named('c'),
  'sub/deep/d.json': '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"d"}}',
};

async function namesWith(...parameters: readonly object[]): Promise<string[]> {
  const { stdout } = await generate({ files, parameters });
  return [...stdout.matchAll(/"?name"?: ?"?(\w)/g)].map(([, name = '']) => name);
}

describe('which files are taken, as by the directory of Argo CD', () => {
  test.each([
    [[], 'abcd'],
    [[parameter('recurse', 'false')], 'ab'],
    [[parameter('include', '*.yaml')], 'ac'],
    [[parameter('include', '{a*,sub/*}')], 'acd'],
    [[parameter('exclude', 'sub/*')], 'ab'],
    [[parameter('exclude', '{b.yml,sub/deep/*}')], 'ac'],
    [[parameter('include', '*.yaml'), parameter('exclude', 'a*')], 'c'],
    [[parameter('include', 'sub/*'), parameter('recurse', 'false'), parameter('include', 'a.yaml')], 'a'],
  ])('%j: %s', async (parameters, expected) => {
    expect((await namesWith(...parameters)).join('')).toBe(expected);
  });

  test('globs that leave nothing are an error, not an empty success', async () => {
    const { exitCode, stdout, stderr } = await generate({ files, parameters: [parameter('include', 'none/*')] });
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^\.: error FOLDER_FILTERED: /);
  });

  test('a glob that is none is said', async () => {
    const { stderr } = await generate({ files, parameters: [parameter('exclude', '{a')] });
    expect(stderr).toMatch(/^error SETTING_INVALID: parameter exclude must be a glob /);
  });

  test('a chart below is refused, unless it is excluded', async () => {
    const withChart = { ...files, 'charts/x/Chart.yaml': 'name: x\n', 'charts/x/templates/t.yaml': '{{ if }}\n' };
    expect((await generate({ files: withChart })).stderr).toMatch(
      /^charts\/x: error HELM_CHART_SOURCE: .* in Argo CD exclude it/,
    );
    expect(await generate({ files: withChart, parameters: [parameter('exclude', 'charts/*')] })).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
    expect(await generate({ files: withChart, parameters: [parameter('recurse', 'false')] })).toMatchObject({
      exitCode: 0,
    });
  });

  test('settings under another ending are said even where the globs leave them out', async () => {
    const wrong = { ...files, 'rayshield.yml': '' };
    expect((await generate({ files: wrong, parameters: [parameter('include', 'a.yaml')] })).stderr).toMatch(
      /^rayshield\.yml: error SETTINGS_FILE_NAME: /,
    );
  });
});

test('GHSA-6gcg-hp2x-q54h, GHSA-63qx-x74g-jcr7: links are read only within the repository, and folders never', async () => {
  const outside = makeTree({ 'a.yaml': named('x'), 'folder/b.yaml': named('y') });
  const repository = { 'app/a.yaml': named('a'), 'shared/s.yaml': named('s') };
  const within = await generate({
    files: repository,
    path: 'app',
    spoil: (root) => symlinkSync('../shared/s.yaml', join(root, 'app/s.yaml')),
  });
  expect([within.exitCode, within.stdout.match(/name: \w/g)]).toEqual([0, ['name: a', 'name: s']]);
  const poisoned = await generate({
    files: repository,
    path: 'app',
    spoil: (root) => {
      symlinkSync(join(outside, 'a.yaml'), join(root, 'app/file.yaml'));
      symlinkSync(join(outside, 'folder'), join(root, 'app/folder'));
      symlinkSync('../../../../etc/passwd', join(root, 'app/up.yaml'));
    },
  });
  expect([poisoned.exitCode, poisoned.stdout]).toEqual([1, '']);
  expect(poisoned.stderr.match(/^\S+ error [A-Z_]+/gm)).toEqual([
    'file.yaml: error LINK_OUTSIDE',
    'folder: error LINK_TO_FOLDER',
    'up.yaml: error LINK_OUTSIDE',
  ]);
});

describe('the kind of source', () => {
  const tools = () => makeTools({ helm: `${printsCluster}`, kustomize: printsCluster });
  const chart = { 'Chart.yaml': 'apiVersion: v2\nname: x\nversion: 0.1.0\n' };
  const kustomization = { 'kustomization.yaml': 'resources: []\n' };

  test.each([
    [{ ...chart }, {}, 'template'],
    [{ ...kustomization }, {}, 'build'],
    [{ Kustomization: 'resources: []\n' }, {}, 'build'],
    [{ ...chart, ...kustomization }, { source: 'helm' }, 'template'],
    [{ ...chart, ...kustomization }, { source: 'kustomize' }, 'build'],
  ])('%j with %j: %s', async (given, settings, verb) => {
    const made = tools();
    const parameters = Object.entries(settings).map(([name, value]) => parameter(name, value));
    expect(await generate({ files: given, tools: made, parameters })).toMatchObject({ exitCode: 0 });
    expect(made.calls()[0]?.argv[0]).toBe(verb);
  });

  test.each([
    [{ ...chart, ...kustomization }, 'auto', 'SOURCE_AMBIGUOUS: this folder has Chart.yaml and kustomization.yaml'],
    [files, 'helm', 'SOURCE_FILE_MISSING: source is helm, and this folder has no Chart.yaml'],
    [files, 'kustomize', 'SOURCE_FILE_MISSING: source is kustomize, and this folder has no kustomization.yaml'],
    [kustomization, 'directory', 'KUSTOMIZATION_SOURCE: '],
    [files, 'plugin', 'SETTING_INVALID: parameter source must be one of auto, directory, kustomize, helm, command'],
  ])('%j as %s is refused', async (given, source, what) => {
    const made = tools();
    const { exitCode, stdout, stderr } = await generate({
      files: given,
      tools: made,
      parameters: [parameter('source', source)],
    });
    expect([exitCode, stdout, made.calls()]).toEqual([1, '', []]);
    expect(stderr).toContain(`error ${what}`);
  });
});

test('verbs that render nothing do not take the settings of sources as flags, and no file with them is wrong', async () => {
  const { run } = await import('../../../support/run.ts');
  const { ioFor } = await import('../../../support/case.ts');
  const settings =
    'apiVersion: rayshield.io/v1alpha1\nkind: RayShield\nmetadata: {name: x}\nspec: {settings: {recurse: false}}\n';
  const io = ioFor(makeTree({ ...files, 'rayshield.yaml': settings }), { RAYSHIELD_SOURCE: 'helm' });
  expect(await run(['expand', '.', '--exclude', 'sub/*'], io, '0')).toMatchObject({
    exitCode: 2,
    stderr: 'error FLAG_UNKNOWN: expand has no flag --exclude; see rayshield expand --help\n',
  });
  expect(await run(['expand', '.'], io, '0')).toMatchObject({ exitCode: 0 });
  expect((await run(['expand', '--help'], io, '0')).stdout).not.toContain('--helm-set');
  expect((await run(['generate', '--help'], io, '0')).stdout).toContain('--helm-set image.tag=2.46.0');
  expect(await run(['generate', '--exclude', 'sub/*'], io, '0')).toMatchObject({ exitCode: 1 });
});
