// The KRM function as an orchestrator sees it, without a process; test/lab/suites/kustomize-function.suite.ts has kustomize itself.
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ioFor } from '../../../support/case.ts';
import { run } from '../../../support/run.ts';
import { makeTree } from '../../../support/workdir.ts';

const cluster = (fields = 'networkIsolation: {mode: denyAllIngress}', annotations = ''): string => `- # about it
  apiVersion: ray.io/v1
  kind: RayCluster
  metadata:
    name: demo
    namespace: ml
    annotations:
      config.kubernetes.io/index: '3'
      config.kubernetes.io/path: 'a/cluster.yaml'
      internal.config.kubernetes.io/index: '3'
      internal.config.kubernetes.io/path: 'a/cluster.yaml'
      internal.config.kubernetes.io/previousNames: was
      config.k8s.io/id: '1'${annotations}
  spec:
    ${fields}
    headGroupSpec:
      rayStartParams: {}
      template: {spec: {containers: [{name: ray-head, image: 'rayproject/ray:2.52.0'}]}}
`;
const configMap = `- apiVersion: v1 # why
  kind: ConfigMap
  metadata: {name: other}
  data:
    a: "1" # one
`;
const config = (spec: string, annotations = ''): string => `functionConfig:
  apiVersion: rayshield.io/v1alpha1
  kind: RayShield
  metadata:
    name: rayshield
    annotations:
      config.kubernetes.io/local-config: 'true'${annotations}
  spec: ${spec}
`;
const settings = '{settings: {operatorNamespace: kuberay-operator}}';
const list = (items: string, functionConfig = config(settings)): string =>
  `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n${items}${functionConfig}`;

interface Result {
  readonly message: string;
  readonly severity: string;
  readonly tags: Readonly<Record<string, string>>;
}

async function answer(stdin: string, argv: readonly string[] = ['krm'], env = {}) {
  const ran = await run(argv, ioFor(makeTree(), env, stdin), '0.0.0');
  const { items, results = [] } = parse(ran.stdout, { version: '1.1' }) as {
    items: { kind: string; metadata: { name: string; annotations?: object } }[];
    results?: Result[];
  };
  return { ...ran, items, results, codes: results.map(({ tags }) => tags['code']) };
}

