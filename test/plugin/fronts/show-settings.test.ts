import { describe, expect, test } from 'vitest';
import { settingNames } from '../../../plugin/settings/table.ts';
import { ioFor } from '../../support/case.ts';
import { settingsDocument } from '../../support/platform.ts';
import { type Ran, run } from '../../support/run.ts';
import { makeTree } from '../../support/workdir.ts';

const files = {
  'platform.yaml': settingsDocument({
    spec: { settings: { dns: ['kube-dns'], operatorNamespace: 'kuberay' } },
    lock: ['operatorNamespace'],
    require: { networkIsolation: 'denyAll' },
    allowedIssuers: ['own-ca', 'ClusterIssuer/ray-ca'],
  }),
  'app/rayshield.yaml': settingsDocument({ spec: { settings: { namespace: 'ml', maxDepth: 50 } } }),
  'app/x.yaml': '',
};

function show(argv: readonly string[] = [], env: Record<string, string> = {}, cwd = makeTree(files)): Promise<Ran> {
  return run(['settings', ...argv], ioFor(cwd, { RAYSHIELD_PLATFORM: 'platform.yaml', ...env }), '0');
}

const lineOf = ({ stdout }: Ran, name: string): string | undefined =>
  stdout.split('\n').find((line) => line.startsWith(`${name} `));

test('every setting with its value, its layer and its place, in the order of the layers', async () => {
  const ran = await show(['app', '--max-aliases', '7'], { RAYSHIELD_DNS: 'any', RAYSHIELD_API_SERVER: 'off' });
  expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
  expect(ran.stdout).toMatch(
    /^Of these layers a later one wins: default, platform file, settings file, environment, parameters, flags\.\n/,
  );
  expect(lineOf(ran, 'clusterDomain')).toMatch(/ cluster\.local +default +-$/);
  expect(lineOf(ran, 'operatorNamespace')).toMatch(/ kuberay +platform file +platform\.yaml:9:5 \(locked\)$/);
  expect(lineOf(ran, 'namespace')).toMatch(/ ml +settings file +app\/rayshield\.yaml:7:5$/);
  expect(lineOf(ran, 'dns')).toMatch(/ any +environment +environment variable RAYSHIELD_DNS$/);
  expect(lineOf(ran, 'apiServer')).toMatch(/ off +environment /);
  expect(lineOf(ran, 'maxAliases')).toMatch(/ 7 +flags +flag --max-aliases$/);
  for (const name of settingNames) expect(lineOf(ran, name), name).toBeDefined();
});

test('what the platform file asks for beside settings', async () => {
  const { stdout } = await show();
  const [, platform = ''] = stdout.split('\nThe platform file ');
  expect(platform).toMatch(/^platform\.yaml asks for more:\n/);
  expect(platform).toMatch(/^require\.networkIsolation +denyAll$/m);
  expect(platform).toMatch(/^to specs that say nothing +\{"networkIsolation":\{"mode":"denyAll"\}\}$/m);
  expect(platform).toMatch(
    /^allowedIssuers +own-ca,\{"name":"ray-ca","kind":"ClusterIssuer","group":"cert-manager.io"\}$/m,
  );
});

test('without a platform file nothing is said of one', async () => {
  const { stdout } = await run(['settings'], ioFor(makeTree({})), '0');
  expect(stdout).not.toContain('asks for more');
});

test('a long list is cut short for people, and whole for programs', async () => {
  const versions = Array.from({ length: 500 }, (_, index) => `example${index}.io/v1`);
  const env = { RAYSHIELD_KUBE_API_VERSIONS: versions.join(',') };
  expect(lineOf(await show([], env), 'kubeApiVersions')).toMatch(/example7\.io\/v1, and 492 more +environment/);
  const { settings } = JSON.parse((await show(['--format', 'json'], env)).stdout);
  expect(settings.find(({ name }: { name: string }) => name === 'kubeApiVersions').value).toEqual(versions);
});

