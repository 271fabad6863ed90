// `rayshield render`: what is written where, what is never written over, and what --check says.
import {
  appendFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { ioFor } from '../../support/case.ts';
import { makeTools, printsCluster } from '../../support/fake-tool.ts';
import { type Ran, run } from '../../support/run.ts';
import { makeTree, readTree } from '../../support/workdir.ts';

const rayCluster = (name: string, fields: string): string => `apiVersion: ray.io/v1
kind: RayCluster
metadata: {name: ${name}, namespace: ml}
spec:
  ${fields}
  headGroupSpec:
    rayStartParams: {}
    template: {spec: {containers: [{name: ray-head, image: 'rayproject/ray:2.60.0'}]}}
`;
const group =
  '{headGroupSpec: {rayStartParams: {}, template: {spec: {containers: [{name: r, image: "rayproject/ray:2.60.0"}]}}}}';
const isolated = (name = 'demo'): string => rayCluster(name, 'networkIsolation: {mode: denyAllIngress}');
const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: ml} # as it is\n';

const env = { RAYSHIELD_OPERATOR_NAMESPACE: 'kuberay' };

const render = (cwd: string, ...argv: readonly string[]): Promise<Ran> =>
  run(['render', ...argv], ioFor(cwd, env), '0');

async function rendered(files: Readonly<Record<string, string>>, ...argv: readonly string[]) {
  const cwd = makeTree(Object.fromEntries(Object.entries(files).map(([path, text]) => [`in/${path}`, text])));
  const ran = await render(cwd, 'in', '--out', 'out', ...argv);
  expect(ran).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  return readTree(join(cwd, 'out'));
}

const listed = (tree: Readonly<Record<string, string>>, folder = ''): string[] =>
  parse(tree[`${folder}kustomization.yaml`] ?? '').resources;

describe('files', () => {
  test('there is one for each object, and a kustomization that lists them in the order of the stream', async () => {
    const tree = await rendered({ 'a.yaml': configMap, 'b.yaml': isolated() });
    const names = [
      'configmap_ml_a.yaml',
      'networkpolicy.networking.k8s.io_ml_demo-raycluster.yaml',
      'networkpolicy.networking.k8s.io_ml_demo-raycluster-head.yaml',
      'raycluster.ray.io_ml_demo.yaml',
    ];
    expect(listed(tree)).toEqual(names);
    expect(Object.keys(tree).sort()).toEqual([...names, 'kustomization.yaml'].sort());
  });

  test('hold what expand prints, byte for byte', async () => {
    const cwd = makeTree({ 'in/a.yaml': configMap, 'in/b.yaml': isolated() });
    const { stdout } = await run(['expand', 'in'], ioFor(cwd, env), '0');
    await render(cwd, 'in', '--out', 'out');
    const tree = readTree(join(cwd, 'out'));
    expect(
      listed(tree)
        .map((name) => tree[name])
        .join('---\n'),
    ).toBe(stdout);
  });

  test('an untouched document keeps its bytes, comments before its marker and odd ends of lines too', async () => {
    const tree = await rendered({
      'a.yaml': `# of the file\n---\r\n${configMap.replace(/\n/g, '\r\n')}---\n# of b\n${configMap.replace('name: a', 'name: b')}`,
      'b.yaml': configMap.replace('name: a', 'name: c').trimEnd(),
      'c.json': '{"apiVersion":"v1","kind":"ConfigMap",\n\t"metadata":{"name":"d"}}',
      'd.yaml': '# nothing\n---\n',
    });
    expect(tree['configmap_ml_a.yaml']).toBe(`# of the file\n---\r\n${configMap.replace(/\n/g, '\r\n')}`);
    expect(tree['configmap_ml_b.yaml']).toBe(`# of b\n${configMap.replace('name: a', 'name: b')}`);
    expect(tree['configmap_ml_c.yaml']).toBe(configMap.replace('name: a', 'name: c').trimEnd());
    expect(tree['configmap_d.json']).toBe('{"apiVersion":"v1","kind":"ConfigMap",\n\t"metadata":{"name":"d"}}');
    expect(listed(tree)).toHaveLength(4);
  });

  test('keep their names when others come, and differ by group and namespace', async () => {
    const service = (apiVersion: string, namespace: string): string =>
      `apiVersion: ${apiVersion}\nkind: Service\nmetadata: {name: s, namespace: ${namespace}}\n`;
    const before = await rendered({ 'b.yaml': service('v1', 'ml') });
    const after = await rendered({
      'a.yaml': service('serving.knative.dev/v1', 'ml'),
      'b.yaml': service('v1', 'ml'),
      'c.yaml': service('v1', 'lab'),
    });
    expect(listed(before)).toEqual(['service_ml_s.yaml']);
    expect(listed(after)).toEqual(['service.serving.knative.dev_ml_s.yaml', 'service_ml_s.yaml', 'service_lab_s.yaml']);
  });

  test('have names that every file system takes', async () => {
    const role = (name: string): string =>
      `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: "${name}"}\n---\n`;
    const tree = await rendered({
      'a.yaml': ['system:auth', 'system-auth', 'System:auth', 'a_b', `x${'y'.repeat(252)}`].map(role).join(''),
    });
    const names = listed(tree);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(5);
    expect(Object.keys(tree)).toHaveLength(6);
    for (const name of names) expect(name).toMatch(/^[a-z0-9._-]{1,220}$/);
    expect(names[1]).toBe('clusterrole.rbac.authorization.k8s.io_system-auth.yaml');
  });

  test('an untouched List stays one file, and one that is printed anew is taken apart', async () => {
    const list = (...items: string[]): string =>
      `apiVersion: v1\nkind: List\nitems:\n${items.map((item) => `- ${item.trimEnd().replace(/\n/g, '\n  ')}\n`).join('')}`;
    const whole = list(configMap, configMap.replace('name: a', 'name: b'));
    const tree = await rendered({
      'a.yaml': whole,
      'b.yaml': list(configMap.replace('name: a', 'name: c'), isolated()),
    });
    expect(tree['list_configmap_ml_a.yaml']).toBe(whole);
    expect(listed(tree)).toEqual([
      'list_configmap_ml_a.yaml',
      'configmap_ml_c.yaml',
      'networkpolicy.networking.k8s.io_ml_demo-raycluster.yaml',
      'networkpolicy.networking.k8s.io_ml_demo-raycluster-head.yaml',
      'raycluster.ray.io_ml_demo.yaml',
    ]);
    expect(parse(tree['configmap_ml_c.yaml'] ?? '')).toMatchObject({ kind: 'ConfigMap', metadata: { name: 'c' } });
  });
});

