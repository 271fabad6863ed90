// Whole processes, measured from outside. A ratio of two commands that run one after the other is steady where seconds are
// not: a machine that is busy slows down both (docs/design.md, Observed).
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Arguments of node, or of another program. */
export interface Command {
  readonly program?: string;
  readonly args: readonly string[];
  /** Where it runs; here unless told. */
  readonly folder?: string;
}

const sink = join(tmpdir(), `rayshield-bench-${process.pid}.out`);
const memoryFile = join(tmpdir(), `rayshield-bench-${process.pid}.memory`);
const temporary = [sink, memoryFile];

/** The files that a measurement leaves behind, for whoever cleans up. */
export const leftovers: readonly string[] = temporary;

/** Wall time in milliseconds. Standard output goes to a file, as it would to a pipe's reader. */
function runOnce(command: Command, env: NodeJS.ProcessEnv = process.env): number {
  const stdout = openSync(sink, 'w');
  const start = process.hrtime.bigint();
  const { program = process.execPath, args, folder: cwd } = command;
  const { status } = spawnSync(program, args, { stdio: ['ignore', stdout, 'ignore'], env, cwd });
  const end = process.hrtime.bigint();
  closeSync(stdout);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} > ${devNull} ends with ${status}`);
  return Number(end - start) / 1e6;
}

/**
 * Processor time in milliseconds, that of the user and of the system, which a busy machine lengthens less than wall time. Node
 * cannot tell that of a child, bash can: https://www.gnu.org/software/bash/manual/bash.html#index-TIMEFORMAT
 */
function runOnProcessor({ program = process.execPath, args }: Command): number {
  const script = `TIMEFORMAT='%U %S'; time "$@" >"$SINK" 2>/dev/null`;
  const { status, stderr } = spawnSync('bash', ['-c', script, 'bash', program, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, LC_ALL: 'C', SINK: sink },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} > ${devNull} ends with ${status}`);
  return stderr.split(' ').reduce((sum, seconds) => sum + Number(seconds) * 1000, 0);
}

export type Clock = 'wall' | 'processor';

const clocks = { wall: runOnce, processor: runOnProcessor } satisfies Record<Clock, (command: Command) => number>;

/** The value below which such a part of all lies. */
const quantile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * part)] ?? Number.NaN;

const median = (values: readonly number[]): number => quantile(values, 0.5);

export interface Ratio {
  /** The median of the ratios of the pairs. */
  readonly ratio: number;
  /** Between which the middle half of them lies. */
  readonly quartiles: readonly [number, number];
  /** Medians of time in milliseconds, for the eye alone. */
  readonly ours: number;
  readonly theirs: number;
}

/** Runs both commands in `pairs` pairs after one warm-up of each. */
export function compare(ours: Command, theirs: Command, { pairs, clock }: { pairs: number; clock: Clock }): Ratio {
  const run = clocks[clock];
  for (const command of [theirs, ours]) run(command);
  const times = Array.from({ length: pairs }, () => ({ theirs: run(theirs), ours: run(ours) }));
  const ratios = times.map((pair) => pair.ours / pair.theirs);
  return {
    ratio: median(ratios),
    quartiles: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
    ours: median(times.map((pair) => pair.ours)),
    theirs: median(times.map((pair) => pair.theirs)),
  };
}

const reporting = (command: Command): Command => ({
  ...command,
  args: ['--require', join(import.meta.dirname, 'report-memory.cjs'), ...command.args],
});

/** The largest resident set of a run in MiB: the process itself writes it down when it ends. */
export function measurePeak(command: Command): number {
  runOnce(reporting(command), { ...process.env, BENCH_MEMORY_FILE: memoryFile });
  return Number(readFileSync(memoryFile, 'utf8'));
}

/** The largest resident sets of `count` runs at once in MiB, added up: more than all of them hold at any one time. */
export async function measurePeaksTogether(command: Command, count: number): Promise<number> {
  const { args, folder: cwd } = reporting(command);
  const notes = mkdtempSync(join(tmpdir(), 'rayshield-bench-memory-'));
  const runs = Array.from({ length: count }, (_, run) => {
    const env = { ...process.env, BENCH_MEMORY_FILE: join(notes, String(run)) };
    return once(spawn(process.execPath, args, { stdio: 'ignore', env, cwd }), 'exit');
  });
  for (const [status] of await Promise.all(runs)) {
    if (status !== 0) throw new Error(`node ${args.join(' ')} ends with ${status}`);
  }
  const peaks = readdirSync(notes).map((note) => Number(readFileSync(join(notes, note), 'utf8')));
  rmSync(notes, { recursive: true });
  return peaks.reduce((sum, peak) => sum + peak, 0);
}

/** Whether a program can be started. */
export const isThere = (program: string): boolean =>
  spawnSync(program, ['-v'], { stdio: 'ignore' }).error === undefined;