test('as JSON, everything that the text says', async () => {
  const report = JSON.parse((await show(['app', '--format', 'json'])).stdout);
  expect(report).toMatchObject({
    apiVersion: 'rayshield.io/v1alpha1',
    kind: 'SettingsReport',
    layers: ['default', 'platform file', 'settings file', 'environment', 'parameters', 'flags'],
    platform: { file: 'platform.yaml', require: { networkIsolation: 'denyAll', tls: false } },
  });
  expect(report.settings.map(({ name }: { name: string }) => name)).toEqual(settingNames);
  expect(report.settings).toContainEqual({
    name: 'operatorNamespace',
    value: 'kuberay',
    layer: 'platform file',
    from: 'platform.yaml:9:5',
    locked: true,
  });
});

describe('under Argo CD', () => {
  const argo = { RAYSHIELD_PLATFORM: '/nowhere', ARGOCD_APP_NAMESPACE: 'destination', KUBE_VERSION: '1.33' };

  test('it reads what generate reads', async () => {
    const cwd = makeTree({});
    const parameters = { ARGOCD_APP_PARAMETERS: '[{"name":"dns","array":["kube-dns"]}]' };
    const { RAYSHIELD_PLATFORM: _, ...told } = argo;
    const ran = await run(['settings'], ioFor(cwd, { ...told, ...parameters, ARGOCD_APP_NAME: 'app' }), '0');
    expect(lineOf(ran, 'namespace')).toMatch(/ destination +environment /);
    expect(lineOf(ran, 'kubeVersion')).toMatch(/ 1\.33 +environment +environment variable KUBE_VERSION$/);
    expect(lineOf(ran, 'dns')).toMatch(/ kube-dns +parameters +parameter dns$/);
  });

  test('elsewhere these variables say nothing', async () => {
    const { RAYSHIELD_PLATFORM: _, ...told } = argo;
    const ran = await run(['settings'], ioFor(makeTree({}), told), '0');
    expect(lineOf(ran, 'namespace')).toMatch(/ - +default/);
  });

  test('a relative platform file is refused there as by generate', async () => {
    expect(await show([], { ARGOCD_APP_NAME: 'app' })).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringContaining('PLATFORM_PATH'),
    });
  });
});

describe('what is wrong is said in place of the settings', () => {
  test.each<[readonly string[], Record<string, string>, number, string]>([
    [['--operator-namespace', 'mine'], {}, 1, 'SETTING_LOCKED'],
    [['--max-depth', 'deep'], {}, 2, 'SETTING_INVALID'],
    [['--format', 'sarif'], {}, 2, 'FLAG_VALUE_UNKNOWN'],
    [['missing'], {}, 3, 'FILE_UNREADABLE'],
    [[], { RAYSHIELD_DNS: 'nonsense' }, 1, 'SETTING_INVALID'],
    [[], { RAYSHIELD_PLATFORM: '/nowhere' }, 3, 'FILE_UNREADABLE'],
  ])('%j with %j', async (argv, env, exitCode, code) => {
    expect(await show(argv, env)).toMatchObject({ exitCode, stdout: '', stderr: expect.stringContaining(code) });
  });

  test('a folder without manifests has settings too', async () => {
    const cwd = makeTree({ 'empty/rayshield.yaml': settingsDocument({ spec: { settings: { namespace: 'ml' } } }) });
    const ran = await run(['settings', 'empty'], ioFor(cwd), '0');
    expect(lineOf(ran, 'namespace')).toMatch(/ ml +settings file +empty\/rayshield\.yaml:7:5$/);
  });

  test('help names the two formats alone', async () => {
    const { stdout } = await run(['settings', '--help'], ioFor('/'), '0');
    expect(stdout).toContain('--format text|json  ');
  });

  test('no path is needed, on a terminal either', async () => {
    const io = { ...ioFor(makeTree({})), isTerminal: () => Promise.resolve(true) };
    expect(await run(['settings'], io, '0')).toMatchObject({ exitCode: 0 });
  });
});