test.each(['000', '022', '077'])('modes are the same with umask %s', async (umask) => {
  const cwd = makeTree({ 'in/a.yaml': isolated() });
  const program = join(import.meta.dirname, '../../../dist/rayshield.cjs');
  const line = `umask ${umask}; exec "$0" "$@"`;
  await execa('bash', ['-c', line, process.execPath, program, 'render', 'in', '--out', 'out', '--split'], { cwd, env });
  const out = join(cwd, 'out');
  const paths = ['.', ...(readdirSync(out, { recursive: true }) as string[])];
  const modes = paths.map((path) => {
    const stats = statSync(join(out, path));
    return `${stats.isDirectory() ? 'folder' : 'file'} ${(stats.mode & 0o777).toString(8)}`;
  });
  expect([...new Set(modes)].sort()).toEqual(['file 644', 'folder 755']);
});

describe('the folder', () => {
  test('is replaced as a whole, and nothing is left beside it', async () => {
    const cwd = makeTree({ 'in/a.yaml': isolated(), 'in/b.yaml': configMap });
    await render(cwd, 'in', '--out', 'build/out', '--split');
    rmSync(join(cwd, 'in/a.yaml'));
    expect(await render(cwd, 'in', '--out', 'build/out')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(Object.keys(readTree(join(cwd, 'build')))).toEqual(['out/configmap_ml_a.yaml', 'out/kustomization.yaml']);
    expect(readdirSync(join(cwd, 'build'))).toEqual(['out']);
    expect(readdirSync(join(cwd, 'build/out')).sort()).toEqual(['configmap_ml_a.yaml', 'kustomization.yaml']);
  });

  test('that is a link is replaced where the link leads', async () => {
    const cwd = makeTree({ 'in/a.yaml': configMap, 'real/': '' });
    symlinkSync('real', join(cwd, 'out'));
    await render(cwd, 'in', '--out', 'out');
    expect(Object.keys(readTree(join(cwd, 'real')))).toEqual(['configmap_ml_a.yaml', 'kustomization.yaml']);
    expect(lstatSync(join(cwd, 'out')).isSymbolicLink()).toBe(true);
  });

  test.each([
    ['a file beside those of a run before', { 'out/README.md': 'mine' }, 'README.md'],
    ['a hidden one', { 'out/.gitattributes': 'mine' }, '.gitattributes'],
    ['a file in the folder of a step', { 'out/pki/mine.yaml': 'mine' }, 'pki/mine.yaml'],
    ['a folder', { 'out/charts/a/b': 'mine' }, 'charts'],
    ['a folder by the name of a listed file', { 'out/configmap_ml_b.yaml/x': 'mine' }, 'configmap_ml_b.yaml'],
  ])('is not replaced where it holds %s: OUT_FOREIGN', async (_, foreign, named) => {
    const cwd = makeTree({ 'in/a.yaml': configMap });
    await render(cwd, 'in', '--out', 'out');
    for (const [path, text] of Object.entries(foreign)) {
      mkdirSync(join(cwd, path, '..'), { recursive: true });
      writeFileSync(join(cwd, path), text);
    }
    const before = readTree(cwd);
    writeFileSync(join(cwd, 'in/a.yaml'), configMap.replace('name: a', 'name: c'));
    for (const flags of [[], ['--check'], ['--split']]) {
      const ran = await render(cwd, 'in', '--out', 'out', ...flags);
      expect(ran).toMatchObject({ exitCode: 1, stdout: '' });
      expect(ran.stderr).toContain(
        `out: error OUT_FOREIGN: this folder would be replaced, and it holds what no run of render has written: ${named};`,
      );
    }
    expect(readTree(cwd)).toEqual({ ...before, 'in/a.yaml': configMap.replace('name: a', 'name: c') });
  });

  test("with a kustomization of somebody else's is not replaced, whatever that lists", async () => {
    const kustomization = 'kind: Kustomization\nresources:\n- "a.yaml"\n';
    const cwd = makeTree({ 'in/a.yaml': configMap, 'out/kustomization.yaml': kustomization, 'out/a.yaml': configMap });
    const ran = await render(cwd, 'in', '--out', 'out');
    expect(ran.stderr).toContain('written: a.yaml, kustomization.yaml;');
    expect(readTree(join(cwd, 'out'))).toEqual({ 'kustomization.yaml': kustomization, 'a.yaml': configMap });
  });

  test.each(['in', 'in/out', '.'])('is not %s, which is read: RENDER_INSIDE_SOURCE', async (out) => {
    const cwd = makeTree({ 'in/a.yaml': configMap });
    expect((await render(cwd, 'in', '--out', out)).stderr).toContain(`${out}: error RENDER_INSIDE_SOURCE`);
    expect(readTree(cwd)).toEqual({ 'in/a.yaml': configMap });
  });

  test('that is a file, or below one, is not written', async () => {
    const cwd = makeTree({ 'in/a.yaml': configMap, out: 'file' });
    for (const out of ['out', 'out/below']) {
      expect(await render(cwd, 'in', '--out', out)).toMatchObject({
        exitCode: 3,
        stderr: expect.stringContaining(`${out}: error FILE_UNWRITABLE`),
      });
    }
    expect(readTree(cwd)).toEqual({ 'in/a.yaml': configMap, out: 'file' });
  });
});

describe('--split', () => {
  const others = [
    'apiVersion: v1\nkind: Namespace\nmetadata: {name: ml}\n',
    'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: a.example.com}\n',
    'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: c, namespace: ml}\n',
    'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: of-others, namespace: ml}\n',
    'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: ml}\n',
    configMap,
  ];
  const job = `apiVersion: ray.io/v1\nkind: RayJob\nmetadata: {name: j, namespace: ml}\nspec: {entrypoint: a, rayClusterSpec: ${group}}\n`;
  const service = `apiVersion: ray.io/v1\nkind: RayService\nmetadata: {name: s, namespace: ml}\nspec: {rayClusterConfig: ${group}}\n`;
  const files = {
    'a.yaml': [
      rayCluster(
        'demo',
        'networkIsolation: {mode: denyAllIngress}\n  tlsOptions: {mode: mTLS}\n  upgradeStrategy: {type: Recreate}',
      ),
      ...others,
      job,
      service,
    ].join('---\n'),
  };
  const kustomizations = (tree: Readonly<Record<string, string>>) =>
    parseAllDocuments(tree['flux.yaml'] ?? '').map(
      (one) => one.toJS() as { metadata: { name: string }; spec: Record<string, unknown> },
    );

  test('puts each object into its step, and lists flux.yaml alone at the top', async () => {
    const tree = await rendered(files, '--split');
    expect(listed(tree)).toEqual(['flux.yaml']);
    expect(listed(tree, 'policies/')).toEqual([
      ...['', '-head'].map((part) => `networkpolicy.networking.k8s.io_ml_demo-raycluster${part}.yaml`),
      'namespace_ml.yaml',
      'customresourcedefinition.apiextensions.k8s.io_a.example.com.yaml',
      'ciliumnetworkpolicy.cilium.io_ml_c.yaml',
    ]);
    expect(listed(tree, 'other/')).toEqual(['service_ml_web.yaml', 'configmap_ml_a.yaml']);
    expect(listed(tree, 'pki/')).toHaveLength(8);
    expect(listed(tree, 'pki/')).toContain('certificate.cert-manager.io_ml_of-others.yaml');
    expect(listed(tree, 'ray/')).toEqual([
      'raycluster.ray.io_ml_demo.yaml',
      'rayjob.ray.io_ml_j.yaml',
      'rayservice.ray.io_ml_s.yaml',
    ]);
  });

  test('makes each step wait for the one before, and for what it must wait for', async () => {
    const [policies, other, pki, ray] = kustomizations(await rendered(files, '--split'));
    expect(policies?.spec).toMatchObject({ wait: true, path: './policies', prune: true });
    expect(policies?.spec).not.toHaveProperty('dependsOn');
    expect(other?.spec).toMatchObject({
      dependsOn: [{ name: 'in-policies' }],
      sourceRef: { kind: 'OCIRepository', name: 'in' },
    });
    expect(other?.spec).not.toHaveProperty('wait');
    expect(pki?.spec).toMatchObject({ dependsOn: [{ name: 'in-other' }] });
    expect(pki?.spec['healthChecks']).toEqual(
      ['ca', 'head', 'worker'].map((part) => ({
        apiVersion: 'cert-manager.io/v1',
        kind: 'Certificate',
        name: `demo-raycluster-${part}`,
        namespace: 'ml',
      })),
    );
    expect(ray?.spec).toMatchObject({
      dependsOn: [{ name: 'in-pki' }],
      healthChecks: [{ kind: 'RayCluster' }, { kind: 'RayService' }],
    });
    expect(ray?.spec['healthCheckExprs']).toHaveLength(2);
  });

  test('leaves out a step that has nothing to do', async () => {
    const [policies, ray, none] = kustomizations(await rendered({ 'a.yaml': isolated() }, '--split'));
    expect([policies?.metadata.name, ray?.metadata.name, none]).toEqual(['in-policies', 'in-ray', undefined]);
    expect(ray?.spec['dependsOn']).toEqual([{ name: 'in-policies' }]);
  });

  test('takes names, source and path from flags', async () => {
    const flags = [
      '--flux-name',
      'n',
      '--flux-namespace',
      'ns',
      '--flux-source',
      'GitRepository/g',
      '--flux-path',
      './a/b/',
    ];
    const [policies] = kustomizations(await rendered({ 'a.yaml': isolated() }, '--split', ...flags));
    expect(policies).toMatchObject({
      metadata: { name: 'n-policies', namespace: 'ns' },
      spec: { path: './a/b/policies', sourceRef: { kind: 'GitRepository', name: 'g' } },
    });
  });
});

describe('a rendered folder as an input', () => {
  test.each([[[]], [['--split']]])('is plain manifests to validate and expand %j', async (flags) => {
    const cwd = makeTree({ 'in/a.yaml': isolated(), 'in/b.yaml': configMap });
    await render(cwd, 'in', '--out', 'out', ...flags);
    const judged = await run(['validate', 'out', '--expanded'], ioFor(cwd, env), '0');
    expect(judged).toMatchObject({ exitCode: 0, stderr: '' });
    expect(judged.stdout).toContain('1 Ray object (1 expanded): no findings');
    expect((await run(['expand', 'out'], ioFor(cwd, env), '0')).exitCode).toBe(0);
  });

  test('is a kustomization where somebody has put something into its kustomization.yaml', async () => {
    const cwd = makeTree({ 'in/a.yaml': isolated() });
    await render(cwd, 'in', '--out', 'out');
    appendFileSync(join(cwd, 'out/kustomization.yaml'), 'namePrefix: a-\n');
    const { exitCode, stdout } = await run(['validate', 'out', '--expanded'], ioFor(cwd, env), '0');
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('KUSTOMIZATION_SOURCE')]);
  });

  test('that lacks a policy is found', async () => {
    const cwd = makeTree({ 'in/a.yaml': isolated() });
    await render(cwd, 'in', '--out', 'out');
    rmSync(join(cwd, 'out/networkpolicy.networking.k8s.io_ml_demo-raycluster.yaml'));
    const { exitCode, stdout } = await run(['validate', 'out', '--expanded'], ioFor(cwd, env), '0');
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('EXPANDED_')]);
  });
});

