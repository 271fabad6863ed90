import { describe, expect, test } from 'vitest';
import type { Io } from '../../../plugin/fronts/io.ts';
import { flagName } from '../../../plugin/settings/names.ts';
import { isSourceSetting, settingNames } from '../../../plugin/settings/table.ts';
import { ioFor } from '../../support/case.ts';
import { type Ran, run } from '../../support/run.ts';
import { makeTree, readTree } from '../../support/workdir.ts';

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a} # as it is\n';

const start = (argv: readonly string[], io: Partial<Io> = {}): Promise<Ran> =>
  run(argv, { ...ioFor('/', {}), ...io }, '1.2.3');

const piped = (text: string): Partial<Io> => ({ readStdin: () => Promise.resolve(Buffer.from(text)) });
const terminal: Partial<Io> = { isTerminal: () => Promise.resolve(true) };

describe('without a verb', () => {
  test('a pipe is expanded', async () => {
    expect(await start([], piped(configMap))).toEqual({ exitCode: 0, stdout: configMap, stderr: '' });
    expect(await start(['--namespace', 'ml'], piped(configMap))).toMatchObject({ stdout: configMap });
  });

  test('a terminal gets help', async () => {
    const { exitCode, stdout } = await start([], terminal);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Usage: rayshield VERB/);
  });

  test('flags alone on a terminal are wrong use', async () => {
    expect(await start(['--namespace', 'ml'], terminal)).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(/PATH_MISSING/),
    });
  });
});

describe('help', () => {
  test('--help names every verb, the exit codes and an example', async () => {
    const { stdout } = await start(['--help']);
    for (const part of ['expand', 'validate', 'generate', 'Exit codes', "<<'END'"]) expect(stdout).toContain(part);
  });

  test.each(['expand', 'validate', 'generate'])('%s --help names every flag', async (verb) => {
    const { exitCode, stdout } = await start([verb, '--help']);
    expect(exitCode).toBe(0);
    const taken = settingNames.filter((name) => verb === 'generate' || !isSourceSetting(name));
    for (const name of taken) expect(stdout).toContain(`--${flagName(name)} `);
  });

  test('the help of a verb names the flags that are its own', async () => {
    const { stdout } = await start(['validate', '--help']);
    for (const flag of ['--format text|json|sarif|github|junit', '--strict', '--all-kinds'])
      expect(stdout).toContain(flag);
    expect(stdout).not.toContain('--out');
    expect((await start(['expand', '--help'])).stdout).toContain('--out DIR');
  });

  test('help wins over what is wrong beside it', async () => {
    expect(await start(['expand', '--nonsense', '--help'])).toMatchObject({ exitCode: 0 });
  });

  test('lines fit a terminal', async () => {
    const { stdout } = await start(['--help']);
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(120);
  });

  test('--version is the version alone', async () => {
    expect(await start(['--version'])).toEqual({ exitCode: 0, stdout: '1.2.3\n', stderr: '' });
  });
});

describe('wrong use ends with 2 and an empty stdout', () => {
  test.each([
    [['exapnd'], /VERB_UNKNOWN: there is no verb exapnd; did you mean expand\? \(see rayshield --help\)/],
    [['xyzzy'], /there is no verb xyzzy; there are expand, validate, generate/],
    [['toString'], /there is no verb toString/],
    [['cluster.yaml'], /did you mean rayshield expand cluster\.yaml\?/],
    [['-'], /did you mean rayshield expand -\?/],
    [['generate', 'folder'], /PATH_UNEXPECTED: generate takes no path/],
    [['generate', '--out', 'x'], /FLAG_UNKNOWN: generate has no flag --out/],
    [['expand', '-', '--out', 'x'], /OUT_WITHOUT_FILES/],
    [['expand', '--out', 'x'], /OUT_WITHOUT_FILES/],
  ])('%j', async (argv, message) => {
    expect(await start(argv, piped(configMap))).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(message),
    });
  });

  test('expand on a terminal does not wait for somebody to type', async () => {
    expect(await start(['expand'], terminal)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/PATH_MISSING/),
    });
  });
});

