// `rayshield validate --each-path`: what a file is held to does not depend on what else is named with it.
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ioFor } from '../../support/case.ts';
import { type Ran, run } from '../../support/run.ts';
import { makeTree } from '../../support/workdir.ts';

const eachPath = (cwd: string, paths: readonly string[], ...flags: readonly string[]): Promise<Ran> =>
  run(['validate', '--each-path', ...paths, ...flags], ioFor(cwd), '1.2.3');

const cluster = (name: string, fields = 'networkIsolation: {mode: denyAllIngress}'): string => `apiVersion: ray.io/v1
kind: RayCluster
metadata: {name: ${name}, namespace: ml}
spec:
  ${fields}
  headGroupSpec:
    rayStartParams: {}
    template: {spec: {containers: [{name: ray-head, image: "rayproject/ray:2.52.0"}]}}
`;
const settings = (spec: string): string =>
  `apiVersion: rayshield.io/v1alpha1\nkind: RayShield\nmetadata: {name: rayshield}\nspec: {settings: ${spec}}\n`;
const operator = settings('{operatorNamespace: kuberay}');

describe('every path is an input of its own', () => {
  test('two clusters may bear one name, which one input may not hold', async () => {
    const cwd = makeTree({ 'a/c.yaml': cluster('same'), 'b/c.yaml': cluster('same'), 'a/rayshield.yaml': operator });
    const paths = ['a/c.yaml', 'b/c.yaml'];
    const together = await run(['validate', ...paths], ioFor(cwd), '1.2.3');
    expect(together.stdout).toMatch(/error OBJECT_TWICE/);
    const each = await eachPath(cwd, paths);
    expect(each).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('2 files, 2 documents, 2 Ray objects') });
    // Only a/ says where the operator is.
    expect(each.stdout).toMatch(/^b\/c\.yaml:.* warning OPERATOR_ANY_NAMESPACE/m);
    expect(each.stdout).not.toMatch(/^a\/c\.yaml:.* warning/m);
  });

  test('folders too, each with its own settings', async () => {
    const files = { 'rayshield.yaml': operator, 'c.yaml': cluster('same') };
    const of = (folder: string) => Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]);
    const cwd = makeTree(Object.fromEntries([...of('staging'), ...of('production')]));
    expect(await eachPath(cwd, ['staging', 'production'], '--strict')).toMatchObject({ exitCode: 0 });
  });

  test('portions in any order find what one run finds', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `team-${index % 3}/c${index}.yaml`);
    const texts = names.map((_, index) => cluster(`c${index % 4}`, index % 2 ? 'networkIsolatoin: {}' : undefined));
    const cwd = makeTree({
      ...Object.fromEntries(names.map((name, index) => [name, texts[index] ?? ''])),
      'team-1/rayshield.yaml': operator,
    });
    const findingsOf = async (paths: readonly string[]): Promise<string[]> => {
      const { stdout } = await eachPath(cwd, paths, '--format', 'json');
      return JSON.parse(stdout).findings.map((finding: unknown) => JSON.stringify(finding));
    };
    const whole = await findingsOf(names);
    const mixed = [...names].sort((a, b) => a.slice(-6).localeCompare(b.slice(-6))).reverse();
    const portions = await Promise.all([mixed.slice(0, 5), mixed.slice(5, 6), mixed.slice(6)].map(findingsOf));
    expect(whole.length).toBeGreaterThan(names.length / 2);
    expect(portions.flat().sort()).toEqual([...whole].sort());
  });
});

