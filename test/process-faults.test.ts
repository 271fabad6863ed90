// What a machine does to a run: files that cannot be read or vanish, few descriptors, little memory, no time, folders that are
// listed in any order. Each ends with a code that is not 0, nothing on standard output, and a word of why; or does not matter.
import { chmodSync, cpSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa, type Options } from 'execa';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../plugin/findings/finding.ts';
import { findInput, readSources } from '../plugin/fronts/files/input.ts';
import { summarize } from './support/findings.ts';
import { makePipe, makeTree } from './support/workdir.ts';

const root = join(import.meta.dirname, '..');
const program = join(root, 'dist/rayshield.cjs');
const sample = join(root, 'build/sample.yaml');
const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';
const settings = ['--operator-namespace', 'kuberay-operator'];

/** Runs node with flags of its own before the program's. */
const node = (flags: readonly string[], options: Options = {}) =>
  execa(process.execPath, flags, {
    reject: false,
    stripFinalNewline: false,
    stdin: 'ignore',
    timeout: 60_000,
    ...options,
  });

const cluster = (index: number): string => `apiVersion: ray.io/v1
kind: RayCluster
metadata: {name: a${index}, namespace: ml}
spec:
  networkIsolation: {mode: denyAllIngress}
  headGroupSpec:
    rayStartParams: {}
    template: {spec: {containers: [{name: ray-head, image: 'rayproject/ray:2.52.0'}]}}
`;
const clusters = (count: number): string => Array.from({ length: count }, (_, index) => cluster(index)).join('---\n');

describe('files', () => {
  test('a file that may not be read is named', async () => {
    const cwd = makeTree({ 'in/a.yaml': configMap, 'in/b.yaml': configMap });
    // Root may read everything: somebody else runs the program, from a place that is open to all.
    cpSync(join(root, 'dist'), join(cwd, 'dist'), { recursive: true });
    chmodSync(cwd, 0o755);
    chmodSync(join(cwd, 'in/b.yaml'), 0o000);
    const isRoot = process.getuid?.() === 0;
    const user = isRoot ? { uid: 65534, gid: 65534 } : {};
    expect(await node(['dist/rayshield.cjs', 'expand', 'in'], { cwd, ...user })).toMatchObject({
      exitCode: 3,
      stdout: '',
      stderr: expect.stringMatching(/^in\/b\.yaml: error FILE_UNREADABLE: .*permission is denied; .*\n$/),
    });
  });

  test('a file that vanishes after its folder was listed is named', () => {
    const cwd = makeTree({ 'a.yaml': configMap, 'b.yaml': configMap });
    const findings: Finding[] = [];
    const { files } = findInput(['.'], cwd, findings);
    rmSync(join(cwd, 'b.yaml'));
    expect([...readSources(files, 1000, findings).keys()].map(({ file }) => file)).toEqual(['a.yaml']);
    expect(summarize(findings)).toEqual(['b.yaml FILE_UNREADABLE']);
  });

  test('a file that becomes a link or a pipe in that time is neither followed nor waited for', () => {
    const cwd = makeTree({ 'a.yaml': configMap, 'b.yaml': configMap });
    const findings: Finding[] = [];
    const { files } = findInput(['.'], cwd, findings);
    for (const name of ['a.yaml', 'b.yaml']) rmSync(join(cwd, name));
    symlinkSync('/etc/hostname', join(cwd, 'a.yaml'));
    makePipe(join(cwd, 'b.yaml'));
    expect(readSources(files, 1000, findings).size).toBe(0);
    expect(summarize(findings)).toEqual(['a.yaml FILE_UNREADABLE', 'b.yaml FILE_NOT_REGULAR']);
  });

  test.each([
    ['/dev/zero', 1, 'FILE_NOT_REGULAR'],
    ['loop.yaml', 3, 'FILE_UNREADABLE'],
    ['out.yaml', 1, 'LINK_OUTSIDE'],
    ['x.yaml', 1, 'FOLDER_EMPTY'],
  ])('%s ends with %d', async (path, exitCode, code) => {
    const cwd = makeTree({ 'x.yaml/': '', 'in/a.yaml': configMap });
    symlinkSync('loop.yaml', join(cwd, 'loop.yaml'));
    symlinkSync('/etc/hostname', join(cwd, 'in/out.yaml'));
    const named = path === 'out.yaml' ? 'in' : path;
    expect(await node([program, 'expand', named], { cwd })).toMatchObject({
      exitCode,
      stdout: '',
      stderr: expect.stringContaining(`error ${code}: `),
    });
  });

  test('10,000 files under a limit of 256 open ones', async () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `${String(index).padStart(5, '0')}.yaml`);
    const cwd = makeTree(Object.fromEntries(names.map((name) => [name, `apiVersion: v1\nkind: "${name}"\n`])));
    const { exitCode, stdout } = await execa('bash', ['-c', 'ulimit -n 256; exec "$NODE" "$PROGRAM" generate'], {
      cwd,
      reject: false,
      env: { NODE: process.execPath, PROGRAM: program },
    });
    expect(exitCode).toBe(0);
    expect(stdout.match(/kind: ".*?"/g)).toEqual(names.map((name) => `kind: "${name}"`));
  });

  test('the order in which a folder is listed does not matter', async () => {
    const names = ['b', 'a', 'c/a', 'c', 'B', 'a-b/c', 'ä'].map((name) => `${name}.yaml`);
    const cwd = makeTree(Object.fromEntries(names.map((name, index) => [name, cluster(index)])));
    const listing = (change: string): string =>
      `import fs from 'node:fs';const list=fs.readdirSync;const nameOf=(one)=>one.name??one;fs.readdirSync=(...of)=>list(...of)${change}`;
    const run = (change: string) =>
      node(
        ['--import', `data:text/javascript,${encodeURIComponent(listing(change))}`, program, 'generate', ...settings],
        { cwd },
      );
    const [sorted, reversed, turned] = await Promise.all([
      run('.sort((a,b)=>nameOf(a)<nameOf(b)?-1:1)'),
      run('.sort((a,b)=>nameOf(a)<nameOf(b)?1:-1)'),
      run('.sort((a,b)=>nameOf(a).length-nameOf(b).length)'),
    ]);
    expect(sorted.exitCode, String(sorted.stderr)).toBe(0);
    expect(reversed.stdout).toBe(sorted.stdout);
    expect(turned.stdout).toBe(sorted.stdout);
  });
});

