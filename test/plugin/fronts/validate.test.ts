// `rayshield validate` as a command: what it reads, what it ends with, and where it prints.
import { describe, expect, test } from 'vitest';
import type { Io } from '../../../plugin/fronts/io.ts';
import { ioFor } from '../../support/case.ts';
import { type Ran, run } from '../../support/run.ts';
import { makeTree } from '../../support/workdir.ts';

const start = (argv: readonly string[], io: Partial<Io> = {}): Promise<Ran> =>
  run(['validate', ...argv], { ...ioFor('/'), ...io }, '1.2.3');
const piped = (text: string): Partial<Io> => ({ readStdin: () => Promise.resolve(Buffer.from(text)) });

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';
const broken = 'apiVersion: ray.io/v1\nkind: RayCluster\nmetadata: {name: a}\nspec: {headGroupSpecs: {}}\n';
const warned = `apiVersion: ray.io/v1
kind: RayCluster
metadata: {name: demo, namespace: ml}
spec:
  networkIsolation: {mode: denyAllIngress}
  headGroupSpec:
    rayStartParams: {}
    template: {spec: {containers: [{name: ray-head, image: "rayproject/ray:2.52.0"}]}}
`;

describe('exit codes', () => {
  test('0 where nothing is wrong, the count on stdout', async () => {
    expect(await start([], piped(configMap))).toEqual({
      exitCode: 0,
      stdout: '1 file, 1 document, 0 Ray objects: no findings\n',
      stderr: '',
    });
  });

  test('1 where there is an error, the report on stdout and nothing on stderr', async () => {
    expect(await start(['-'], piped(broken))).toEqual({
      exitCode: 1,
      stdout: expect.stringMatching(/^<stdin>:4:8: error SCHEMA_UNKNOWN_FIELD RayCluster a spec\.headGroupSpecs/),
      stderr: '',
    });
  });

  test.each([
    [[], 0],
    [['--strict'], 1],
    [['--fail-on', 'warning'], 1],
  ])('a warning with %j', async (flags, exitCode) => {
    expect(await start(['-', ...flags], piped(warned))).toMatchObject({ exitCode, stderr: '' });
  });

  test.each([
    [['--format', 'sarf', '-'], /FLAG_VALUE_UNKNOWN: --format takes one of .*; did you mean sarif\?/],
    [['--strict=yes', '-'], /FLAG_VALUE_SURPLUS/],
    [['--out', 'x', '-'], /FLAG_UNKNOWN: validate has no flag --out/],
    [['--kuberay-version', '1.9', '-'], /SETTING_INVALID/],
  ])('2 for wrong use, and an empty stdout: %j', async (argv, message) => {
    expect(await start(argv, piped(broken))).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(message),
    });
  });

  test('flags of validate are no flags of expand', async () => {
    const { exitCode, stderr } = await run(['expand', '-', '--strict', '--format', 'json'], ioFor('/'), '1.2.3');
    expect(exitCode).toBe(2);
    for (const flag of ['--strict', '--format']) expect(stderr).toContain(`expand has no flag ${flag}`);
  });

  test('3 where a file cannot be read: said on stderr, with the rest of the report on stdout', async () => {
    const cwd = makeTree({ 'a.yaml': broken });
    const { exitCode, stdout, stderr } = await start(['a.yaml', 'missing.yaml'], { cwd });
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/a\.yaml:4:8: error SCHEMA_UNKNOWN_FIELD[\s\S]*missing\.yaml: error FILE_UNREADABLE/);
    expect(stderr).toMatch(/^missing\.yaml: error FILE_UNREADABLE/);
  });

  test('a terminal as standard input is wrong use', async () => {
    const { exitCode, stderr } = await start([], { isTerminal: () => Promise.resolve(true) });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('rayshield validate -');
  });
});

describe('input', () => {
  test.each(['', '\n'])('empty standard input is an error: %j', async (text) => {
    expect(await start(['-'], piped(text))).toMatchObject({
      exitCode: 1,
      stdout: expect.stringMatching(/^<stdin>: error INPUT_EMPTY/),
    });
  });

  test('a file that holds no object is left out though it was named, as hooks name all that has changed', async () => {
    const cwd = makeTree({ 'values.yaml': 'a: [\n', 'a.yaml': configMap });
    const { exitCode, stdout } = await start(['values.yaml', 'a.yaml'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^values\.yaml: info NOT_A_MANIFEST.*\n1 file, 1 document, 0 Ray objects: 1 info\n$/);
  });

  test.each(['hello: 1\n', 'error: no chart found\n', 'a: [\n'])(
    'a pipe that holds no object is an error: %j',
    async (text) => {
      const { exitCode, stdout } = await start(['-'], piped(text));
      expect(exitCode).toBe(1);
      expect(stdout).toMatch(/^<stdin>: error INPUT_NOT_MANIFESTS/);
    },
  );

  test('a pipe that holds comments alone is none', async () => {
    expect(await start(['-'], piped('# nothing\n'))).toMatchObject({ exitCode: 0 });
  });

  test('a template is told once, where it is', async () => {
    const cwd = makeTree({ 'a.yaml': 'a: b\n{{ if x }}\nc: d\n' });
    const { stdout } = await start(['a.yaml'], { cwd });
    expect(stdout.match(/HELM_TEMPLATE/g)).toHaveLength(1);
    expect(stdout).toMatch(/^a\.yaml:2:1: error HELM_TEMPLATE/);
  });

  test('limits hold as for expand', async () => {
    const { exitCode, stdout } = await start(['-', '--max-documents', '1'], piped(`${configMap}---\n${configMap}`));
    expect(exitCode).toBe(1);
    expect(stdout).toContain('TOO_MANY_DOCUMENTS');
  });

  test('what a value holds is not in the report of any format', async () => {
    const text = warned.replace('image:', 'env: [{name: A, valeu: hunter2}, hunter2], args: hunter2, image:');
    for (const format of ['text', 'json', 'sarif', 'github', 'junit']) {
      const { stdout, stderr } = await start(['-', '--format', format], piped(`${text}---\n"hunter2: [\n`));
      expect(`${stdout}${stderr}`).not.toContain('hunter2');
    }
  });
});

describe('colour', () => {
  const terminal: Partial<Io> = { isOutputTerminal: () => Promise.resolve(true) };
  test.each([
    ['on a terminal', terminal, true],
    ['not in a pipe', {}, false],
    ['not with NO_COLOR', { ...terminal, env: { NO_COLOR: '1' } }, false],
    ['not on a dumb terminal', { ...terminal, env: { TERM: 'dumb' } }, false],
    ['with an empty NO_COLOR', { ...terminal, env: { NO_COLOR: '' } }, true],
  ])('%s', async (_, io, isColoured) => {
    const { stdout } = await start(['-'], { ...piped(broken), ...io });
    expect(stdout.includes('\u001b[')).toBe(isColoured);
  });
});

describe('names in reports that leave the machine', () => {
  test.each(['sarif', 'github'])('%s has no absolute path', async (format) => {
    const cwd = makeTree({ 'in/a.yaml': broken });
    const { stdout } = await start([`${cwd}/in/a.yaml`, '--format', format], { cwd });
    expect(stdout).toContain('in/a.yaml');
    expect(stdout).not.toContain(cwd);
  });
});
