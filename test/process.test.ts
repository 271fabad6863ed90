// The built program as a process: pipes, signals, exit codes, and a start without its code cache.
import { cpSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa, type Options } from 'execa';
import { describe, expect, test } from 'vitest';
import { makePipe, makeTree, readTree } from './support/workdir.ts';

const root = join(import.meta.dirname, '..');
const program = join(root, 'dist/rayshield.cjs');
const sample = join(root, 'build/sample.yaml');

/** Runs node with the program, never throwing. */
const rayshield = (args: readonly string[], options: Options = {}) =>
  execa(process.execPath, [program, ...args], { reject: false, stripFinalNewline: false, stdin: 'ignore', ...options });

const bash = (script: string, options: Options = {}) =>
  execa('bash', ['-c', script], {
    reject: false,
    stripFinalNewline: false,
    ...options,
    env: { ...options.env, NODE: process.execPath, RAYSHIELD: program },
  });

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';
/** About 5 MB that pass through unread. */
const large = `${configMap}data:\n  text: ${'x'.repeat(998)}\n---\n`.repeat(5000);

describe('exit codes', () => {
  test('0 with manifests on stdout', async () => {
    const { exitCode, stdout } = await rayshield(['expand', sample]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('kind: "NetworkPolicy"');
  });

  test.each([
    [1, ['expand', '-'], {}],
    [1, ['expand', sample, '--kuberay-version', '1.5', '--namespace', 'x', '--max-bytes', '10'], {}],
    [2, ['expnad', sample], {}],
    [3, ['expand', 'missing.yaml'], {}],
    [3, ['expand', sample], { RAYSHIELD_PLATFORM: '/nowhere.yaml' }],
  ])('%d with an empty stdout: %j', async (code, args, env) => {
    const { exitCode, stdout, stderr } = await rayshield(args, { env });
    expect({ exitCode, stdout }).toEqual({ exitCode: code, stdout: '' });
    expect(stderr).toMatch(/error [A-Z_]+: .+; .+\n/);
  });

  test('70 is one line without a stack, and the stack where it is asked for', async () => {
    const copy = join(makeTree(), 'dist');
    cpSync(join(root, 'dist'), copy, { recursive: true });
    rmSync(join(copy, 'validators'), { recursive: true });
    const start = (env: Record<string, string>) =>
      execa(process.execPath, [join(copy, 'rayshield.cjs'), 'expand', sample], { reject: false, env });
    const { exitCode, stdout, stderr } = await start({});
    expect({ exitCode, stdout }).toEqual({ exitCode: 70, stdout: '' });
    expect(stderr).toMatch(/^rayshield: this is a bug of rayshield \d+\.\d+\.\d+ \(Error at .*\); please report it.*$/);
    expect((await start({ RAYSHIELD_DEBUG: '1' })).stderr).toMatch(/ENOENT[\s\S]*\n {4}at /);
  });
});

describe('validate', () => {
  const wrong = 'apiVersion: ray.io/v1\nkind: RayCluster\nmetadata: {name: a}\nspec: {headGroupSpecs: {}}\n';

  test('prints its report on stdout and ends with 1, or with 0 where nothing is wrong', async () => {
    const cwd = makeTree({ 'wrong.yaml': wrong, 'right.yaml': configMap });
    const { exitCode, stdout, stderr } = await rayshield(['validate', 'wrong.yaml'], { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    expect(stdout).toMatch(
      /^wrong\.yaml:4:8: error SCHEMA_UNKNOWN_FIELD [\s\S]*\n1 file, 1 document, 1 Ray object: 1 error\n$/,
    );
    expect(await rayshield(['validate', 'right.yaml'], { cwd })).toMatchObject({
      exitCode: 0,
      stdout: '1 file, 1 document, 0 Ray objects: no findings\n',
    });
  });

  test.each(['json', 'sarif', 'junit', 'github'])('the shipped program has all that %s needs', async (format) => {
    const { exitCode, stdout } = await bash('"$NODE" "$RAYSHIELD" validate - --format "$FORMAT" <<<"$WRONG"; exit $?', {
      env: { FORMAT: format, WRONG: wrong },
    });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('SCHEMA_UNKNOWN_FIELD');
  });

  test('wrong use ends with 2 and an empty stdout', async () => {
    expect(await rayshield(['validate', '--format', 'xml', sample])).toMatchObject({ exitCode: 2, stdout: '' });
  });
});

describe('standard input', () => {
  test('a pipe without a verb is expanded, however slowly it comes', async () => {
    const { exitCode, stdout } = await bash(
      '(printf "apiVersion: v1\\n"; sleep 0.2; printf "kind: A\\n") | "$NODE" "$RAYSHIELD"',
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'apiVersion: v1\nkind: A\n' });
  });

  test('/dev/null is empty, not a terminal', async () => {
    const { exitCode, stderr } = await rayshield([]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^<stdin>: error INPUT_EMPTY/);
  });

  test('a pipe that somebody made non-blocking is read to its end', async () => {
    const parent = `process.stdin.on('readable', () => {}); setTimeout(() => { process.stdin.pause();
      require('node:child_process').spawnSync(process.execPath, [process.env.RAYSHIELD], { stdio: 'inherit' }); process.exit(); }, 50)`;
    const { stdout } = await bash(
      `(sleep 0.4; printf 'kind: A\\n'; sleep 0.2; printf 'a: b\\n') | "$NODE" -e "$PARENT"`,
      {
        env: { PARENT: parent },
      },
    );
    expect(stdout).toBe('kind: A\na: b\n');
  });

  test('an endless input ends at the limit', async () => {
    const { exitCode, stdout, stderr } = await bash(
      'yes a: b | "$NODE" "$RAYSHIELD" --max-bytes 1000000; exit ${PIPESTATUS[1]}',
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/INPUT_TOO_LARGE/);
  });

  test('a folder in its place is said', async () => {
    expect(await bash('"$NODE" "$RAYSHIELD" < /')).toMatchObject({
      exitCode: 3,
      stderr: expect.stringMatching(/^<stdin>: error FILE_UNREADABLE: .*it is a folder/),
    });
  });
});

describe('standard output', () => {
  test('a slow reader gets every byte', async () => {
    const cwd = makeTree({ 'large.yaml': large });
    const { stdout } = await bash(
      '"$NODE" "$RAYSHIELD" expand large.yaml | (sleep 0.5; cat) | cmp - large.yaml && echo same',
      { cwd },
    );
    expect(stdout).toBe('same\n');
  });

  test('a reader that goes away ends the run quietly, and not with 0', async () => {
    const cwd = makeTree({ 'large.yaml': large });
    const { exitCode, stderr } = await bash(
      '"$NODE" "$RAYSHIELD" expand large.yaml | head -c 10 > /dev/null; exit ${PIPESTATUS[0]}',
      { cwd },
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: '' });
  });

  test('a full disk is said in one line', async () => {
    expect(
      await bash(
        '"$NODE" "$RAYSHIELD" expand "$SAMPLE" --operator-namespace k 2>&1 > /dev/full | tail -n 1; exit ${PIPESTATUS[0]}',
        { env: { SAMPLE: sample } },
      ),
    ).toMatchObject({
      exitCode: 3,
      stdout: 'rayshield: standard output cannot be written (ENOSPC)\n',
    });
  });

  test('switches for debugging of the YAML parser do not reach it', async () => {
    const env = { LOG_TOKENS: '1', LOG_STREAM: '1' };
    expect((await rayshield(['expand', sample], { env })).stdout).toBe((await rayshield(['expand', sample])).stdout);
  });
});

describe('signals', () => {
  test('SIGTERM ends a run that waits', async () => {
    const child = rayshield(['expand', '-'], { stdin: 'pipe' });
    setTimeout(() => child.kill('SIGTERM'), 300);
    expect(await child).toMatchObject({ signal: 'SIGTERM', stdout: '' });
  });

  test('SIGTERM ends a run that works, within a second, with nothing on stdout', async () => {
    const { [0]: one = '' } = readFileSync(sample, 'utf8').split('---\n');
    const documents = Array.from({ length: 4000 }, (_, index) => one.replace('name: sample', `name: sample-${index}`));
    const cwd = makeTree({ 'many.yaml': documents.join('---\n') });
    const child = rayshield(['expand', 'many.yaml'], { cwd });
    let sent = 0;
    setTimeout(() => {
      sent = performance.now();
      child.kill('SIGTERM');
    }, 500);
    expect(await child).toMatchObject({ signal: 'SIGTERM', stdout: '' });
    expect(performance.now() - sent).toBeLessThan(1000);
  });
});

describe('the code cache', () => {
  const cachesOf = (dist: string): string[] =>
    readdirSync(dist, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.cache'))
      .map((path) => join(dist, path));

  test('is made for the bundle and the validators', () => {
    const caches = cachesOf(join(root, 'dist')).map((path) => path.slice(join(root, 'dist').length + 1));
    expect(caches).toContain(`main.cjs.${process.version}-${process.arch}.cache`);
    expect(caches.some((path) => path.startsWith('validators/kuberay-1.7/ray.io/raycluster_v1.cjs'))).toBe(true);
  });

  test.each([
    ['missing', (path: string) => rmSync(path)],
    ['empty', (path: string) => writeFileSync(path, '')],
    ['cut off', (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 5000))],
    ['no cache at all', (path: string) => writeFileSync(path, 'x'.repeat(5000))],
    [
      'damaged',
      (path: string) => {
        const bytes = readFileSync(path);
        for (let at = 64; at < bytes.length; at += 997) bytes[at] = (bytes[at] ?? 0) ^ 0x55;
        writeFileSync(path, bytes);
      },
    ],
    [
      'of another V8',
      (path: string) => {
        const bytes = readFileSync(path);
        // The second word is a hash of V8's version.
        for (const half of [0, bytes.length / 2]) bytes.writeUInt32LE(0x12345678, half + 4);
        writeFileSync(path, bytes);
      },
    ],
  ])('when %s, the output is the same', async (_, spoil) => {
    const copy = join(makeTree(), 'dist');
    cpSync(join(root, 'dist'), copy, { recursive: true });
    for (const path of cachesOf(copy)) spoil(path);
    const spoilt = await execa(process.execPath, [join(copy, 'rayshield.cjs'), 'expand', sample], {
      reject: false,
      stripFinalNewline: false,
    });
    const { exitCode, stdout, stderr } = await rayshield(['expand', sample]);
    expect({ exitCode: spoilt.exitCode, stdout: spoilt.stdout, stderr: spoilt.stderr }).toEqual({
      exitCode,
      stdout,
      stderr,
    });
  });
});

describe('files', () => {
  test('a named pipe among the manifests does not hang the run', async () => {
    const cwd = makeTree({ 'a.yaml': configMap });
    makePipe(join(cwd, 'pipe.yaml'));
    expect(await rayshield(['expand', '.'], { cwd, timeout: 10_000 })).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringMatching(/^pipe\.yaml: error FILE_NOT_REGULAR: this is a named pipe/),
    });
  });

  test('2,000 files under a limit of 64 open ones', async () => {
    const names = Array.from({ length: 2000 }, (_, index) => `${String(index).padStart(4, '0')}.yaml`);
    const cwd = makeTree(Object.fromEntries(names.map((name) => [name, `apiVersion: v1\nkind: "${name}"\n`])));
    const { exitCode, stdout } = await bash('ulimit -n 64; "$NODE" "$RAYSHIELD" expand .', { cwd });
    expect(exitCode).toBe(0);
    expect(stdout?.toString().match(/kind: ".*?"/g)).toEqual(names.map((name) => `kind: "${name}"`));
  });

  test('generate works where it is started, and not where $PWD says', async () => {
    const cwd = makeTree({ 'a.yaml': configMap });
    expect(await rayshield(['generate'], { cwd, env: { PWD: '/nowhere' } })).toMatchObject({
      exitCode: 0,
      stdout: configMap,
    });
  });
});

describe('installed', () => {
  /** A folder with a link to the program, as npm makes one, to be put on the PATH. */
  const install = (): string => {
    const bin = makeTree();
    symlinkSync(program, join(bin, 'rayshield'));
    return `${bin}:${process.env['PATH']}`;
  };

  test.each([[], ['generate']])('the example in the help of %j works when it is pasted', async (...verb) => {
    const PATH = install();
    const { stdout: help } = await rayshield([...verb, '--help']);
    const example = String(help).split('to be pasted:\n\n')[1] ?? '';
    const cwd = makeTree();
    const { exitCode, stdout } = await bash(example, { cwd, env: { PATH } });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^apiVersion: "networking\.k8s\.io\/v1"\nkind: "NetworkPolicy"\n[\s\S]*kind: "RayCluster"/);
  });

  test('nothing is written but what --out names', async () => {
    const cwd = makeTree({ 'in/a.yaml': configMap });
    await bash('rayshield expand in --out out && rayshield expand in > /dev/null', { cwd, env: { PATH: install() } });
    expect(Object.keys(readTree(cwd))).toEqual(['in/a.yaml', 'out/a.yaml']);
  });
});
