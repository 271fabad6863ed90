// The platform file is out of every application's reach: the built program as Argo CD's sidecar starts it, in the folder of an
// application, with what an application can add to its environment, its parameters and its folder.
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { rayCluster, settingsDocument } from './support/platform.ts';
import { makeTree } from './support/workdir.ts';

const program = join(import.meta.dirname, '../dist/rayshield.cjs');
const isolate = { require: { networkIsolation: 'denyAll' } };
const harmless = settingsDocument({});
const weak = rayCluster({ networkIsolation: { mode: 'denyAllIngress' } });

interface Ran {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** The sidecar's folders: `etc/` is its own, `app/` the application's. */
const makeSidecar = (files: Readonly<Record<string, string>> = {}): string =>
  makeTree({ 'etc/platform.yaml': settingsDocument(isolate), 'app/cluster.yaml': weak, ...files });

/** Runs generate there. Nothing of the tests' own environment is in it but what starts a program. */
async function generate(root: string, env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const platform = { RAYSHIELD_PLATFORM: join(root, 'etc/platform.yaml') };
  const { exitCode, stdout, stderr } = await execa(process.execPath, [program, 'generate'], {
    cwd: join(root, 'app'),
    env: { PATH: process.env['PATH'] ?? '', ARGOCD_APP_NAME: 'app', ...platform, ...env },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  });
  return { exitCode, stdout: String(stdout), stderr: String(stderr) };
}

function expectRefused({ exitCode, stdout, stderr }: Ran, words: string | RegExp, code = 1): void {
  expect({ exitCode, stdout }, stderr).toEqual({ exitCode: code, stdout: '' });
  expect(stderr).toMatch(words);
}

test('under the platform file the weak application is refused, and a silent one isolated', async () => {
  expectRefused(
    await generate(makeSidecar()),
    /error PLATFORM_ISOLATION .*etc\/platform\.yaml \(require\.networkIsolation\)/,
  );
  const { exitCode, stdout } = await generate(makeSidecar({ 'app/cluster.yaml': rayCluster() }));
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('kind: "NetworkPolicy"')]);
});

describe('plugin.env, of which Argo CD puts ARGOCD_ENV_ before every name', () => {
  test.each([
    'RAYSHIELD_PLATFORM',
    'RAYSHIELD_REQUIRE',
    'RAYSHIELD_LOCK',
    'RAYSHIELD_DEFAULT',
    'RAYSHIELD_ALLOWED_ISSUERS',
  ])('%s is refused as an unknown setting, and the platform file holds all the same', async (variable) => {
    const root = makeSidecar({ 'app/harmless.txt': harmless });
    const ran = await generate(root, { [`ARGOCD_ENV_${variable}`]: join(root, 'app/harmless.txt') });
    expectRefused(ran, `SETTING_UNKNOWN: environment variable ARGOCD_ENV_${variable} is no setting`);
    expect(ran.stderr).toContain('PLATFORM_ISOLATION');
  });

  test.each([
    ['PARAM_PLATFORM', 'PARAM_RAYSHIELD_PLATFORM'],
    ['ARGOCD_ENV_ARGOCD_ENV_RAYSHIELD_PLATFORM', 'ARGOCD_ENV_rayshield_platform'],
  ])('%s and %s say nothing', async (...variables) => {
    const root = makeSidecar({ 'app/harmless.txt': harmless });
    const env = Object.fromEntries(variables.map((variable) => [variable, join(root, 'app/harmless.txt')]));
    expectRefused(await generate(root, env), 'PLATFORM_ISOLATION');
  });
});

test.each(['platform', 'require', 'lock', 'default', 'allowedIssuers'])('a parameter %s is refused', async (name) => {
  const parameters = JSON.stringify([{ name, map: { networkIsolation: 'denyAllIngress' } }]);
  const ran = await generate(makeSidecar(), { ARGOCD_APP_PARAMETERS: parameters });
  expectRefused(ran, `SETTING_UNKNOWN: parameter ${name} is no setting`);
  expect(ran.stderr).toContain('PLATFORM_ISOLATION');
});

