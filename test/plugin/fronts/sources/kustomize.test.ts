// Kustomizations as the source of an application: what kustomize is given, and what it is never shown.
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeTools, printsCluster } from '../../../support/fake-tool.ts';
import { makeTree } from '../../../support/workdir.ts';
import { generate, parameter } from './generate-by.ts';

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';
const kustomization = (fields: string): string =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${fields}`;
const fake = () => makeTools({ kustomize: printsCluster });

test('what kustomize prints is expanded, with the settings beside the kustomization', async () => {
  const tools = fake();
  const { exitCode, stdout, stderr } = await generate({
    files: {
      'kustomization.yml': kustomization('resources: []\n'),
      'rayshield.yaml':
        'apiVersion: rayshield.io/v1alpha1\nkind: RayShield\nmetadata: {name: x}\nspec: {settings: {namespace: own}}\n',
    },
    tools,
  });
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toContain('kind: "NetworkPolicy"');
  expect(stdout).toContain('namespace: "own"');
  expect(tools.calls()).toMatchObject([{ argv: ['build', '.'], stdin: '' }]);
});

test('it runs in the folder, in a group of its own, and inherits nothing that was not named', async () => {
  const tools = fake();
  const secret = 'canary-of-the-sidecar';
  const { root, stderr } = await generate({
    files: { 'apps/a/Kustomization': kustomization('resources: []\n') },
    path: 'apps/a',
    tools,
    env: {
      ARGOCD_ENV_PASSWORD: secret,
      ARGOCD_APP_REVISION: secret,
      KUBE_API_VERSIONS: 'v1',
      GITHUB_TOKEN: secret,
      HELM_PLUGINS: `/${secret}`,
      HTTPS_PROXY: `http://${secret}`,
      GIT_ASKPASS: `/${secret}`,
      HOME: `/${secret}`,
    },
  });
  expect(stderr).toBe('');
  const [call] = tools.calls();
  expect(call?.cwd).toBe(join(root, 'apps/a'));
  expect(call?.group).toBe(call?.pid);
  expect(JSON.stringify(call)).not.toContain(secret);
  expect(Object.keys(call?.env ?? {}).sort()).toEqual([
    ...['HELM_PLUGINS', 'HOME', 'HTTPS_PROXY', 'HTTP_PROXY', 'KUBECONFIG', 'KUSTOMIZE_PLUGIN_HOME', 'LANG', 'PATH'],
    ...['TMPDIR', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'http_proxy', 'https_proxy'],
  ]);
  expect(call?.env['PATH']).toMatch(/\/rayshield-\w+\/empty$/);
});

