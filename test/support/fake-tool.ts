// Tools that render, as small scripts of Node: they show what they were given, or fail in the way that a test wants.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeTree } from './workdir.ts';

interface Call {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly stdin: string;
  readonly group: number;
  readonly pid: number;
  /** The texts of files that arguments end in, by argument. */
  readonly files: Readonly<Record<string, string>>;
}

export interface FakeTools {
  /** The folder to be put on PATH. */
  readonly bin: string;
  /** What the tools were given so far, in order. */
  readonly calls: () => readonly Call[];
}

const rayCluster = `apiVersion: ray.io/v1
kind: RayCluster
metadata: {name: demo}
spec:
  networkIsolation: {mode: denyAllIngress}
  headGroupSpec:
    rayStartParams: {}
    template: {spec: {containers: [{name: ray-head, image: 'rayproject/ray:2.60.0'}]}}
`;

/** What a tool does unless told otherwise. */
export const printsCluster = `process.stdout.write(${JSON.stringify(rayCluster)});`;

/** Tools of which each first records how it was called and then runs its script. */
export function makeTools(scripts: Readonly<Record<string, string>>): FakeTools {
  const folder = makeTree({ 'bin/': '', calls: '' });
  const record = join(folder, 'calls');
  for (const [name, script] of Object.entries(scripts)) {
    const path = join(folder, 'bin', name);
    mkdirSync(dirname(path), { recursive: true });
    // The tools' own PATH is empty: `env node` would find nothing.
    writeFileSync(path, `#!${process.execPath}\n${recording(record)}\n${script}\n`);
    chmodSync(path, 0o755);
  }
  const calls = (): readonly Call[] =>
    readFileSync(record, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Call);
  return { bin: join(folder, 'bin'), calls };
}

const recording = (file: string): string => `
const fs = require('node:fs');
const argv = process.argv.slice(2);
const files = Object.fromEntries(argv.flatMap((arg) => {
  const path = arg.slice(arg.lastIndexOf('=') + 1);
  return path.startsWith('/') && fs.existsSync(path) && fs.statSync(path).isFile() ? [[arg, fs.readFileSync(path, 'utf8')]] : [];
}));
const group = Number(fs.readFileSync('/proc/self/stat', 'utf8').replace(/^.*\\) /, '').split(' ')[2]);
fs.appendFileSync(${JSON.stringify(file)}, JSON.stringify({
  argv, env: process.env, cwd: process.cwd(), stdin: fs.readFileSync(0, 'utf8'), group, pid: process.pid, files,
}) + '\\n');`;