describe('--check', () => {
  test('says nothing of a folder that is as it would be', async () => {
    const cwd = makeTree({ 'in/a.yaml': isolated(), 'in/b.yaml': configMap });
    for (const flags of [[], ['--split']]) {
      await render(cwd, 'in', '--out', 'out', ...flags);
      expect(await render(cwd, 'in', '--out', 'out', ...flags, '--check')).toEqual({
        exitCode: 0,
        stdout: '',
        stderr: '',
      });
    }
  });

  test('prints what has changed, come and gone, and writes nothing: OUT_STALE', async () => {
    const cwd = makeTree({ 'in/a.yaml': configMap, 'in/b.yaml': isolated('old') });
    await render(cwd, 'in', '--out', 'out');
    writeFileSync(join(cwd, 'in/a.yaml'), configMap.replace('as it is', 'as it was'));
    writeFileSync(join(cwd, 'in/b.yaml'), isolated('new'));
    const before = readTree(cwd);
    const { exitCode, stdout, stderr } = await render(cwd, 'in', '--out', 'out', '--check');
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      'out: error OUT_STALE: 8 files differ from what would be rendered now; run the same command without --check, and commit what it writes\n',
    );
    expect(stdout).toContain(`--- a/configmap_ml_a.yaml
+++ b/configmap_ml_a.yaml
@@ -1,3 +1,3 @@
 apiVersion: v1
 kind: ConfigMap
-metadata: {name: a, namespace: ml} # as it is
+metadata: {name: a, namespace: ml} # as it was
`);
    expect(stdout).toContain('--- /dev/null\n+++ b/raycluster.ray.io_ml_new.yaml\n');
    expect(stdout).toContain('--- a/raycluster.ray.io_ml_old.yaml\n+++ /dev/null\n');
    expect(readTree(cwd)).toEqual(before);
  });

  test('prints a difference that patch takes', async () => {
    const cwd = makeTree({ 'in/a.yaml': isolated(), 'in/b.yaml': configMap.trimEnd() });
    await render(cwd, 'in', '--out', 'out');
    writeFileSync(join(cwd, 'in/b.yaml'), `${configMap}\n`);
    writeFileSync(join(cwd, 'in/a.yaml'), isolated('other'));
    const { stdout } = await render(cwd, 'in', '--out', 'out', '--check');
    await execa('git', ['init', '-q'], { cwd });
    await execa('git', ['apply', '--directory=out', '-'], { cwd, input: stdout });
    expect(await render(cwd, 'in', '--out', 'out', '--check')).toMatchObject({ exitCode: 0 });
  });

  test('of a Secret says only that it differs', async () => {
    const secret = (value: string): string =>
      `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: ${value}}\n`;
    const cwd = makeTree({ 'in/a.yaml': secret('hunter2') });
    await render(cwd, 'in', '--out', 'out');
    writeFileSync(join(cwd, 'in/a.yaml'), secret('swordfish'));
    const { stdout } = await render(cwd, 'in', '--out', 'out', '--check');
    expect(stdout).toBe('Secrets a/secret_s.yaml and b/secret_s.yaml differ\n');
  });

  test('of no folder prints all of it', async () => {
    const cwd = makeTree({ 'in/a.yaml': configMap });
    const { exitCode, stdout, stderr } = await render(cwd, 'in', '--out', 'out', '--check');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('out: error OUT_STALE: this folder is not there, or empty;');
    expect(stdout.match(/^\+\+\+ .*/gm)).toEqual(['+++ b/configmap_ml_a.yaml', '+++ b/kustomization.yaml']);
    expect(readdirSync(cwd)).toEqual(['in']);
  });

  test('of an input that is wrong prints no difference', async () => {
    const cwd = makeTree({ 'in/a.yaml': rayCluster('demo', 'networkIsolatoin: {}') });
    expect(await render(cwd, 'in', '--out', 'out', '--check')).toMatchObject({ exitCode: 1, stdout: '' });
  });
});