describe('memory and time', () => {
  test.each(['expand', 'validate'])('%s prints nothing where the heap is too small', async (verb) => {
    const cwd = makeTree();
    writeFileSync(join(cwd, 'many.yaml'), clusters(20_000));
    const { exitCode, signal, stdout } = await node(['--max-old-space-size=16', program, verb, 'many.yaml'], { cwd });
    expect(stdout).toBe('');
    // V8 aborts: 134 for a shell.
    expect(exitCode === 134 || signal === 'SIGABRT', `${exitCode} ${signal}`).toBe(true);
  });

  test.each(['expand', 'validate', 'generate'])('%s that works past its time says so', async (verb) => {
    const cwd = makeTree();
    writeFileSync(join(cwd, 'many.yaml'), clusters(20_000));
    const paths = verb === 'generate' ? [] : ['many.yaml'];
    expect(await node([program, verb, ...paths, ...settings, '--timeout', '700ms'], { cwd })).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringMatching(/^error TIME_OUT: the run was not done after 700ms, .*\n$/),
    });
  });

  test('the time may come from where Argo CD gives it, and the same input twice gives the same bytes', async () => {
    const cwd = makeTree({ 'a.yaml': cluster(0) });
    const generate = (env: Record<string, string>) => node([program, 'generate', ...settings], { cwd, env });
    expect(await generate({ ARGOCD_ENV_RAYSHIELD_TIMEOUT: '1ms' })).toMatchObject({ exitCode: 1, stdout: '' });
    const [once, again] = await Promise.all([generate({}), generate({ ARGOCD_ENV_RAYSHIELD_TIMEOUT: '10m' })]);
    expect(once.exitCode).toBe(0);
    expect(again.stdout).toBe(once.stdout);
  });

  test('an example is expanded in a heap of 16 MiB', async () => {
    expect(await node(['--max-old-space-size=16', program, 'expand', sample, ...settings])).toMatchObject({
      exitCode: 0,
    });
  });
});