describe('items', () => {
  test('are expanded in their places, and others keep their bytes', async () => {
    const { exitCode, stdout, items, results } = await answer(list(configMap + cluster() + configMap));
    expect({ exitCode, results }).toEqual({ exitCode: 0, results: [] });
    expect(items.map(({ kind }) => kind)).toEqual([
      'ConfigMap',
      'NetworkPolicy',
      'NetworkPolicy',
      'RayCluster',
      'ConfigMap',
    ]);
    expect(stdout.split(configMap)).toHaveLength(3);
    expect(stdout).toContain('- # about it\n  apiVersion: "ray.io/v1"\n');
    expect(stdout.endsWith(config(settings))).toBe(true);
  });

  test('are the same objects as of a stream', async () => {
    const { items } = await answer(list(cluster()));
    const stream = cluster().replace(/^- # about it\n/, '');
    const flags = ['expand', '--operator-namespace', 'kuberay-operator'];
    const expanded = await run(flags, ioFor(makeTree(), {}, stream), '0.0.0');
    expect(items).toEqual(expanded.stdout.split(/^---$/m).map((text) => parse(text, { version: '1.1' })));
  });

  test('keep every annotation of the orchestrator, and what is made for them gets none', async () => {
    const { items } = await answer(list(cluster()));
    const owner = items.find(({ kind }) => kind === 'RayCluster');
    expect(owner?.metadata.annotations).toMatchObject({
      'config.kubernetes.io/index': '3',
      'config.kubernetes.io/path': 'a/cluster.yaml',
      'internal.config.kubernetes.io/index': '3',
      'internal.config.kubernetes.io/path': 'a/cluster.yaml',
      'internal.config.kubernetes.io/previousNames': 'was',
      'config.k8s.io/id': '1',
    });
    for (const made of items.filter(({ kind }) => kind !== 'RayCluster'))
      expect(JSON.stringify(made.metadata)).not.toMatch(/config\.(?:kubernetes|k8s)\.io/);
  });

  test('that were expanded before stay as they are', async () => {
    const { stdout } = await answer(list(cluster() + configMap));
    expect((await answer(stdout)).stdout).toBe(stdout);
  });

  test('of nothing are nothing', async () => {
    const { exitCode, stdout } = await answer('apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems: []\n');
    expect(exitCode).toBe(0);
    expect(stdout).toBe('apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems: []\n');
  });

  test('in JSON are taken too', async () => {
    const json = JSON.stringify(parse(list(configMap + cluster()), { version: '1.1' }));
    const { exitCode, items } = await answer(json, []);
    expect(exitCode).toBe(0);
    expect(items.map(({ kind }) => kind)).toEqual(['ConfigMap', 'NetworkPolicy', 'NetworkPolicy', 'RayCluster']);
  });

  test('that lean on an anchor of another one are refused', async () => {
    const anchored = cluster().replace('name: demo', 'name: &name demo');
    const { exitCode, items, codes } = await answer(
      list(anchored + configMap.replace('{name: other}', '{name: *name}')),
    );
    expect({ exitCode, items, codes }).toEqual({ exitCode: 1, items: [], codes: ['YAML_ALIAS'] });
    expect((await answer(list(anchored + configMap))).exitCode).toBe(0);
  });

  test('beyond the limit are refused', async () => {
    const { codes } = await answer(list(configMap.repeat(3)), ['krm', '--max-documents', '2']);
    expect(codes).toEqual(['TOO_MANY_DOCUMENTS']);
  });

  test('that are settings of nobody are refused, those of a function go on', async () => {
    const stray = config(settings).replace('functionConfig:\n', '').replace(/^ {2}/gm, '  ').replace('  ', '- ');
    expect((await answer(list(cluster() + stray))).exitCode).toBe(0);
    const { codes } = await answer(list(cluster() + stray.replace('config.kubernetes.io/local-config', 'team')));
    expect(codes).toEqual(['SETTINGS_IN_STREAM']);
  });

  test('are those of a generator: FUNCTION_AS_GENERATOR', async () => {
    const only = config(settings).replace('functionConfig:\n', '').replace('  ', '- ');
    expect((await answer(list(only))).codes).toEqual(['FUNCTION_AS_GENERATOR']);
  });
});

describe('results', () => {
  test('say everything about an error, and there are no items', async () => {
    const { exitCode, stdout, stderr, items, results } = await answer(
      list(configMap + cluster('networkIsolatoin: {}')),
    );
    expect({ exitCode, items }).toEqual({ exitCode: 1, items: [] });
    expect(results).toEqual([
      {
        message: expect.stringMatching(
          /^FIELD_MISSPELT: networkIsolatoin is no field .*; write it as networkIsolation/,
        ),
        severity: 'error',
        resourceRef: { apiVersion: 'ray.io/v1', kind: 'RayCluster', namespace: 'ml', name: 'demo' },
        field: { path: 'spec.networkIsolatoin' },
        file: { path: 'a/cluster.yaml', index: 3 },
        tags: { code: 'FIELD_MISSPELT' },
      },
    ]);
    expect(stdout).toMatch(/^apiVersion: "config\.kubernetes\.io\/v1"\nkind: "ResourceList"\nitems: \[\]\nresults:\n/);
    expect(stderr).toMatch(/^a\/cluster\.yaml: error FIELD_MISSPELT RayCluster ml\/demo spec\.networkIsolatoin: /);
  });

  test('have warnings beside the items', async () => {
    const { exitCode, stderr, items, results } = await answer(list(cluster(), config('{}')));
    expect(exitCode).toBe(0);
    expect(items).toHaveLength(3);
    expect(results).toMatchObject([{ severity: 'warning', tags: { code: 'OPERATOR_ANY_NAMESPACE' } }]);
    expect(stderr).toContain('warning OPERATOR_ANY_NAMESPACE');
  });

  test('name the file that kustomize build gives as the origin', async () => {
    const origin = '\n      config.kubernetes.io/origin: |\n        path: base/cluster.yaml\n';
    const items = cluster('networkIsolatoin: {}', origin).replace(
      /^ +(?:internal\.)?config\.\S+\/(?:path|index).*\n/gm,
      '',
    );
    const { results } = await answer(list(items.replace(/\n\n/g, '\n')));
    expect(results).toMatchObject([{ file: { path: 'base/cluster.yaml' } }]);
  });

  test('give each finding to the item that it is about', async () => {
    const other = cluster('tlsOptoins: {}').replaceAll('a/cluster.yaml', 'b.yaml').replace('name: demo', 'name: b');
    const { results } = await answer(list(cluster('networkIsolatoin: {}') + other));
    expect(results).toMatchObject([
      { resourceRef: { name: 'demo' }, file: { path: 'a/cluster.yaml' } },
      { resourceRef: { name: 'b' }, file: { path: 'b.yaml' } },
    ]);
  });
});

describe('functionConfig', () => {
  const asConfigMap = (rest: string): string =>
    `functionConfig:\n  apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: x}\n  ${rest}\n`;

  test('of kind ConfigMap gives settings as texts', async () => {
    const { exitCode, stdout, results } = await answer(
      list(cluster(), asConfigMap('data: {operatorNamespace: kuberay-operator, skipDryRun: "false", dns: ""}')),
    );
    expect({ exitCode, results }).toEqual({ exitCode: 0, results: [] });
    expect(stdout).toContain('"kuberay-operator"');
  });

  test.each([
    ['SETTING_UNKNOWN', asConfigMap('data: {operatorNamespac: x}'), 'did you mean operatorNamespace?'],
    ['SETTING_INVALID', asConfigMap('data: {skipDryRun: "often"}'), 'must be true or false'],
    ['SETTINGS_FORM', asConfigMap('data: [a]'), 'data must be a map of texts'],
    ['FUNCTION_CONFIG_KEY', asConfigMap('dta: {}'), 'has no key dta here; did you mean data?'],
    ['FUNCTION_CONFIG_KIND', asConfigMap('data: {}').replace('ConfigMap', 'Secret'), 'RayShield and v1 ConfigMap'],
    ['SETTING_UNKNOWN', config('{settings: {operatorNamespac: x}}'), 'did you mean operatorNamespace?'],
    ['SETTINGS_KEY_UNKNOWN', config('{setings: {}}'), 'did you mean settings?'],
    ['SETTINGS_HEADER', config('{}').replace('v1alpha1', 'v1'), 'apiVersion of a settings file'],
    ['FUNCTION_CONFIG_KEY', config('{}', "\n      rayshield.io/chek: 'true'"), 'did you mean rayshield.io/check?'],
    ['FUNCTION_CONFIG_CHECK', config('{}', "\n      rayshield.io/check: 'yes'"), '"true" or "false"'],
    ['YAML_DUPLICATE_KEY', config('{settings: {dns: any, dns: any}}'), 'twice'],
  ])('is refused with %s', async (code, functionConfig, words) => {
    const { exitCode, items, results, stderr } = await answer(list(configMap, functionConfig));
    expect({ exitCode, items }).toEqual({ exitCode: 1, items: [] });
    expect(results).toMatchObject([
      { severity: 'error', message: expect.stringContaining(words), file: { path: 'functionConfig' }, tags: { code } },
    ]);
    expect(stderr).toMatch(new RegExp(`^functionConfig: error ${code}`));
  });

  test.each([
    ['none', ''],
    ['an empty one', 'functionConfig: {}\n'],
    ['null', 'functionConfig: null\n'],
  ])('may be %s', async (_, functionConfig) => {
    const flags = ['krm', '--operator-namespace', 'kuberay-operator'];
    expect(await answer(list(cluster(), functionConfig), flags)).toMatchObject({ exitCode: 0, results: [] });
  });

  test('is below the environment and the flags', async () => {
    const from = async (...args: Parameters<typeof answer>) =>
      /namespace: (?:\n +)*"(from-[a-z]+)"|"(from-[a-z]+)"/
        .exec((await answer(...args)).stdout)
        ?.slice(1)
        .join('');
    const low = list(cluster(), config('{settings: {operatorNamespace: from-config}}'));
    expect(await from(low)).toBe('from-config');
    expect(await from(low, ['krm'], { RAYSHIELD_OPERATOR_NAMESPACE: 'from-environment' })).toBe('from-environment');
    expect(await from(low, ['krm', '--operator-namespace', 'from-flag'])).toBe('from-flag');
  });
});

describe('a function that only checks', () => {
  const annotation = "\n      rayshield.io/check: 'true'";

  test.each([
    ['--check', ['krm', '--check'], config(settings)],
    ['the annotation', ['krm'], config(settings, annotation)],
  ])('by %s gives all items back as they came', async (_, argv, functionConfig) => {
    const text = list(configMap + cluster(), functionConfig);
    const { exitCode, stdout } = await answer(text, argv);
    expect(exitCode).toBe(0);
    expect(stdout.startsWith(text)).toBe(true);
  });

  test('says what is wrong, of Ray objects without our fields too', async () => {
    const { exitCode, items, codes } = await answer(list(cluster('unknown: 1'), config(settings, annotation)));
    expect({ exitCode, items, codes }).toEqual({ exitCode: 1, items: [], codes: ['SCHEMA_UNKNOWN_FIELD'] });
  });

  test('answers kustomize build with one item that is no good elsewhere', async () => {
    const ofBuild = cluster().replace(
      'annotations:\n',
      'annotations:\n      kustomize.config.k8s.io/id: |\n        name: demo\n',
    );
    const other = configMap.replace('{name: other}', '{name: other, annotations: {"kustomize.config.k8s.io/id": x}}');
    const { exitCode, items } = await answer(list(ofBuild + other, config(settings, annotation)));
    expect(exitCode).toBe(0);
    expect(items.map(({ metadata }) => metadata.name)).toEqual(['rayshield-only-checks-name-it-under-validators']);
    const inPlace = await answer(list(configMap + ofBuild, config(settings, annotation)));
    expect(inPlace.items.map(({ kind }) => kind)).toEqual(['ConfigMap', 'RayCluster']);
  });
});

describe('standard input', () => {
  test.each([
    ['a stream of manifests', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n', 'FUNCTION_INPUT'],
    ['a list without items', 'apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n', 'FUNCTION_INPUT'],
    ['nothing', '\n', 'INPUT_EMPTY'],
  ])('of %s is an error that a runner can read', async (_, stdin, code) => {
    const { exitCode, items, codes, stderr } = await answer(stdin);
    expect({ exitCode, items, codes }).toEqual({ exitCode: 1, items: [], codes: [code] });
    expect(stderr).toContain(`<stdin>: error ${code}`);
  });

  test('without a verb is answered as what it is', async () => {
    const flags = ['--operator-namespace', 'kuberay-operator'];
    const { stdout } = await answer(list(cluster()), flags);
    expect(stdout).toBe((await answer(list(cluster()), ['krm', ...flags])).stdout);
    const stream = await run(flags, ioFor(makeTree(), {}, 'apiVersion: v1\nkind: A\n'), '0.0.0');
    expect(stream.stdout).toBe('apiVersion: v1\nkind: A\n');
  });

  test('that cannot be read is a failure of the host', async () => {
    const io = {
      ...ioFor(makeTree()),
      readStdin: () => Promise.reject(Object.assign(new Error(), { code: 'EISDIR', syscall: 'read' })),
    };
    for (const argv of [[], ['krm']]) expect(await run(argv, io, '0.0.0')).toMatchObject({ exitCode: 3 });
  });

  test('comes after wrong use', async () => {
    const ran = await run(['krm', '--nope'], ioFor(makeTree(), {}, list(cluster())), '0.0.0');
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
  });
});

test('a settings file in the working directory holds where there is no functionConfig, and keeps its places', async () => {
  const cwd = makeTree({
    'rayshield.yaml':
      'apiVersion: rayshield.io/v1alpha1\nkind: RayShield\nmetadata: {name: a}\nspec: {settings: {dn: any}}\n',
  });
  const from = (text: string) => run(['krm'], ioFor(cwd, {}, text), '0.0.0');
  expect(await from(list(configMap))).toMatchObject({ exitCode: 0, stderr: '' });
  const { exitCode, stderr, stdout } = await from(list(configMap, ''));
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^rayshield\.yaml:4:19: error SETTING_UNKNOWN/);
  expect(parse(stdout)).toMatchObject({ results: [{ file: { path: 'rayshield.yaml' } }] });
});