test('a list of a kind needs no metadata of its own', async () => {
  const list = `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicyList\nitems:\n- apiVersion: networking.k8s.io/v1\n  kind: NetworkPolicy\n  metadata: {name: a}\n`;
  const tree = await rendered({ 'a.yaml': list });
  expect(tree['list_networkpolicy.networking.k8s.io_a.yaml']).toBe(list);
});

describe('the source', () => {
  test('may be a kustomization with a base in the same repository', async () => {
    const tools = makeTools({ kustomize: printsCluster });
    const kustomization = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [../../base]\n';
    const cwd = makeTree({
      '.git/HEAD': '',
      'work/overlays/a/kustomization.yaml': kustomization,
      'work/base/kustomization.yaml': kustomization.replace('../../base', 'a.yaml'),
      'work/base/a.yaml': configMap,
    });
    const io = ioFor(join(cwd, 'work/overlays'), { ...env, PATH: tools.bin, RAYSHIELD_NAMESPACE: 'ml' });
    expect(await run(['render', 'a', '--out', 'out'], io, '0')).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(listed(readTree(join(cwd, 'work/overlays/out')))).toHaveLength(3);
  });

  test('may be a chart, with the name of its release', async () => {
    const tools = makeTools({ helm: printsCluster });
    const cwd = makeTree({ 'in/Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n' });
    const io = ioFor(cwd, { ...env, PATH: tools.bin, RAYSHIELD_NAMESPACE: 'ml' });
    const argv = ['render', 'in', '--out', 'out', '--helm-release-name', 'one'];
    expect(await run(argv, io, '0')).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(tools.calls()[0]?.argv.slice(0, 2)).toEqual(['template', 'one']);
  });

  test('has its settings beside it', async () => {
    const settings =
      'apiVersion: rayshield.io/v1alpha1\nkind: RayShield\nmetadata: {name: x}\nspec: {settings: {failOn: warning}}\n';
    const cwd = makeTree({ 'in/a.yaml': isolated(), 'in/rayshield.yaml': settings });
    expect(await run(['render', 'in', '--out', 'out'], ioFor(cwd), '0')).toMatchObject({ exitCode: 1, stdout: '' });
    expect(readdirSync(cwd)).toEqual(['in']);
  });

  test('is named by findings as on the command line', async () => {
    const cwd = makeTree({ 'apps/ray/sub/a.yaml': rayCluster('demo', 'networkIsolatoin: {}'), 'work/': '' });
    const { stderr } = await render(join(cwd, 'work'), '../apps/ray', '--out', 'out');
    expect(stderr).toMatch(/^\.\.\/apps\/ray\/sub\/a\.yaml:5:3: error FIELD_MISSPELT/);
  });

  test.each([
    ['RENDER_EMPTY', { 'a.yaml': '# nothing\n' }, 'in: error RENDER_EMPTY'],
    [
      'RENDER_NAME_MISSING',
      { 'a.yaml': 'apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: a-}\n' },
      'in/a.yaml:3:11: error RENDER_NAME_MISSING Job metadata:',
    ],
    [
      'RENDER_NAME_MISSING',
      { 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\ndata: {}\n' },
      'in/a.yaml:1:1: error RENDER_NAME_MISSING ConfigMap metadata:',
    ],
    [
      'RENDER_OBJECT_TWICE',
      { 'a.yaml': configMap, 'b.yaml': `\n${configMap}` },
      'in/b.yaml:2:1: error RENDER_OBJECT_TWICE ConfigMap ml/a: this object is there twice, first at in/a.yaml:1,',
    ],
    [
      'RENDER_OBJECT_TWICE',
      {
        'a.yaml': ['v1', 'v1beta1']
          .map((version) => `apiVersion: g.io/${version}\nkind: A\nmetadata: {name: a}\n`)
          .join('---\n'),
      },
      'in/a.yaml:5:1: error RENDER_OBJECT_TWICE A a: this object is there twice, first at in/a.yaml:1,',
    ],
    [
      'YAML_DOCUMENT_END',
      { 'a.yaml': `${configMap}...\n${configMap.replace('name: a', 'name: b')}` },
      'in/a.yaml:5:1: error YAML_DOCUMENT_END',
    ],
    [
      'YAML_SYNTAX',
      { 'a.yaml': `${configMap}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: [}\n` },
      'in/a.yaml:7:',
    ],
    [
      'DOCUMENT_WITHOUT_KIND',
      { 'a.yaml': `apiVersion: v1\nkind: List\nitems:\n- {metadata: {name: a}}\n` },
      'in/a.yaml:4:3: error DOCUMENT_WITHOUT_KIND',
    ],
  ])('that cannot be files is refused: %s', async (_, files, said) => {
    const cwd = makeTree(Object.fromEntries(Object.entries(files).map(([path, text]) => [`in/${path}`, text])));
    const ran = await render(cwd, 'in', '--out', 'out');
    expect(ran).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining(said) });
    expect(readdirSync(cwd)).toEqual(['in']);
  });

  test.each([
    ['in/a.yaml', 1, 'in/a.yaml: error RENDER_NO_FOLDER: this is no folder;'],
    ['nowhere', 3, 'nowhere: error FILE_UNREADABLE: this cannot be read: it does not exist;'],
  ])('is a folder: %s is not', async (source, exitCode, said) => {
    const cwd = makeTree({ 'in/a.yaml': configMap });
    const ran = await render(cwd, source, '--out', 'out');
    expect(ran).toMatchObject({ exitCode, stdout: '', stderr: expect.stringContaining(said) });
  });
});