describe('files in the source', () => {
  test.each([
    [{ require: { networkIsolation: 'denyAllIngress' } }, 'SETTINGS_LOCK_PLACE'],
    [{ default: { networkIsolation: {} } }, 'SETTINGS_LOCK_PLACE'],
    [{ allowedIssuers: ['own-ca'] }, 'SETTINGS_LOCK_PLACE'],
    [{ lock: [] }, 'SETTINGS_LOCK_PLACE'],
    [{ failOn: 'error' }, 'SETTINGS_KEY_UNKNOWN'],
    [{ spec: { require: {} } }, 'SETTINGS_LOCK_PLACE'],
    [{ spec: { settings: { platform: 'harmless.yaml' } } }, 'SETTING_UNKNOWN'],
  ])('rayshield.yaml with %j is refused', async (keys, code) => {
    const ran = await generate(makeSidecar({ 'app/rayshield.yaml': settingsDocument(keys) }));
    expectRefused(ran, new RegExp(`rayshield\\.yaml:\\d+:\\d+: error ${code}`));
    expect(ran.stderr).toContain('PLATFORM_ISOLATION');
  });

  test('a relative path would lead to one, and is refused', async () => {
    const root = makeSidecar({ 'app/etc/platform.yaml': harmless });
    expectRefused(await generate(root, { RAYSHIELD_PLATFORM: 'etc/platform.yaml' }), 'PLATFORM_PATH');
  });

  test('a link in the source changes nothing of where an absolute path leads', async () => {
    const root = makeSidecar({ 'app/harmless.txt': harmless });
    mkdirSync(join(root, 'app/etc'));
    symlinkSync('../harmless.txt', join(root, 'app/etc/platform.yaml'));
    expectRefused(await generate(root), 'PLATFORM_ISOLATION');
  });

  test('among manifests the same document is refused', async () => {
    expectRefused(await generate(makeSidecar({ 'app/platform.yaml': harmless })), 'SETTINGS_IN_STREAM');
  });
});

describe('a sidecar that is set up wrongly fails, and never runs without a platform', () => {
  test.each([
    ['names no file', '/nowhere/platform.yaml', /FILE_UNREADABLE.*it does not exist/, 3],
    ['names a folder', '/etc', /FILE_NOT_REGULAR|FILE_UNREADABLE/, 1],
    ['is empty', '', /PLATFORM_PATH: RAYSHIELD_PLATFORM is set and empty/, 1],
    ['is blank', ' ', /PLATFORM_PATH/, 1],
  ])('the variable %s', async (_, path, words, code) => {
    const root = makeSidecar({ 'app/cluster.yaml': rayCluster() });
    expectRefused(await generate(root, { RAYSHIELD_PLATFORM: path }), words, code);
  });

  test.each([
    '',
    'kind: ConfigMap\n',
    `${harmless}---\n${harmless}`,
    `${harmless}requires: {}\n`,
    `${harmless}require: [\n`,
  ])('the file is %j', async (text) => {
    const root = makeSidecar({ 'etc/platform.yaml': text, 'app/cluster.yaml': rayCluster() });
    expectRefused(await generate(root), /^\S+etc\/platform\.yaml/);
  });
});

test('rayshield settings says what binds the application', async () => {
  const root = makeSidecar({ 'etc/platform.yaml': settingsDocument({ ...isolate, lock: ['dns'] }) });
  const env = {
    RAYSHIELD_PLATFORM: join(root, 'etc/platform.yaml'),
    ARGOCD_APP_NAME: 'app',
    ARGOCD_APP_NAMESPACE: 'ml',
    ARGOCD_ENV_RAYSHIELD_OPERATOR_NAMESPACE: 'kuberay',
  };
  const { stdout } = await execa(process.execPath, [program, 'settings'], { cwd: join(root, 'app'), env });
  expect(stdout).toMatch(/^namespace +ml +environment +environment variable ARGOCD_APP_NAMESPACE$/m);
  expect(stdout).toMatch(
    /^operatorNamespace +kuberay +environment +environment variable ARGOCD_ENV_RAYSHIELD_OPERATOR_NAMESPACE$/m,
  );
  expect(stdout).toMatch(/^dns +any +default +\(locked\)$/m);
  expect(stdout).toMatch(/^require\.networkIsolation +denyAll$/m);
});
