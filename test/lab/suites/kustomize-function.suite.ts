// docs/kustomize.md with the real kustomize: rayshield as a transformer, a validator and in place, and each mistake of the page's
// table with what is seen of it.
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { flagNames } from '../../../plugin/fronts/flags.ts';
import { fencedBlocks } from '../../support/page.ts';
import { readTree } from '../../support/workdir.ts';
import { makeToolFolder, namesIn, objectsIn, root, type ToolFolder } from '../renderers/tool-folder.ts';
import { labSuite } from '../suite.ts';

const page = readFileSync(join(root, 'docs/kustomize.md'), 'utf8');
const [quickStart = '', judgeLine = ''] = fencedBlocks(page, 'sh');
const [validator = ''] = fencedBlocks(page, 'yaml');

const build = 'kustomize build --enable-alpha-plugins --enable-exec';
const policies = ['NetworkPolicy team-demo-raycluster', 'NetworkPolicy team-demo-raycluster-head'];
const canJudge = flagNames.some((name) => name === ('expanded' as string));

/** kustomize tells by annotations where each object comes from. */
const withoutAnnotations = (stream: string): unknown[] =>
  objectsIn(stream).map(({ metadata: { annotations: _, ...metadata }, ...rest }) => ({ ...rest, metadata }));