describe('expand', () => {
  test.each(['', '\n \n', '\uFEFF'])('empty standard input is an error: %j', async (text) => {
    expect(await start(['expand', '-'], piped(text))).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringMatching(/^<stdin>: error INPUT_EMPTY: /),
    });
  });

  test('a file that cannot be read ends with 3 and names the file', async () => {
    expect(await start(['expand', 'missing.yaml'])).toMatchObject({
      exitCode: 3,
      stdout: '',
      stderr: expect.stringMatching(/^missing\.yaml: error FILE_UNREADABLE: .*it does not exist/),
    });
  });

  test('files come before standard input, each document once', async () => {
    const cwd = makeTree({ 'a.yaml': configMap });
    const { stdout } = await start(['expand', '-', 'a.yaml'], { ...piped(configMap.replace('a}', 'b}')), cwd });
    expect(stdout.match(/name: ./g)).toEqual(['name: a', 'name: b']);
  });

  test('--out keeps an untouched file byte for byte, an empty one too, and prints nothing', async () => {
    const cwd = makeTree({ 'in/a.yaml': configMap, 'in/b/c.yml': `${configMap}---\r\n# end`, 'in/empty.yaml': '' });
    expect(await start(['expand', 'in', '--out', 'out'], { cwd })).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(readTree(`${cwd}/out`)).toEqual(readTree(`${cwd}/in`));
  });

  test('--out writes nothing where one file is refused', async () => {
    const cwd = makeTree({ 'in/a.yaml': configMap, 'in/b.yaml': 'apiVersion: ray.io/v1\nkind: [' });
    expect(await start(['expand', 'in', '--out', 'out'], { cwd })).toMatchObject({ exitCode: 1, stdout: '' });
    expect(Object.keys(readTree(cwd))).toEqual(['in/a.yaml', 'in/b.yaml']);
  });

  test('findings of settings, files and documents come together', async () => {
    const cwd = makeTree({ 'in/a.yaml': 'apiVersion: ray.io/v1\nkind: [', 'in/k/kustomization.yaml': '' });
    const { exitCode, stderr } = await start(['expand', 'in'], { cwd, env: { RAYSHIELD_KUBERAY_VERSION: '9' } });
    expect(exitCode).toBe(1);
    for (const code of ['SETTING_INVALID', 'YAML_SYNTAX', 'KUSTOMIZATION_SOURCE']) expect(stderr).toContain(code);
  });

  test.each([
    ['--kuberay-version', '1.8'],
    ['--fail-on', 'warn'],
    ['--dns', 'foo'],
    ['--private-key-size', '12'],
    ['--out', ''],
  ])('%s %j is wrong use, and nothing is read for it', async (flag, value) => {
    const cwd = makeTree({ 'in/a.yaml': 'apiVersion: ray.io/v1\nkind: [' });
    const { exitCode, stdout, stderr } = await start(['expand', 'in', flag, value], { cwd });
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(flag);
    expect(stderr).not.toContain('YAML_SYNTAX');
  });

  test('with failOn=warning a warning fails the run', async () => {
    const rayCluster = `apiVersion: ray.io/v1
kind: RayCluster
metadata: {name: demo, namespace: ml}
spec:
  networkIsolation: {mode: denyAllIngress}
  headGroupSpec:
    rayStartParams: {}
    template: {spec: {containers: [{name: ray-head, image: rayproject/ray}]}}
`;
    const warned = await start(['expand', '-'], piped(rayCluster));
    expect(warned).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/warning OPERATOR_ANY_NAMESPACE/) });
    expect(warned.stdout).toContain('NetworkPolicy');
    expect(await start(['expand', '-', '--fail-on', 'warning'], piped(rayCluster))).toMatchObject({
      exitCode: 1,
      stdout: '',
    });
  });
});
