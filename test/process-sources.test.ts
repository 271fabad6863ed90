// The built program while another tool renders for it: signals, and what is left of both afterwards.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { makeTools, printsCluster } from './support/fake-tool.ts';
import { makeTree } from './support/workdir.ts';

const program = join(import.meta.dirname, '../dist/rayshield.cjs');

/** Starts it on a kustomization, with `script` for kustomize. */
function start(script: string, env: Record<string, string> = {}) {
  const tools = makeTools({ kustomize: script });
  const temporary = makeTree();
  const cwd = makeTree({ 'kustomization.yaml': 'resources: []\n' });
  const running = execa(process.execPath, [program, 'generate'], {
    cwd,
    reject: false,
    stripFinalNewline: false,
    stdin: 'ignore',
    extendEnv: false,
    env: { PATH: tools.bin, TMPDIR: temporary, RAYSHIELD_OPERATOR_NAMESPACE: 'kuberay', ...env },
  });
  return { running, tools, temporary };
}

/** Of a process that has ended and that nobody has asked after, the entry stays, with nothing in it. */
const isAlive = (pid: number): boolean =>
  existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

test('what a tool prints comes out expanded', async () => {
  const { running, temporary } = start(printsCluster);
  const { exitCode, stdout, stderr } = await running;
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toContain('kind: "NetworkPolicy"');
  expect(readdirSync(temporary)).toEqual([]);
});

describe('a signal while a tool runs', () => {
  const deaf = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);";
  const withChild = `const { pid } = require('node:child_process').spawn('/bin/sleep', ['600']);
    fs.writeFileSync(process.env.TMPDIR + '/child', String(pid)); process.stdout.write('kind: A\\n'); ${deaf}`;

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    '%s ends it, the tool and what that has started, within a second, and leaves nothing',
    async (signal) => {
      const { running, tools, temporary } = start(withChild);
      const childFile = (): string => join(temporary, readdirSync(temporary)[0] ?? 'none', 'child');
      await until(() => existsSync(childFile()) && readFileSync(childFile(), 'utf8') !== '');
      const pids = [...tools.calls().map(({ pid }) => pid), Number(readFileSync(childFile(), 'utf8'))];
      expect(pids.map(isAlive)).toEqual([true, true]);
      const sent = performance.now();
      running.kill(signal);
      expect(await running).toMatchObject({ signal, stdout: '', stderr: '' });
      await until(() => !pids.some(isAlive));
      expect(performance.now() - sent).toBeLessThan(1000);
      expect(readdirSync(temporary)).toEqual([]);
    },
  );
});

test.skipIf(!existsSync('/usr/bin/setpriv'))('the kernel ends the tool where rayshield is killed', async () => {
  const { running, tools } = start("process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);");
  await until(() => tools.calls().length > 0);
  running.kill('SIGKILL');
  expect(await running).toMatchObject({ signal: 'SIGKILL', stdout: '' });
  await until(() => tools.calls().every(({ pid }) => !isAlive(pid)));
});

test('the time limit counts from the start of the process', async () => {
  const { running } = start('setInterval(() => {}, 1000);', { RAYSHIELD_TIMEOUT: '1s' });
  const began = performance.now();
  const { exitCode, stdout, stderr } = await running;
  expect([exitCode, stdout]).toEqual([1, '']);
  expect(stderr).toContain('error TOOL_TIME: kustomize was not done within 1s of the start');
  expect(performance.now() - began).toBeLessThan(10_000);
});

test('KUBE_API_VERSIONS of any length do no harm to kustomize, which does not get them', async () => {
  const versions = Array.from({ length: 8000 }, (_, index) => `group${index}.io/v1`).join(',');
  const { running, tools } = start(printsCluster, { KUBE_API_VERSIONS: `v1,${versions}` });
  expect(await running).toMatchObject({ exitCode: 0 });
  expect(JSON.stringify(tools.calls())).not.toContain('group1.io');
});