describe('options', () => {
  const files = { 'kustomization.yaml': kustomization('resources: []\n') };
  const ask = (options: readonly string[], env = {}) => {
    const tools = makeTools({ kustomize: printsCluster, helm: '' });
    return generate({ files, tools, parameters: [{ name: 'kustomizeOptions', array: options }], env }).then((ran) => ({
      ...ran,
      argv: tools.calls()[0]?.argv,
      bin: tools.bin,
    }));
  };

  test('those of the list are passed on', async () => {
    const { argv } = await ask(['enable-managedby-label', '--load-restrictor=LoadRestrictionsRootOnly']);
    expect(argv).toEqual(['build', '--enable-managedby-label', '--load-restrictor=LoadRestrictionsRootOnly', '.']);
  });

  test.each([
    ['--load-restrictor=LoadRestrictionsNone', 'KUSTOMIZE_OPTION_VALUE'],
    ['--load-restrictor', 'KUSTOMIZE_OPTION_VALUE'],
    ['--enable-managedby-label=true', 'KUSTOMIZE_OPTION_VALUE'],
    ['--helm-command=/bin/sh', 'KUSTOMIZE_OPTION_UNKNOWN'],
    ['--output=/etc/x', 'KUSTOMIZE_OPTION_UNKNOWN'],
    ['--enable-helm', 'KUSTOMIZE_OPTION_OFF'],
    ['--enable-exec', 'KUSTOMIZE_OPTION_OFF'],
    ['--enable-alpha-plugins', 'KUSTOMIZE_OPTION_OFF'],
    ['-o', 'SETTING_INVALID'],
  ])('%s is refused, and nothing is run', async (option, code) => {
    const { exitCode, stdout, stderr, argv } = await ask([option]);
    expect([exitCode, stdout, argv]).toEqual([1, '', undefined]);
    expect(stderr).toContain(` ${code}: `);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('what the operator allows is passed on, with the Helm of the sidecar and what the cluster serves', async () => {
    const env = { RAYSHIELD_ALLOW: 'kustomize-helm', KUBE_VERSION: '1.36.3', KUBE_API_VERSIONS: 'v1,apps/v1' };
    const { argv, bin } = await ask(['--enable-helm'], env);
    expect(argv).toEqual([
      ...['build', '--enable-helm', `--helm-command=${bin}/helm`, '--helm-kube-version=1.36.3'],
      ...['--helm-api-versions=v1', '--helm-api-versions=apps/v1', '.'],
    ]);
  });

  test('no application can allow itself what the operator does not', async () => {
    for (const env of [
      { ARGOCD_ENV_RAYSHIELD_ALLOW: 'kustomize-plugins' },
      { PARAM_RAYSHIELD_ALLOW: 'kustomize-plugins' },
      { ARGOCD_ENV_ALLOW: 'kustomize-plugins' },
    ]) {
      const { exitCode, stderr, argv } = await ask(['--enable-exec'], env);
      expect([exitCode, argv]).toEqual([1, undefined]);
      expect(stderr).toMatch(/KUSTOMIZE_OPTION_OFF|SETTING_UNKNOWN/);
    }
  });

  test('a word that is no permission is said, with the near one', async () => {
    const { stderr } = await ask([], { RAYSHIELD_ALLOW: 'kustomize-plugin' });
    expect(stderr).toContain(
      'PERMISSION_UNKNOWN: a word in RAYSHIELD_ALLOW of the sidecar is no permission; did you mean kustomize-plugins?',
    );
  });
});

describe('what would be fetched is refused, wherever it stands and however it is spelt', () => {
  const remotes = [
    'https://example.com/a.yaml',
    'HTTP://example.com/a.yaml',
    'http:example.com/a.yaml',
    'github.com/ray-project/kuberay//config?ref=v1.6.0',
    'GitHub.com:ray-project/kuberay',
    'git@github.com:ray-project/kuberay.git',
    'me@example.com:a/b',
    'ssh://git@example.com/a/b',
    'git::https://example.com/a.git',
    'file:///etc',
    'gh:ray-project/kuberay',
  ];

  test.each(remotes)('resources: %s', async (remote) => {
    const tools = fake();
    // That such a folder is there changes nothing: kustomize asks for the URL first.
    const files = { 'kustomization.yaml': kustomization(`resources: [${JSON.stringify(remote)}]\n`) };
    const { exitCode, stdout, stderr } = await generate({ files, tools });
    expect([exitCode, stdout, tools.calls()]).toEqual([1, '', []]);
    expect(stderr).toMatch(/^kustomization\.yaml:3:13: error KUSTOMIZE_REMOTE resources\[0\]: /);
  });

  test.each([
    ['bases: [%]', 'bases[0]'],
    ['components: [%]', 'components[0]'],
    ['Resources: [%]', 'Resources[0]'],
    ['re\u017fources: [%]', '["re\u017fources"][0]'],
    ['crds: [%]', 'crds[0]'],
    ['configurations: [%]', 'configurations[0]'],
    ['generators: [%]', 'generators[0]'],
    ['transformers: [%]', 'transformers[0]'],
    ['validators: [%]', 'validators[0]'],
    ['patchesStrategicMerge: [%]', 'patchesStrategicMerge[0]'],
    ['patches: [{path: %}]', 'patches[0].path'],
    ['patchesJson6902: [{path: %, target: {kind: A}}]', 'patchesJson6902[0].path'],
    ['replacements: [{path: %}]', 'replacements[0].path'],
    ['openapi: {path: %}', 'openapi.path'],
    ['configMapGenerator: [{name: a, files: [%]}]', 'configMapGenerator[0].files[0]'],
    ['secretGenerator: [{name: a, files: [key=https://example.com/x]}]', 'secretGenerator[0].files[0]'],
    ['configMapGenerator: [{name: a, envs: [%]}]', 'configMapGenerator[0].envs[0]'],
    ['configMapGenerator: [{name: a, env: %}]', 'configMapGenerator[0].env'],
    ['helmCharts: [{name: a, repo: %}]', 'helmCharts[0].repo'],
    ['helmGlobals: {chartHome: %}', 'helmGlobals.chartHome'],
    ['helmCharts: [{name: %}]', 'helmCharts[0].name'],
  ])('%s', async (fields, field) => {
    const text = kustomization(`${fields.replace('%', JSON.stringify('https://example.com/x'))}\n`);
    const { stderr } = await generate({ files: { 'kustomization.yaml': text }, tools: fake() });
    expect(stderr).toContain(`error KUSTOMIZE_REMOTE ${field}: `);
  });

  test('in a base, in the configuration of a transformer, and in one that stands in the kustomization', async () => {
    const transformer =
      'apiVersion: builtin\nkind: PatchTransformer\nmetadata: {name: a}\npath: https://example.com/p.yaml\n';
    const { stderr } = await generate({
      files: {
        'app/kustomization.yaml': kustomization(
          `resources: [../base]\ntransformers:\n- t.yaml\n- |\n  ${transformer.replaceAll('\n', '\n  ')}\n`,
        ),
        'app/t.yaml': transformer,
        'base/kustomization.yaml': kustomization('components: [https://example.com/c]\n'),
      },
      path: 'app',
      tools: fake(),
    });
    expect(stderr.match(/^\S+ error KUSTOMIZE_REMOTE \S+/gm)).toEqual([
      '../base/kustomization.yaml:3:14: error KUSTOMIZE_REMOTE components[0]:',
      expect.stringMatching(/^kustomization\.yaml:4:7: error KUSTOMIZE_REMOTE path:/),
      't.yaml:4:7: error KUSTOMIZE_REMOTE path:',
    ]);
  });

  test('what only looks like it is not', async () => {
    const text = kustomization(`resources: [a.yaml]
commonAnnotations: {path: "https://example.com/x"}
labels: [{pairs: {repo: "https://example.com"}}]
configMapGenerator: [{name: a, literals: ["url=https://example.com"]}]
images: [{name: a, newName: registry.example.com:5000/a}]
`);
    const { exitCode, stderr } = await generate({
      files: { 'kustomization.yaml': text, 'a.yaml': configMap },
      tools: fake(),
    });
    expect([exitCode, stderr]).toEqual([0, '']);
  });

  test('the operator may allow it, and then proxies and git are there', async () => {
    const tools = fake();
    const { exitCode } = await generate({
      files: { 'kustomization.yaml': kustomization('resources: ["https://example.com/a.yaml"]\n') },
      tools,
      env: { RAYSHIELD_ALLOW: 'network', HTTPS_PROXY: 'http://proxy:3128' },
    });
    expect(exitCode).toBe(0);
    expect(tools.calls()[0]?.env).toMatchObject({ HTTPS_PROXY: 'http://proxy:3128', PATH: tools.bin });
  });
});

describe('no path leaves the source', () => {
  test('GHSA-r9cr-hvjj-496v, GHSA-h6h5-6fmq-rh28: a base by .. beyond the root', async () => {
    const tools = fake();
    const { exitCode, stdout, stderr } = await generate({
      files: { 'app/kustomization.yaml': kustomization('resources: [../../../etc]\npatches: [{path: /etc/passwd}]\n') },
      path: 'app',
      tools,
    });
    expect([exitCode, stdout, tools.calls()]).toEqual([1, '', []]);
    expect(stderr).toMatch(
      /^kustomization\.yaml:3:13: error SOURCE_PATH_OUTSIDE resources\[0\]: .*\nkustomization\.yaml:4:18: error SOURCE_PATH_OUTSIDE patches\[0\]\.path: .*\n$/,
    );
  });

  test('GHSA-6gcg-hp2x-q54h: a link to a folder outside is followed by kustomize, not by us', async () => {
    const outside = makeTree({ 'kustomization.yaml': kustomization('resources: []\n') });
    const { stderr } = await generate({
      files: { 'kustomization.yaml': kustomization('resources: [linked, linked/sub]\n') },
      spoil: (root) => symlinkSync(outside, join(root, 'linked')),
      tools: fake(),
    });
    expect(stderr).toMatch(/^kustomization\.yaml:3:13: error SOURCE_PATH_OUTSIDE resources\[0\]: /);
  });

  test('a link to a file outside, and a kustomization that is one', async () => {
    const outside = makeTree({ 'a.yaml': configMap, 'k.yaml': kustomization('resources: []\n') });
    const { stderr } = await generate({
      files: { 'kustomization.yaml': kustomization('resources: [a.yaml, base]\n'), 'base/': '' },
      spoil: (root) => {
        symlinkSync(join(outside, 'a.yaml'), join(root, 'a.yaml'));
        symlinkSync(join(outside, 'k.yaml'), join(root, 'base/kustomization.yaml'));
      },
      tools: fake(),
    });
    expect(stderr).toMatch(/^base\/kustomization\.yaml: error LINK_OUTSIDE: /);
    expect(stderr).toMatch(/^kustomization\.yaml:3:13: error SOURCE_PATH_OUTSIDE resources\[0\]: /m);
  });

  test('a base beside the application is within the repository, and without a repository it is not', async () => {
    const files = {
      'app/kustomization.yaml': kustomization('resources: [../base]\n'),
      'base/kustomization.yaml': kustomization('resources: []\n'),
    };
    expect(await generate({ files, path: 'app', tools: fake() })).toMatchObject({ exitCode: 0 });
    for (const told of ['', 'other', '../..', 'app/../..']) {
      const env = { ARGOCD_APP_SOURCE_PATH: told };
      expect(await generate({ files, path: 'app', tools: fake(), env })).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining('SOURCE_PATH_OUTSIDE resources[0]'),
      });
    }
  });

  test('GHSA-jhqp-vf4w-rpwq: more bytes than the limit are not given to kustomize', async () => {
    const tools = fake();
    const { stderr } = await generate({
      files: {
        'kustomization.yaml': kustomization('resources: [a.yaml, b.yaml]\n'),
        'a.yaml': 'a: b\n'.repeat(200),
        'b.yaml': 'a: b\n'.repeat(200),
      },
      parameters: [parameter('maxBytes', '1500')],
      tools,
    });
    expect(stderr).toContain('error INPUT_TOO_LARGE: ');
    expect(tools.calls()).toEqual([]);
  });
});