labSuite('kustomize-function', { parts: ['kustomize'] }, (life) => {
  let folder: string;
  let tools: ToolFolder;
  const copies = new Set<string>();

  /** A copy of what the page's first lines leave, with some files written over. */
  function startFrom(name: string, files: Readonly<Record<string, string>> = {}): string {
    expect(copies).not.toContain(name);
    copies.add(name);
    cpSync(join(folder, 'page'), join(folder, name), { recursive: true });
    tools.write(Object.fromEntries(Object.entries(files).map(([path, text]) => [`${name}/${path}`, text])));
    return name;
  }
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
  const change = (path: string, ...edits: readonly (readonly [string | RegExp, string])[]): void => {
    const before = read(path);
    const after = edits.reduce((text, [from, to]) => text.replace(from, to), before);
    expect(after).not.toBe(before);
    tools.write({ [path]: after });
  };

  beforeAll(async () => {
    folder = life.folder('data');
    tools = makeToolFolder(folder, { kustomize: 'kustomize' });
    mkdirSync(join(folder, 'page'));
    const { exitCode, stderr } = await tools.run(quickStart, { cwd: 'page' });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  describe('as a transformer', () => {
    test('the lines of the page expand what kustomize has renamed', () => {
      const rendered = read('page/rendered.yaml');
      expect(namesIn(rendered)).toEqual([...policies, 'RayCluster team-demo']);
      expect(rendered).not.toContain('networkIsolation:');
      expect(rendered).toContain('ray.io/cluster: team-demo');
      expect(objectsIn(rendered).map(({ metadata }) => metadata.namespace)).toEqual(['ml', 'ml', 'ml']);
    });

    test.skipIf(!canJudge)('the judging line of the page finds nothing', async () => {
      expect(await tools.run(judgeLine, { cwd: 'page' })).toMatchObject({ exitCode: 0 });
    });

    test('the files of deploy/kustomize work, with the names of this build in certificates and start commands', async () => {
      cpSync(join(root, 'deploy/kustomize'), join(folder, 'deploy'), { recursive: true });
      tools.write({ 'deploy/over/kustomization.yaml': '' });
      change('deploy/kustomization.yaml', ['namespace: ml', 'namespace: prod\nnamePrefix: a-']);
      const { exitCode, stdout, stderr } = await tools.run(`${build} deploy`);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).toContain("'*.a-demo-raycluster-head-nodes.prod.svc.cluster.local'");
      expect(stdout).toContain('a-demo-head-svc.prod.svc');
      expect(stdout).not.toMatch(/[^-]demo-head-svc|\.ml\.svc/);
      expect(objectsIn(stdout).filter(({ kind }) => kind === 'Certificate')).toHaveLength(3);
    });

    test('patches of the same kustomization, and of one above, reach the Ray object', async () => {
      const patch = (label: string): string =>
        `patches:\n- target: {kind: RayCluster, name: demo}\n  patch: |-\n    - op: add\n      path: /metadata/labels\n      value: {${label}: "1"}\n`;
      const name = startFrom('patched');
      change(`${name}/kustomization.yaml`, [/$/, patch('inner')]);
      tools.write({ 'patched-above/kustomization.yaml': `resources: [../${name}]\n${patch('outer')}` });
      const ray = async (target: string) =>
        objectsIn((await tools.run(`${build} ${target}`)).stdout).find(({ kind }) => kind === 'RayCluster');
      expect((await ray(name))?.metadata.labels).toEqual({ inner: '1' });
      expect((await ray('patched-above'))?.metadata.labels).toEqual({ outer: '1' });
    });

    test('nothing of the orchestrator is left, and another run changes nothing', async () => {
      const name = startFrom('again', {
        'kustomization.yaml': 'resources: [rendered.yaml]\ntransformers: [rayshield.yaml]\n',
      });
      const { stdout, exitCode } = await tools.run(`${build} ${name}`);
      expect(exitCode).toBe(0);
      expect(withoutAnnotations(stdout)).toEqual(withoutAnnotations(read('page/rendered.yaml')));
      expect(stdout).toContain('rayshield.io/applied: networkIsolation=denyAllIngress');
      expect(read('page/rendered.yaml')).not.toContain('internal.config');
    });

    test('an error fails the build, says which file, and nothing is printed', async () => {
      const name = startFrom('wrong');
      change(`${name}/cluster.yaml`, ['networkIsolation', 'networkIsolatoin']);
      const { exitCode, stdout, stderr } = await tools.run(`${build} ${name}`);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
      expect(stderr).toMatch(
        /^cluster\.yaml: error FIELD_MISSPELT RayCluster ml\/team-demo spec\.networkIsolatoin: .*\nError: couldn't execute function: exit status 1/,
      );
    });

    test('a ConfigMap gives the settings as well', async () => {
      const name = startFrom('config-map');
      change(
        `${name}/rayshield.yaml`,
        ['rayshield.io/v1alpha1', 'v1'],
        ['kind: RayShield', 'kind: ConfigMap'],
        [/spec:[\s\S]*/, 'data: {operatorNamespace: kuberay-operator}\n'],
      );
      const { stdout, stderr } = await tools.run(`${build} ${name}`);
      expect(stderr).toBe('');
      expect(withoutAnnotations(stdout)).toEqual(withoutAnnotations(read('page/rendered.yaml')));
    });

    test('a container function gets no arguments and no network', async () => {
      cpSync(join(root, 'deploy/kustomize'), join(folder, 'boxed'), { recursive: true });
      tools.write({
        'bin/docker': '#!/bin/bash\necho "$@" > "$DOCKER_ARGS"\nexec env -i "PATH=$PATH" rayshield\n',
      });
      change('boxed/kustomization.yaml', ['- rayshield.yaml', '- container/rayshield.yaml']);
      const env = { DOCKER_ARGS: join(folder, 'docker-args') };
      const { exitCode, stdout, stderr } = await tools.run('kustomize build --enable-alpha-plugins boxed', { env });
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(namesIn(stdout)).toContain('NetworkPolicy demo-raycluster');
      expect(read('docker-args')).toMatch(
        /^run .*--network none .*registry\.example\.com\/rayshield-function:0\.1\.0\n$/,
      );
    });
  });

  describe('mistakes that the page names', () => {
    test('without --enable-exec the function is left out, and kustomize succeeds', async () => {
      const { exitCode, stdout, stderr } = await tools.run('kustomize build --enable-alpha-plugins page');
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(namesIn(stdout)).toEqual(['RayCluster team-demo']);
      expect(stdout).toContain('networkIsolation:');
    });

    test('without --enable-alpha-plugins the build fails', async () => {
      const { exitCode, stderr } = await tools.run('kustomize build page');
      expect(exitCode).toBe(1);
      expect(stderr).toContain("external plugins disabled; unable to load external plugin 'RayShield'");
    });

    test.skipIf(!canJudge)('the output without the function is refused by the judging line', async () => {
      const { exitCode } = await tools.run(
        'kustomize build --enable-alpha-plugins page | rayshield validate --expanded -',
      );
      expect(exitCode).toBe(1);
    });

    test.skipIf(!canJudge).each([
      ['a prefix', 'namePrefix: b-'],
      ['a suffix', 'nameSuffix: -b'],
      ['a label in selectors', 'labels: [{pairs: {a: b}, includeSelectors: true}]'],
    ])('%s above is refused by the judging line', async (_, line) => {
      const name = `above-${line.slice(0, 6)}`;
      tools.write({ [`${name}/kustomization.yaml`]: `resources: [../page-only]\n${line}\n` });
      if (!copies.has('page-only')) startFrom('page-only');
      const { exitCode, stdout } = await tools.run(`${build} ${name} | rayshield validate --expanded -`);
      expect({ exitCode, stdout }).toMatchObject({ exitCode: 1 });
    });

    test.skipIf(!canJudge)('a namespace transformer after rayshield is refused under TLS', async () => {
      cpSync(join(root, 'deploy/kustomize'), join(folder, 'moved'), { recursive: true });
      tools.write({
        'moved/move.yaml':
          'apiVersion: builtin\nkind: NamespaceTransformer\nmetadata: {name: x, namespace: elsewhere}\nfieldSpecs: [{path: metadata/namespace, create: true}]\n',
      });
      change('moved/kustomization.yaml', ['- rayshield.yaml', '- rayshield.yaml\n  - move.yaml']);
      const { exitCode, stdout } = await tools.run(`${build} moved | rayshield validate --expanded -`);
      expect({ exitCode, stdout }).toMatchObject({ exitCode: 1 });
    });

    test('under generators', async () => {
      const name = startFrom('generator');
      change(`${name}/kustomization.yaml`, ['transformers:', 'generators:']);
      const { exitCode, stdout, stderr } = await tools.run(`${build} ${name}`);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
      expect(stderr).toContain('error FUNCTION_AS_GENERATOR');
    });

    test('under validators without the annotation', async () => {
      const name = startFrom('modifying');
      change(`${name}/kustomization.yaml`, ['transformers:', 'validators:']);
      const { exitCode, stdout, stderr } = await tools.run(`${build} ${name}`);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
      expect(stderr).toContain("validator shouldn't modify the resource map");
    });

    test('with the annotation under transformers', async () => {
      const name = startFrom('checking', { 'rayshield.yaml': validator });
      const { exitCode, stdout, stderr } = await tools.run(`${build} ${name}`);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
      expect(stderr).toContain('rayshield-only-checks-name-it-under-validators');
    });
  });

  describe('as a validator', () => {
    const under = (name: string): string => {
      startFrom(name, { 'rayshield.yaml': validator });
      change(`${name}/kustomization.yaml`, ['transformers:', 'validators:']);
      return name;
    };

    test('changes nothing', async () => {
      const name = under('valid');
      const { exitCode, stdout } = await tools.run(`${build} ${name}`);
      expect(exitCode).toBe(0);
      const plain = await tools.run(`sed -i /validators/d ${name}/kustomization.yaml; kustomize build ${name}`);
      expect(stdout).toBe(plain.stdout);
    });

    test('fails the build where something is wrong', async () => {
      const name = under('invalid');
      change(`${name}/cluster.yaml`, ['  headGroupSpec', '  rayVersio: "2.52.0"\n  headGroupSpec']);
      const { exitCode, stdout, stderr } = await tools.run(`${build} ${name}`);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
      expect(stderr).toContain('error SCHEMA_UNKNOWN_FIELD RayCluster ml/team-demo spec.rayVersio');
    });
  });

  describe('in place', () => {
    const files = {
      'cluster.yaml': `# about the cluster
apiVersion: ray.io/v1
kind: RayCluster
metadata:
  name: demo # whose
  namespace: ml
spec:
  networkIsolation: {}
  headGroupSpec:
    rayStartParams: {}
    template: {spec: {containers: [{name: ray-head, image: 'rayproject/ray:2.52.0'}]}}
---
# untouched
apiVersion: v1
kind: ConfigMap
metadata: {name: other} # as it is
data:
  b: "1"
  a: 0x10 # hex
`,
    };
    const at = (name: string): void => {
      tools.write(Object.fromEntries(Object.entries(files).map(([path, text]) => [`${name}/${path}`, text])));
      mkdirSync(join(folder, `${name}-functions`), { recursive: true });
      cpSync(join(folder, 'page/rayshield.yaml'), join(folder, `${name}-functions/rayshield.yaml`));
    };
    const runIn = (name: string, more = '') =>
      tools.run(`kustomize fn run ${name} --enable-exec --fn-path ${name}-functions ${more}`);

    test('files keep their comments, what is made comes into its own, and a second run changes nothing', async () => {
      at('tree');
      const { exitCode, stderr } = await runIn('tree');
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      const tree = readTree(join(folder, 'tree'));
      expect(Object.keys(tree)).toEqual([
        'cluster.yaml',
        'ml/networkpolicy_demo-raycluster-head.yaml',
        'ml/networkpolicy_demo-raycluster.yaml',
      ]);
      const [ray = '', other = ''] = tree['cluster.yaml']?.split('---\n') ?? [];
      expect(other).toBe(files['cluster.yaml'].split('---\n')[1]);
      expect(ray).toContain('# about the cluster\n');
      expect(ray).toContain('# whose\n');
      expect(Object.values(tree).join('')).not.toMatch(/config\.(?:kubernetes|k8s)\.io|networkIsolation:/);
      await runIn('tree');
      expect(readTree(join(folder, 'tree'))).toEqual(tree);
    });

    test('results name file, document and field, and nothing is written', async () => {
      at('bad');
      change('bad/cluster.yaml', ['networkIsolation', 'networkIsolatoin']);
      const before = readTree(join(folder, 'bad'));
      mkdirSync(join(folder, 'results'));
      const { exitCode, stderr } = await runIn('bad', '--results-dir results');
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/^cluster\.yaml: error FIELD_MISSPELT RayCluster ml\/demo spec\.networkIsolatoin/);
      expect(readTree(join(folder, 'bad'))).toEqual(before);
      const results = read('results/results-0.yaml');
      for (const part of ['severity: "error"', 'path: "spec.networkIsolatoin"', 'path: "cluster.yaml"', 'index: 0'])
        expect(results).toContain(part);
    });
  });
});
