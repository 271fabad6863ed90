// Hostile input against the built program, for each verb that reads manifests: what refuses it is said by its code, in bounded time
// and memory, without a stack, without a value of the input, and with nothing on standard output.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { canary } from './fuzz/judge.ts';
import { type HostileInput, hostileInputs } from './support/hostile-inputs.ts';
import { makeTree } from './support/workdir.ts';

const program = join(import.meta.dirname, '../dist/rayshield.cjs');
// A run that needs more is ended by V8, with another code: https://nodejs.org/api/cli.html#--max-old-space-sizesize-in-mib
const heap = 200;
// What a machine that does much else needs at most for what takes a second or two on an idle one.
const patience = 30_000;
const polluted = 99;
const guard = `data:text/javascript,process.on('exit',()=>{if(Object.keys(Object.prototype).length>0||'polluted' in {})process.exitCode=${polluted}})`;

const verbs = {
  expand: ['expand', 'input.yaml'],
  validate: ['validate', 'input.yaml'],
  generate: ['generate'],
} as const;

type Verb = keyof typeof verbs;

const start = (verb: Verb, cwd: string) =>
  execa(
    process.execPath,
    [`--max-old-space-size=${heap}`, '--import', guard, program, ...verbs[verb], '--operator-namespace', 'kuberay'],
    { cwd, reject: false, stripFinalNewline: false, stdin: 'ignore', timeout: patience, killSignal: 'SIGKILL' },
  );

/** What only a folder's other files make wrong is said of files that were found, not of those that were named. */
const saysSo = (verb: Verb, { code }: HostileInput): boolean =>
  !(code === 'DOCUMENT_WITHOUT_KIND' && verb === 'expand');

// It shares all but its front with expand: a few show that it ends as that does.
const ofGenerate = /nine levels|20,000 keys$|^brackets|10 MB in quotes|^NUL|60,000/;
const inputsOf = (verb: Verb) =>
  Object.entries(hostileInputs).filter(([name]) => verb !== 'generate' || ofGenerate.test(name));

describe.each(Object.keys(verbs) as Verb[])('%s', (verb) => {
  test.each(inputsOf(verb))('%s', async (_, input) => {
    const cwd = makeTree();
    writeFileSync(join(cwd, 'input.yaml'), input.bytes());
    const { exitCode, stdout, stderr } = await start(verb, cwd);
    const said = verb === 'validate' ? stdout : stderr;
    const code = saysSo(verb, input) ? input.code : undefined;
    expect({ exitCode, said: said.slice(0, 500) }).toMatchObject({ exitCode: code === undefined ? 0 : 1 });
    expect(said).not.toMatch(/\n\s+at |node:internal/);
    expect(said).not.toContain(canary);
    expect(Buffer.byteLength(stderr)).toBeLessThanOrEqual(8192);
    if (code === undefined) return;
    expect(said).toMatch(new RegExp(`^input\\.yaml(:\\d+:\\d+)?: error ${code}[: ]`, 'm'));
    if (verb !== 'validate') expect(stdout).toBe('');
  });
});