describe('wrong use', () => {
  const cases: readonly (readonly [readonly string[], string])[] = [
    [['--out', 'out'], 'RENDER_SOURCE: render needs a SOURCE'],
    [['-', '--out', 'out'], 'RENDER_SOURCE: render needs a SOURCE'],
    [['in', 'in', '--out', 'out'], 'RENDER_SOURCE: render takes one SOURCE'],
    [['in'], 'RENDER_OUT_MISSING'],
    [['in', '--out', 'out', '--flux-path', './a'], 'FLAG_WITHOUT_SPLIT: --flux-path'],
    [['in', '--out', 'out', '--split', '--flux-name', 'A'], 'FLUX_NAME: --flux-name needs a name'],
    [['in', '--out', 'out', '--split', '--flux-name', 'a'.repeat(55)], 'FLUX_NAME: --flux-name'],
    [['in', '--out', 'out', '--split', '--flux-namespace', 'a_b'], 'FLUX_NAME: --flux-namespace'],
    [['in', '--out', 'out', '--split', '--flux-source', 'Bucket/A'], 'FLUX_NAME: --flux-source'],
    [['in', '--out', 'out', '--split', '--flux-source', 'Buket/a'], 'did you mean Bucket/NAME?'],
    [['in', '--out', 'out', '--split', '--flux-path', '/abs'], 'FLUX_PATH'],
    [['in', '--out', 'out', '--split', '--flux-path', 'a/../..'], 'FLUX_PATH'],
    [['In_1', '--out', 'out', '--split'], 'FLUX_NAME: the name of the folder SOURCE is no name'],
  ];

  test.each(cases)('%j: %s', async (argv, said) => {
    const cwd = makeTree({ 'in/a.yaml': configMap, 'In_1/a.yaml': configMap });
    const ran = await render(cwd, ...argv);
    expect(ran).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining(said) });
    expect(readdirSync(cwd).sort()).toEqual(['In_1', 'in']);
  });
});