describe('settings', () => {
  test('are those of the nearest file above, up to where the run was started', async () => {
    const cwd = makeTree({
      'rayshield.yaml': settings('{operatorNamespace: outside}'),
      'repo/apps/rayshield.yaml': operator,
      'repo/apps/team/deep/c.yaml': cluster('c'),
      'repo/other/c.yaml': cluster('d'),
    });
    const { stdout } = await eachPath(join(cwd, 'repo'), ['apps/team/deep/c.yaml', 'other/c.yaml']);
    expect(stdout).not.toMatch(/apps\/team\/deep\/c\.yaml\S* warning/);
    expect(stdout).toContain('other/c.yaml:5:3: warning OPERATOR_ANY_NAMESPACE');
  });

  test('failOn of one path is not that of another', async () => {
    const cwd = makeTree({
      'a/c.yaml': cluster('a'),
      'b/c.yaml': cluster('b'),
      'a/rayshield.yaml': settings('{failOn: warning}'),
    });
    expect(await eachPath(cwd, ['b/c.yaml'])).toMatchObject({ exitCode: 0 });
    const both = await eachPath(cwd, ['b/c.yaml', 'a/c.yaml'], '--format', 'junit');
    expect(both.exitCode).toBe(1);
    expect(both.stdout.match(/<failure /g)).toHaveLength(1);
    expect(both.stdout).toMatch(/<testsuite name="a\/c\.yaml" id="2" tests="1" failures="1"/);
  });

  test('a settings file that is named is checked itself', async () => {
    const wrong = settings('{failOn: sometimes}');
    const cwd = makeTree({
      'rayshield.yaml': wrong,
      'c.yaml': cluster('c'),
      'k/kustomization.yaml': '',
      'k/rayshield.yaml': wrong,
    });
    const alone = await eachPath(cwd, ['rayshield.yaml']);
    expect(alone).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('error SETTING_INVALID') });
    expect((await eachPath(cwd, ['k/rayshield.yaml'])).stdout).toContain(
      'k/rayshield.yaml:4:27: error SETTING_INVALID',
    );
    // And said once, though every file is read with it.
    const all = await eachPath(cwd, ['rayshield.yaml', 'c.yaml']);
    expect(all.stdout.match(/SETTING_INVALID/g)).toHaveLength(1);
  });

  test('a flag with a wrong value is wrong use', async () => {
    const cwd = makeTree({ 'c.yaml': cluster('c'), 'rayshield.yaml': operator });
    for (const path of ['c.yaml', 'rayshield.yaml'])
      expect(await eachPath(cwd, [path], '--fail-on', 'never')).toMatchObject({ exitCode: 2, stdout: '' });
  });
});

describe('what another tool renders is left out, and named', () => {
  test.each([
    [
      'kustomize/overlays/kustomization.yaml',
      'kustomize/overlays/patches/p.yaml',
      'kustomize build kustomize/overlays |',
    ],
    ['charts/ray/Chart.yaml', 'charts/ray/templates/c.yaml', 'helm template charts/ray |'],
    ['Kustomization', 'p.yaml', 'kustomize build . |'],
  ])('%s', async (source, file, remedy) => {
    const cwd = makeTree({ [source]: '', [file]: '{{ if }}\nkind: RayCluster # ray.io/v1\n' });
    const { exitCode, stdout } = await eachPath(cwd, [source, file]);
    expect(exitCode).toBe(0);
    for (const path of [source, file]) expect(stdout).toContain(`${path}: info SOURCE_LEFT_OUT: `);
    expect(stdout).toContain(remedy);
    expect(stdout).toContain('0 files');
  });

  test('a folder above the start of the run does not count, and a folder that is named is refused as ever', async () => {
    const cwd = makeTree({ 'kustomization.yaml': '', 'in/c.yaml': cluster('c'), 'in/rayshield.yaml': operator });
    expect(await eachPath(join(cwd, 'in'), ['c.yaml'])).toMatchObject({ exitCode: 0 });
    expect(await eachPath(cwd, ['.'])).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('error KUSTOMIZATION_SOURCE'),
    });
  });
});

test('other YAML and JSON, as a hook names them, is left out', async () => {
  const cwd = makeTree({ 'package.json': '{"name": "a"}', '.github/workflows/ci.yaml': 'on: push\n' });
  const { exitCode, stdout } = await eachPath(cwd, ['package.json', '.github/workflows/ci.yaml']);
  expect(exitCode).toBe(0);
  expect(stdout.match(/info NOT_A_MANIFEST/g)).toHaveLength(2);
});

test('a path that cannot be read ends the run with 3, and the others are judged', async () => {
  const cwd = makeTree({ 'c.yaml': cluster('c', 'networkIsolatoin: {}') });
  mkdirSync(join(cwd, 'loop'));
  symlinkSync('x.yaml', join(cwd, 'loop/x.yaml'));
  const { exitCode, stdout, stderr } = await eachPath(cwd, ['gone.yaml', 'loop/x.yaml', 'c.yaml']);
  expect(exitCode).toBe(3);
  expect(stderr.match(/error FILE_UNREADABLE/g)).toHaveLength(2);
  expect(stdout).toContain('c.yaml:5:3: error');
});

test('standard input stays one input', async () => {
  const io = { ...ioFor('/'), readStdin: () => Promise.resolve(Buffer.from(`${cluster('a')}---\n${cluster('a')}`)) };
  const { exitCode } = await run(['validate', '--each-path'], io, '1.2.3');
  expect(exitCode).toBe(1);
});
