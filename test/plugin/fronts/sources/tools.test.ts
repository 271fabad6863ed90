// The ways in which a tool may end, and the command of the operator.
import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { quoteTool } from '../../../../plugin/fronts/sources/tool-says.ts';
import { makeTools, printsCluster } from '../../../support/fake-tool.ts';
import { makeTree } from '../../../support/workdir.ts';
import { generate, parameter } from './generate-by.ts';

const files = { 'kustomization.yaml': 'resources: []\n' };
const generateBy = (script: string, ...parameters: readonly object[]) =>
  generate({ files, tools: makeTools({ kustomize: script }), parameters });

const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}/cmdline`);

describe('a tool that ends badly', () => {
  test.each([
    [
      'fails after it has printed',
      `${printsCluster} process.stderr.write('Error: no such thing\\n'); process.exitCode = 7;`,
      'TOOL_FAILED: kustomize ended with exit code 7 and said: Error: no such thing; ',
    ],
    ['says nothing', 'process.exitCode = 1;', 'TOOL_FAILED: kustomize ended with exit code 1 and said: nothing; '],
    [
      'is killed after it has printed',
      `process.stdout.write('kind: A\\n', () => process.kill(process.pid, 'SIGKILL'));`,
      'TOOL_FAILED: kustomize ended with signal SIGKILL and said: nothing; ',
    ],
    ['prints no text', 'process.stdout.write(Buffer.from([0x61, 0xff]));', 'INPUT_NOT_UTF8: '],
    ['prints control characters', "process.stdout.write('a: \\0\\n');", 'INPUT_CONTROL_CHARACTER: '],
    ['prints nothing', '', 'NOTHING_RENDERED: '],
    [
      'complains without end',
      "const say = () => process.stderr.write('x'.repeat(100_000), say); say();",
      'TOOL_OUTPUT: kustomize printed more than 104857600 bytes, or a million of complaints, and was ended; ',
    ],
  ])('%s', async (_, script, said) => {
    const { exitCode, stdout, stderr } = await generateBy(script);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`error ${said}`);
    expect(stderr.length).toBeLessThan(8192);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('prints without end, and so does what it has started', async () => {
    const tools = makeTools({
      kustomize: `require('node:child_process').spawn('/usr/bin/yes', { stdio: ['ignore', 'inherit', 'ignore'] });
        process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);`,
    });
    const { exitCode, stdout, stderr } = await generate({
      files,
      tools,
      parameters: [parameter('maxBytes', '1000000')],
    });
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toContain('error TOOL_OUTPUT: kustomize printed more than 1000000 bytes');
    expect(tools.calls().map(({ pid }) => isAlive(pid))).toEqual([false]);
  });

  test('hangs, deaf to SIGTERM, with a child of its own: both are ended at the time limit', async () => {
    const tools = makeTools({
      kustomize: `const { pid } = require('node:child_process').spawn('/bin/sleep', ['600'], { stdio: 'inherit' });
        process.stderr.write('child ' + pid); process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);`,
    });
    const temporary = makeTree();
    const { exitCode, stdout, stderr } = await generate({
      files,
      tools,
      parameters: [parameter('timeout', '1s')],
      env: { TMPDIR: temporary },
    });
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^kustomization\.yaml: error TOOL_TIME: kustomize was not done within 1s of the start, /);
    expect(tools.calls().map(({ pid }) => isAlive(pid))).toEqual([false]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('is not there: how to get it is said, and the host is to blame', async () => {
    const { exitCode, stdout, stderr } = await generate({ files });
    expect([exitCode, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(
      /^kustomization\.yaml: error TOOL_MISSING: kustomize is not installed; the sidecar needs it on its PATH/,
    );
  });

  test('is looked for by absolute entries of PATH alone, for others would lead into the application', async () => {
    const tools = makeTools({ kustomize: printsCluster });
    const env = { PATH: `.:bin::${tools.bin}/nowhere` };
    const own = { ...files, kustomize: '#!/bin/sh\n', 'bin/kustomize': '#!/bin/sh\n' };
    expect(await generate({ files: own, tools, env })).toMatchObject({ exitCode: 3 });
  });

  test('cannot be started: its interpreter is missing', async () => {
    const bin = makeTree({ kustomize: '#!/nowhere\n' });
    chmodSync(join(bin, 'kustomize'), 0o755);
    const { exitCode, stdout, stderr } = await generate({ files, env: { PATH: bin } });
    expect([exitCode, stdout]).toEqual([3, '']);
    expect(stderr).toContain('error TOOL_NOT_STARTED: kustomize cannot be started (');
  });

  test('has no place for its files', async () => {
    const { exitCode, stdout, stderr } = await generate({
      files,
      tools: makeTools({ kustomize: '' }),
      env: { TMPDIR: '/nowhere' },
    });
    expect([exitCode, stdout]).toEqual([3, '']);
    expect(stderr).toContain('error PRIVATE_FOLDER: no folder for temporary files can be made (ENOENT); ');
  });
});

test('what the system refuses on the way is said, and nothing is left', async () => {
  const temporary = makeTree();
  const { exitCode, stdout, stderr } = await generate({
    files: {
      'app/Chart.yaml': 'name: a\ndependencies: [{name: b, repository: "file://../b"}]\n',
      'b/Chart.yaml': 'name: b\n',
    },
    path: 'app',
    // In the place of the folder into which the charts would be copied.
    tools: makeTools({
      helm: `fs.writeFileSync(process.env.HOME + '/tree', '');
        process.stderr.write('missing in charts/ directory: b'); process.exitCode = 1;`,
    }),
    env: { TMPDIR: temporary },
  });
  expect([exitCode, stdout, readdirSync(temporary)]).toEqual([3, '', []]);
  expect(stderr).toMatch(/^\.: error SOURCE_SYSTEM: the system refused while the source was prepared \(ENOTDIR\); /);
});

test('what a tool says while all is well is passed on as an info', async () => {
  const { exitCode, stdout, stderr } = await generateBy(`${printsCluster} console.error('# Flag is deprecated');`);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('kind: "RayCluster"');
  expect(stderr).toMatch(/^kustomization\.yaml: info TOOL_SAYS: kustomize said: # Flag is deprecated; /);
});

test('private folders are gone afterwards', async () => {
  const temporary = makeTree();
  for (const script of [printsCluster, 'process.exitCode = 1;'])
    await generate({ files, tools: makeTools({ kustomize: script }), env: { TMPDIR: temporary } });
  expect(readdirSync(temporary)).toEqual([]);
});

test.each([
  ['https://me:s3cr3t@example.com/x', 'https://<hidden>@example.com/x'],
  ['password: hunter2 and more', 'password: <hidden> and more'],
  ['{"API_TOKEN": "abc def"}', '{"API_TOKEN": <hidden>}'],
  ['--set=secretKey=abc', '--set=secretKey=<hidden>'],
  ['data eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9 end', 'data <hidden> end'],
  ['x\n-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----\ny', 'x <hidden> y'],
  ['x -----BEGIN CERTIFICATE-----\nabc', 'x <hidden>'],
  ['/tmp/source/app/a.yaml: bad', 'a.yaml: bad'],
  ['a\n\n  b  \na', 'a b'],
  [
    'no matches for Id Deployment.v1.apps/web.[noNs]; failed',
    'no matches for Id Deployment.v1.apps/web.[noNs]; failed',
  ],
])('%j is shown as %j', (said, shown) => {
  expect(quoteTool(said, [{ path: '/tmp/source/app/', shown: '' }])).toBe(shown);
});

test('a long complaint is cut', () => {
  expect(quoteTool('some words '.repeat(1000), [])).toHaveLength(1503);
});

describe('source: command', () => {
  const source = parameter('source', 'command');
  const command = (words: unknown) => ({ RAYSHIELD_SOURCE_COMMAND: JSON.stringify(words) });

  test('runs what the operator has set up, as an argument list', async () => {
    const tools = makeTools({ render: printsCluster });
    const { exitCode, stdout, stderr } = await generate({
      files: {},
      tools,
      parameters: [source],
      env: { ...command(['render', '$(touch x); a b', '']), ARGOCD_APP_NAME: 'demo', ARGOCD_ENV_SECRET: 'canary' },
    });
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain('kind: "NetworkPolicy"');
    const [call] = tools.calls();
    expect(call?.argv).toEqual(['$(touch x); a b', '']);
    expect(call?.env).toMatchObject({ ARGOCD_APP_NAME: 'demo', PATH: tools.bin });
    expect(JSON.stringify(call?.env)).not.toContain('canary');
  });

  test.each([
    [{}],
    [{ ARGOCD_ENV_RAYSHIELD_SOURCE_COMMAND: '["/bin/echo"]' }],
    [{ PARAM_RAYSHIELD_SOURCE_COMMAND: '["/bin/echo"]' }],
    [{ RAYSHIELD_SOURCE_COMMAND: '' }],
  ])('no application can switch it on: %j', async (env) => {
    const { exitCode, stdout, stderr } = await generate({ files: {}, parameters: [source], env });
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/error (SOURCE_COMMAND_OFF|SETTING_UNKNOWN): /);
  });

  test('nor by a parameter or a file', async () => {
    const parameters = [source, { name: 'sourceCommand', array: ['/bin/echo'] }];
    expect((await generate({ files: {}, parameters })).stderr).toContain(
      'error SETTING_UNKNOWN: parameter sourceCommand',
    );
    const file =
      'apiVersion: rayshield.io/v1alpha1\nkind: RayShield\nmetadata: {name: x}\nspec: {settings: {source: command}}\n';
    expect((await generate({ files: { 'rayshield.yaml': file } })).stderr).toContain('error SOURCE_COMMAND_OFF: ');
  });

  test('without the parameter the command is not run', async () => {
    const tools = makeTools({ render: printsCluster });
    const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';
    expect(await generate({ files: { 'a.yaml': manifest }, tools, env: command(['render']) })).toMatchObject({
      stdout: manifest,
    });
    expect(tools.calls()).toEqual([]);
  });

  test.each(['render', '[]', '{}', '[1]', '["./render"]', '["bin/render"]'])('%s is no command', async (text) => {
    const { exitCode, stderr } = await generate({
      files: {},
      parameters: [source],
      env: { RAYSHIELD_SOURCE_COMMAND: text },
    });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('error SOURCE_COMMAND_FORM: ');
  });
});
