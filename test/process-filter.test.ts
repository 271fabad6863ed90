// The built program as other tools start it: without a verb, with a ResourceList or a stream, and with a file for what it says.
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { makeTree } from './support/workdir.ts';

const root = join(import.meta.dirname, '..');
const program = join(root, 'dist/rayshield.cjs');
const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';
const header = 'apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n';

const start = (args: readonly string[], options: { input?: string; env?: Record<string, string>; cwd?: string } = {}) =>
  execa(process.execPath, [program, ...args], { reject: false, stripFinalNewline: false, ...options });

test('a ResourceList of thousands of items goes through, item for item', async () => {
  const item = `- ${configMap.replaceAll('\n', '\n  ').trimEnd()}\n  data: {text: ${'x'.repeat(500)}}\n`;
  const input = `${header}items:\n${item.repeat(5000)}`;
  const { exitCode, stdout } = await start([], { input });
  expect(exitCode).toBe(0);
  expect(stdout === input).toBe(true);
});

test('what fails as a function answers a ResourceList, what fails as a stream answers nothing', async () => {
  const wrong = 'apiVersion: ray.io/v1\nkind: RayCluster\nmetadata: {name: a}\nspec: {networkIsolation: null}\n';
  const item = `- ${wrong.replaceAll('\n', '\n  ').trimEnd()}\n`;
  const listed = await start([], { input: `${header}items:\n${item}` });
  expect(listed.exitCode).toBe(1);
  expect(parse(listed.stdout)).toMatchObject({
    kind: 'ResourceList',
    items: [],
    results: [{ tags: { code: 'FIELD_NULL' } }],
  });
  expect(await start([], { input: wrong })).toMatchObject({ exitCode: 1, stdout: '' });
});

describe('RAYSHIELD_REPORT', () => {
  const note = 'rayshield: this is also in the file that RAYSHIELD_REPORT names\n';

  test.each([
    [1, [], 'INPUT_EMPTY'],
    [1, ['krm'], 'INPUT_EMPTY'],
    [1, ['validate'], 'INPUT_EMPTY'],
    [2, ['expand', '--nope'], 'FLAG_UNKNOWN'],
    [3, ['expand', 'missing.yaml'], 'FILE_UNREADABLE'],
  ])('keeps what ends with %d: %j', async (code, args, words) => {
    const cwd = makeTree();
    const { exitCode, stdout, stderr } = await start(args, { cwd, input: '', env: { RAYSHIELD_REPORT: 'report.txt' } });
    expect(exitCode).toBe(code);
    const kept = readFileSync(join(cwd, 'report.txt'), 'utf8');
    expect(kept).toContain(words);
    expect(stderr.endsWith(note)).toBe(true);
    expect(args[0] === 'validate' ? stdout : stderr.slice(0, -note.length)).toBe(kept);
  });

  test('keeps a bug too', async () => {
    const cwd = makeTree();
    cpSync(join(root, 'dist'), join(cwd, 'dist'), { recursive: true });
    rmSync(join(cwd, 'dist/validators'), { recursive: true });
    const sample = readFileSync(join(root, 'build/sample.yaml'), 'utf8');
    const env = { RAYSHIELD_REPORT: 'report.txt' };
    const { exitCode } = await execa(process.execPath, ['dist/rayshield.cjs'], {
      cwd,
      env,
      input: sample,
      reject: false,
    });
    expect(exitCode).toBe(70);
    expect(readFileSync(join(cwd, 'report.txt'), 'utf8')).toMatch(/^rayshield: this is a bug of rayshield/);
  });
});