test('settings as a resource are refused at their line', async () => {
  const settings = 'apiVersion: rayshield.io/v1alpha1\nkind: RayShield\nmetadata: {name: x}\n';
  const { exitCode, stdout, stderr } = await generate({
    files: { 'kustomization.yaml': kustomization('resources:\n- ./rayshield.yaml\n'), 'rayshield.yaml': settings },
    tools: fake(),
  });
  expect([exitCode, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^kustomization\.yaml:4:3: error SETTINGS_AS_RESOURCE resources\[0\]: /);
});

test('settings under another ending are not passed over', async () => {
  const files = { 'kustomization.yaml': kustomization('resources: []\n'), 'rayshield.yml': '' };
  expect((await generate({ files, tools: fake() })).stderr).toMatch(/^rayshield\.yml: error SETTINGS_FILE_NAME: /);
});

test.each([
  ['resources: [a, ]]\n', 'no YAML'],
  ['resources: []\nresources: ["https://example.com"]\n', 'a key twice'],
  ['resources: !!python/x []\n', 'a tag'],
])('a kustomization that cannot be checked is not built: %s', async (fields) => {
  const tools = fake();
  const { stderr } = await generate({ files: { 'kustomization.yaml': kustomization(fields) }, tools });
  expect(stderr).toMatch(/^kustomization\.yaml: error KUSTOMIZATION_UNREADABLE: /);
  expect(tools.calls()).toEqual([]);
});

test('a chain of bases may be longer than a stack is deep', async () => {
  const levels = 3000;
  const files = Object.fromEntries(
    Array.from({ length: levels }, (_, level) => [
      `l${level}/kustomization.yaml`,
      kustomization(
        level + 1 < levels ? `resources: [../l${level + 1}]\n` : 'resources: ["https://example.com/end"]\n',
      ),
    ]),
  );
  const { stderr } = await generate({ files, path: 'l0', tools: fake() });
  expect(stderr).toMatch(/^\.\.\/l2999\/kustomization\.yaml:3:13: error KUSTOMIZE_REMOTE /);
});

test('kustomizations that name each other end', async () => {
  const files = {
    'a/kustomization.yaml': kustomization('resources: [../b]\n'),
    'b/kustomization.yaml': kustomization('resources: [../a]\n'),
  };
  const tools = makeTools({ kustomize: "process.stderr.write('Error: cycle detected'); process.exitCode = 1;" });
  expect((await generate({ files, path: 'a', tools })).stderr).toContain('cycle detected');
});
