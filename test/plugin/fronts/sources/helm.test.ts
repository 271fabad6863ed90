// Charts as the source of an application: what Helm is given, which files it may see, and where its documents come from.
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeTools, printsCluster } from '../../../support/fake-tool.ts';
import { makeTree, readTree } from '../../../support/workdir.ts';
import { generate, parameter } from './generate-by.ts';

const chart = (fields = ''): string => `apiVersion: v2\nname: ray\nversion: 0.1.0\n${fields}`;
const fake = () => makeTools({ helm: printsCluster });
/** The arguments after those that every call has. */
const optionsOf = (tools: ReturnType<typeof fake>): readonly string[] => tools.calls()[0]?.argv.slice(3) ?? [];

test('the release is called as the application, and the cluster is told, as Argo CD does', async () => {
  const tools = fake();
  const { exitCode, stdout, stderr } = await generate({
    files: { 'Chart.yaml': chart() },
    tools,
    env: { ARGOCD_APP_NAMESPACE: 'ml', KUBE_VERSION: '1.36.3', KUBE_API_VERSIONS: 'apps/v1,cert-manager.io/v1' },
  });
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toContain('kind: "NetworkPolicy"');
  expect(tools.calls()[0]?.argv).toEqual([
    ...['template', 'demo', '.', '--namespace=ml', '--kube-version=1.36.3'],
    ...['--api-versions=apps/v1', '--api-versions=cert-manager.io/v1', '--include-crds'],
  ]);
});

test('every setting reaches Helm, in the order in which later ones win', async () => {
  const tools = fake();
  const { stderr } = await generate({
    files: {
      'apps/ray/Chart.yaml': chart(),
      'apps/ray/prod, final.yaml': 'a: 1\n',
      'shared/values.yaml': 'b: 2\n',
      'apps/ray/train.py': 'print()\n',
    },
    path: 'apps/ray',
    tools,
    parameters: [
      parameter('helmReleaseName', 'other'),
      parameter('helmNamespace', 'elsewhere'),
      { name: 'helmValueFiles', array: ['prod, final.yaml', '/shared/values.yaml', '../../shared/values.yaml'] },
      parameter('helmValues', 'c: 3\n'),
      { name: 'helmSet', map: { 'image.tag': '1.10', list: '{a,b}', text: 'a,b\\,c' } },
      { name: 'helmSetString', map: { 'image.tag': '1.10' } },
      { name: 'helmSetFile', map: { script: 'train.py' } },
      ...['helmSkipCrds', 'helmSkipTests', 'helmSkipSchemaValidation'].map((name) => parameter(name, 'true')),
    ],
  });
  expect(stderr).toBe('');
  const [call] = tools.calls();
  const privately = call?.env['HOME'];
  expect(call?.argv).toEqual([
    ...['template', 'other', '.', '--namespace=elsewhere'],
    ...['--set=image.tag=1.10', '--set=list={a,b}', '--set=text=a\\,b\\,c', '--set-string=image.tag=1.10'],
    ...['values-0.yaml', 'values-1.yaml', 'values-2.yaml', 'values.yaml'].map(
      (name) => `--values=${privately}/${name}`,
    ),
    `--set-file=script=${privately}/file-0`,
    ...['--skip-schema-validation', '--skip-tests'],
  ]);
  expect(Object.values(call?.files ?? {})).toEqual(['a: 1\n', 'b: 2\n', 'b: 2\n', 'c: 3\n', 'print()\n']);
});

test('values of rayshield.yaml may be a map', async () => {
  const tools = fake();
  const settings = '{helmValues: {image: {tag: "1.10"}}, helmSet: {replicas: 2, open: true}}';
  const { stderr } = await generate({
    files: {
      'Chart.yaml': chart(),
      'rayshield.yaml': `apiVersion: rayshield.io/v1alpha1\nkind: RayShield\nmetadata: {name: x}\nspec: {settings: ${settings}}\n`,
    },
    tools,
  });
  expect(stderr).toBe('');
  expect(Object.values(tools.calls()[0]?.files ?? {})).toEqual(['{"image":{"tag":"1.10"}}']);
  expect(optionsOf(tools)).toContain('--set=replicas=2');
});

