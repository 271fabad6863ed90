// Commands of the set-up: each in a process group of its own, so that ending it ends the compilers below it too.
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { execa } from 'execa';
import type { Run } from './part.ts';
import { readRefusal } from './refusal.ts';

/** A command that failed; what it printed may say more than the message. */
class CommandFailure extends Error {
  readonly stdout: string;

  constructor(message: string, stdout: string) {
    super(message);
    this.stdout = stdout;
  }
}

/** How long a group has to end by itself. */
const grace = 3_000;

function endGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (leader !== undefined) process.kill(-leader, signal);
  } catch {
    // It has ended already.
  }
}

/** A runner whose commands are ended by the signal and leave their output in the log. */
export const buildRun =
  (log: string, signal: AbortSignal): Run =>
  async (file, args, { cwd, env } = {}) => {
    signal.throwIfAborted();
    const options = { detached: true, reject: false, stdin: 'ignore', all: true } as const;
    const child = execa(file, args, { ...options, ...(cwd && { cwd }), ...(env && { env }) });
    const end = (): void => {
      endGroup(child.pid, 'SIGTERM');
      setTimeout(() => endGroup(child.pid, 'SIGKILL'), grace).unref();
    };
    const endAtOnce = (): void => endGroup(child.pid, 'SIGKILL');
    signal.addEventListener('abort', end);
    process.on('exit', endAtOnce);
    const { failed, shortMessage, stdout = '', all } = await child;
    signal.removeEventListener('abort', end);
    process.off('exit', endAtOnce);
    mkdirSync(dirname(log), { recursive: true });
    appendFileSync(log, `$ ${[file, ...args].join(' ')}\n${all}\n`);
    signal.throwIfAborted();
    if (failed) throw new CommandFailure(readRefusal(all ?? '', shortMessage ?? `${file} failed`), stdout);
    return stdout;
  };
