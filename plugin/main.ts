// The program: command line in, exit code out. The only place that touches the process.
import packageJson from '../package.json' with { type: 'json' };
import { keepReport } from './fronts/files/report-file.ts';
import type { Io } from './fronts/io.ts';
import {
  makeFluxControllerLoader,
  makeHelpLoader,
  makePrintDiffLoader,
  makeRunChildLoader,
  makeValidatorLoader,
} from './fronts/loaded.ts';
import { run } from './fronts/run.ts';
import { debugVariable } from './fronts/settings/environment.ts';
import { readStandardInput, writeStandardError, writeStandardOutput } from './fronts/standard-streams.ts';

/** Runs the command line of this process. `load` gives the exports of a file beside the bundle. */
export async function main(load: (file: string) => unknown): Promise<void> {
  const io: Io = {
    env: process.env,
    cwd: process.cwd(),
    isTerminal: () => isTerminal(0),
    isOutputTerminal: () => isTerminal(1),
    readStdin: (limit) => readStandardInput(limit, () => process.stdin),
    elapsed: () => performance.now(),
    loadValidator: makeValidatorLoader(load),
    loadRunChild: makeRunChildLoader(load, process),
    loadFluxController: makeFluxControllerLoader(load, process),
    loadHelp: makeHelpLoader(load),
    loadPrintDiff: makePrintDiffLoader(load),
  };
  try {
    const outcome = await run(process.argv.slice(2), io, packageJson.version);
    // Never process.exit: it would cut a pipe at what the kernel has taken so far.
    process.exitCode = outcome.exitCode;
    await writeStandardError(outcome.stderr + keepReport(outcome, io), () => process.stderr);
    const failure = await writeStandardOutput(outcome.stdout, () => process.stdout);
    if (failure !== undefined) await sayUnwritten(failure);
  } catch (error) {
    process.exitCode = 70;
    const bug = { exitCode: 70, stdout: [], stderr: describeBug(error) };
    await writeStandardError(bug.stderr + keepReport(bug, io), () => process.stderr);
  }
}

// Loaded where it is asked for: most runs are told what to read.
const isTerminal = async (descriptor: number): Promise<boolean> => (await import('node:tty')).isatty(descriptor);

/** A reader that has gone knows it; a full disk does not speak for itself. */
async function sayUnwritten(reason: string): Promise<void> {
  process.exitCode = 3;
  if (reason === 'EPIPE') return;
  await writeStandardError(`rayshield: standard output cannot be written (${reason})\n`, () => process.stderr);
}

/** One line without the error's message, which could quote the input; the stack where it is asked for. */
function describeBug(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? error.name) : typeof error;
  if (process.env[debugVariable]) return `${stack}\n`;
  const name = error instanceof Error ? error.name : 'an unknown error';
  const [place] = /main\.cjs:\d+:\d+/.exec(stack) ?? /[^\s(/\\]+:\d+:\d+/.exec(stack) ?? ['an unknown place'];
  return `rayshield: this is a bug of rayshield ${packageJson.version} (${name} at ${place}); please report it with the output of ${debugVariable}=1\n`;
}