test('values files that do not exist are refused, or left out where that is asked for', async () => {
  const files = { 'Chart.yaml': chart() };
  const parameters = [{ name: 'helmValueFiles', array: ['a.yaml'] }];
  const tools = fake();
  expect((await generate({ files, tools, parameters })).stderr).toMatch(
    /^error HELM_FILE_MISSING: the file of entry 1 of helmValueFiles does not exist; .* helmIgnoreMissingValueFiles\n$/,
  );
  expect(tools.calls()).toEqual([]);
  const ignoring = [...parameters, parameter('helmIgnoreMissingValueFiles', 'true')];
  expect((await generate({ files, tools, parameters: ignoring })).exitCode).toBe(0);
  expect(optionsOf(tools)).toEqual(['--include-crds']);
  const file = [{ name: 'helmSetFile', map: { a: 'missing' } }, parameter('helmIgnoreMissingValueFiles', 'true')];
  expect((await generate({ files, tools, parameters: file })).stderr).toContain(
    'entry a of helmSetFile does not exist',
  );
});

describe('no path leaves the source', () => {
  test.each(['../../etc/passwd', '../../../../../../etc/passwd', '/../../etc/passwd', '/etc/passwd'])(
    'GHSA-63qx-x74g-jcr7, GHSA-r9cr-hvjj-496v, GHSA-h6h5-6fmq-rh28: the values file %s',
    async (path) => {
      const tools = fake();
      const parameters = [{ name: 'helmValueFiles', array: [path] }];
      const { exitCode, stdout, stderr } = await generate({
        files: { 'app/Chart.yaml': chart() },
        path: 'app',
        tools,
        parameters,
      });
      expect([exitCode, stdout, tools.calls()]).toEqual([1, '', []]);
      // An absolute path begins at the root of the repository, where there is no such file.
      expect(stderr).toMatch(
        path === '/etc/passwd' || path.startsWith('/..') ? /HELM_FILE_(MISSING|OUTSIDE)/ : /HELM_FILE_OUTSIDE/,
      );
      expect(stderr).not.toContain('passwd');
    },
  );

  test.each(['https://example.com/v.yaml', 'file:///etc/passwd', 's3://a/b', 'git+https://x'])(
    'what Helm would fetch is no values file: %s',
    async (path) => {
      const tools = fake();
      const files = { 'Chart.yaml': chart() };
      for (const parameters of [
        [{ name: 'helmValueFiles', array: [path] }],
        [{ name: 'helmSetFile', map: { a: path } }],
      ]) {
        expect((await generate({ files, tools, parameters })).stderr).toContain('error SETTING_INVALID: ');
      }
      expect(tools.calls()).toEqual([]);
    },
  );

  test.each(['a=/etc/passwd,b', 'a,b', 'a=b', '{a', ''])('the key %s would name another file', async (key) => {
    const tools = fake();
    const files = { 'Chart.yaml': chart(), 'x.txt': '' };
    for (const name of ['helmSet', 'helmSetString', 'helmSetFile']) {
      const { stderr } = await generate({ files, tools, parameters: [{ name, map: { [key]: 'x.txt' } }] });
      expect(stderr).toMatch(/^error SETTING_INVALID: /);
    }
    expect(tools.calls()).toEqual([]);
  });

  test('GHSA-q4w5-4gq2-98vm (CVE-2022-31036), GHSA-63qx-x74g-jcr7: a values file that is a link to one outside', async () => {
    const outside = makeTree({ 'secret.yaml': 'a: canary\n' });
    const tools = fake();
    for (const parameters of [
      [{ name: 'helmValueFiles', array: ['linked.yaml'] }],
      [{ name: 'helmSetFile', map: { a: 'linked.yaml' } }],
      [],
    ]) {
      const { exitCode, stdout, stderr } = await generate({
        files: { 'Chart.yaml': chart() },
        spoil: (root) => symlinkSync(join(outside, 'secret.yaml'), join(root, 'linked.yaml')),
        tools,
        parameters,
      });
      expect([exitCode, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(/linked\.yaml: error LINK_OUTSIDE: /);
    }
    expect(tools.calls()).toEqual([]);
  });

  test('GHSA-6jqw-jwf5-rp8h, GHSA-6gcg-hp2x-q54h: a chart whose folders or files are links to others', async () => {
    const outside = makeTree({ 'templates/a.yaml': '' });
    const tools = fake();
    const { stderr } = await generate({
      files: { 'app/Chart.yaml': chart(), 'app/charts/': '' },
      path: 'app',
      spoil: (root) => {
        symlinkSync(join(outside, 'templates'), join(root, 'app/templates'));
        symlinkSync('/etc/passwd', join(root, 'app/charts/a.txt'));
        symlinkSync('../../..', join(root, 'app/charts/up'));
        // Inside for whoever takes `..` away before a link is followed; the system follows the link first.
        mkdirSync(join(root, 'app/x/y'), { recursive: true });
        symlinkSync('..', join(root, 'app/x/y/up'));
        symlinkSync('x/y/up/../../..', join(root, 'app/winding'));
        symlinkSync('nowhere', join(root, 'app/broken'));
      },
      tools,
    });
    expect(stderr.match(/^\S+ error [A-Z_]+/gm)).toEqual([
      'broken: error LINK_BROKEN',
      'charts/a.txt: error LINK_OUTSIDE',
      'charts/up: error LINK_OUTSIDE',
      'templates: error LINK_OUTSIDE',
      'winding: error LINK_OUTSIDE',
      'x/y/up: error LINK_LOOP',
    ]);
    expect(tools.calls()).toEqual([]);
  });

  test('links within the repository are what they lead to', async () => {
    const tools = fake();
    const { exitCode } = await generate({
      files: { 'app/Chart.yaml': chart(), 'common/Chart.yaml': chart() },
      path: 'app',
      spoil: (root) => {
        mkdirSync(join(root, 'app/charts'));
        symlinkSync('../../common', join(root, 'app/charts/common'));
      },
      tools,
    });
    expect(exitCode).toBe(0);
  });

  test('a link to a folder that it stands in has no end', async () => {
    const { stderr } = await generate({
      files: { 'Chart.yaml': chart(), 'a/b/c': '' },
      spoil: (root) => symlinkSync('../..', join(root, 'a/b/up')),
      tools: fake(),
    });
    expect(stderr).toMatch(/^a\/b\/up: error LINK_LOOP: /);
  });

  test('GHSA-jhqp-vf4w-rpwq: links cannot make few files many, nor a chart be larger than the limit', async () => {
    const levels = Array.from({ length: 30 }, (_, level) => level);
    const { stderr } = await generate({
      files: { 'Chart.yaml': chart(), ...Object.fromEntries(levels.map((level) => [`l${level}/x`, ''])) },
      spoil: (root) => {
        for (const level of levels.slice(1))
          for (const side of ['a', 'b']) symlinkSync(`../l${level}`, join(root, `l${level - 1}/${side}`));
      },
      tools: fake(),
    });
    expect(stderr).toContain('error SOURCE_TOO_MANY_FILES: ');
    const large = { 'Chart.yaml': chart(), 'files/a': 'x'.repeat(2000) };
    expect(
      (await generate({ files: large, tools: fake(), parameters: [parameter('maxBytes', '1000')] })).stderr,
    ).toContain('error INPUT_TOO_LARGE: ');
  });
});

describe('the release has a name that Helm takes', () => {
  test.each([
    ['x'.repeat(54), {}, 'the name of the application is no name for a release'],
    ['', {}, 'nobody says what the release is called'],
    ['--post-renderer=/bin/sh', {}, 'the name of the application is no name for a release'],
  ])('%s', async (name, env, what) => {
    const tools = fake();
    const { exitCode, stderr } = await generate({
      files: { 'Chart.yaml': chart() },
      tools,
      env: { ARGOCD_APP_NAME: name, ...env },
    });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`error HELM_RELEASE_NAME: ${what}`);
    expect(tools.calls()).toEqual([]);
  });

  test.each(['-x', 'A', '{{ randAlpha 5 }}', 'x'.repeat(54)])('%s is no setting', async (name) => {
    const tools = fake();
    const parameters = [parameter('helmReleaseName', name)];
    expect((await generate({ files: { 'Chart.yaml': chart() }, tools, parameters })).stderr).toContain(
      'SETTING_INVALID',
    );
    expect(tools.calls()).toEqual([]);
  });
});

const rendered = (path: string, text: string): string => `---\n# Source: ray/${path}\n${text}`;
const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';
const wrong = `apiVersion: ray.io/v1
kind: RayCluster
metadata: {name: demo}
spec:
  networkIsolaton: {}
`;
const prints = (text: string) => makeTools({ helm: `process.stdout.write(${JSON.stringify(text)});` });

test('findings name the template, and lines as helm template --show-only has them', async () => {
  const text = `${rendered('templates/a.yaml', configMap)}${rendered('templates/b.yaml', configMap)}${rendered('templates/b.yaml', wrong)}`;
  const { exitCode, stdout, stderr } = await generate({ files: { 'Chart.yaml': chart() }, tools: prints(text) });
  expect([exitCode, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^helm template: templates\/b\.yaml:12:3: error FIELD_MISSPELT RayCluster demo /);
});

test('what nothing is asked of leaves as Helm printed it', async () => {
  const text = `# first\n\n${rendered('templates/a.yaml', `${configMap}\n`)}${rendered('charts/x/templates/b.yaml', configMap)}`;
  expect((await generate({ files: { 'Chart.yaml': chart() }, tools: prints(text) })).stdout).toBe(text);
});

test.each([
  [
    'Error: template: ray/templates/a.yaml:3:7: executing "ray/templates/a.yaml" at <.Values.x.y>: nil pointer evaluating interface {}.y',
    /^templates\/a\.yaml:3:8: error TOOL_FAILED: helm ended with exit code 1 and said: Error: template: /,
  ],
  [
    'Error: YAML parse error on ray/charts/sub/templates/b.yaml: error converting YAML to JSON: yaml: line 2: mapping values',
    /^charts\/sub\/templates\/b\.yaml: error TOOL_FAILED: /,
  ],
  ['Error: something else', /^Chart\.yaml: error TOOL_FAILED: /],
])('a fault is placed where Helm says that it is: %s', async (said, expected) => {
  const tools = makeTools({ helm: `process.stderr.write(${JSON.stringify(said)}); process.exitCode = 1;` });
  expect((await generate({ files: { 'Chart.yaml': chart() }, tools })).stderr).toMatch(expected);
});

describe('dependencies that are not in the folder charts', () => {
  const lacking =
    "if (argv[0] === 'template' && !fs.existsSync('charts/common-1.0.0.tgz')) { process.stderr.write('Error: An error occurred while checking for chart dependencies. You may need to run `helm dependency build` to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: common'); process.exit(1); }";
  const packing =
    "if (argv[0] === 'package') { fs.writeFileSync(require('node:path').join(argv[3], 'common-1.0.0.tgz'), ''); process.stdout.write('packaged'); process.exit(0); }";
  const building =
    "if (argv[0] === 'dependency') { fs.mkdirSync('charts', { recursive: true }); fs.writeFileSync('charts/common-1.0.0.tgz', ''); process.exit(0); } if (argv[0] === 'repo') process.exit(0);";
  const tool = () => makeTools({ helm: `${lacking}\n${packing}\n${building}\n${printsCluster}` });
  const dependsOn = (repository: string): string =>
    chart(`dependencies:\n- {name: common, version: 1.0.0, repository: ${JSON.stringify(repository)}}\n`);

  test('those of the source are packaged in a copy, and the source stays as it is', async () => {
    const tools = tool();
    const files = { 'apps/ray/Chart.yaml': dependsOn('file://../common'), 'apps/common/Chart.yaml': chart() };
    const { exitCode, stderr, root } = await generate({ files, path: 'apps/ray', tools });
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(readTree(root)).toEqual({
      'apps/common/Chart.yaml': files['apps/common/Chart.yaml'],
      'apps/ray/Chart.yaml': files['apps/ray/Chart.yaml'],
    });
    const copy = `${tools.calls()[0]?.env['HOME']}/tree/apps`;
    expect(tools.calls().map(({ cwd, argv }) => [cwd, argv.slice(0, 4)])).toEqual([
      [join(root, 'apps/ray'), ['template', 'demo', '.', '--include-crds']],
      [`${copy}/ray`, ['package', `${copy}/common`, '--destination', `${copy}/ray/charts`]],
      [`${copy}/ray`, ['template', 'demo', '.', '--include-crds']],
    ]);
  });

  test('others are refused by name, for nothing is fetched', async () => {
    const tools = tool();
    const { exitCode, stdout, stderr } = await generate({
      files: { 'Chart.yaml': dependsOn('https://charts.example.com') },
      tools,
    });
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^Chart\.yaml: error HELM_DEPENDENCY_REMOTE: the chart depends on common, /);
    expect(tools.calls()).toHaveLength(1);
  });

  test('with the network allowed they are fetched from repositories that Helm is told of', async () => {
    const tools = tool();
    const files = { 'Chart.yaml': dependsOn('https://charts.example.com') };
    expect(await generate({ files, tools, env: { RAYSHIELD_ALLOW: 'network' } })).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
    expect(tools.calls().map(({ argv }) => argv.slice(0, 5).join(' '))).toEqual([
      'template demo . --include-crds',
      'repo add --force-update repository-0 https://charts.example.com',
      'dependency build .',
      'template demo . --include-crds',
    ]);
  });

  test.each([
    ['file://../../../etc', 'HELM_DEPENDENCY_OUTSIDE'],
    ['file:///etc', 'HELM_DEPENDENCY_OUTSIDE'],
    ['file://../nowhere', 'HELM_DEPENDENCY_MISSING'],
    ['', 'HELM_DEPENDENCY_MISSING'],
  ])('GHSA-6jqw-jwf5-rp8h: %s', async (repository, code) => {
    const tools = tool();
    const { exitCode, stderr } = await generate({
      files: { 'app/Chart.yaml': dependsOn(repository) },
      path: 'app',
      tools,
    });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(new RegExp(`^Chart\\.yaml: error ${code}: .*common`));
    expect(tools.calls()).toHaveLength(1);
  });

  test('a chart of the source whose links leave it is not copied', async () => {
    const tools = tool();
    const { stderr } = await generate({
      files: { 'ray/Chart.yaml': dependsOn('file://../common'), 'common/Chart.yaml': chart() },
      path: 'ray',
      spoil: (root) => symlinkSync('/etc/passwd', join(root, 'common/passwd')),
      tools,
    });
    expect(stderr).toMatch(/^\.\.\/common\/passwd: error LINK_OUTSIDE: /);
    expect(tools.calls()).toHaveLength(1);
  });

  test('charts that need each other end', async () => {
    const files = { 'ray/Chart.yaml': dependsOn('file://../common'), 'common/Chart.yaml': dependsOn('file://../ray') };
    const tools = tool();
    await generate({ files, path: 'ray', tools });
    expect(tools.calls().length).toBeLessThan(10);
  });
});
