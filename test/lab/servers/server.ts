// A server as a child process: its output goes to a log, it is ready when it says so, and it ends with its suite.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import { waitFor } from '../cluster/wait.ts';
import type { Life } from './life.ts';

export interface ServerCommand {
  /** What it is called in messages, and how its log is named. */
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Asks the server whether it is ready: true, or an error or false while it is not. */
  readonly isReady: () => Promise<boolean>;
  /** How long it may take to be ready, in milliseconds. */
  readonly timeout?: number;
  /** What ends it; SIGTERM unless it does not listen to that. */
  readonly endSignal?: 'SIGTERM' | 'SIGKILL';
}

// Long enough for a Go server to close its listeners; none of them keeps anything that a later run needs.
const graceful = 5_000;

const lastLines = (path: string): string => readFileSync(path, 'utf8').trimEnd().split('\n').slice(-15).join('\n');

/**
 * Starts a server and waits until it is ready; it is ended with `life`.
 * @throws when it stops before it is ready, or is not ready in time; the message ends in the last lines of its log.
 */
export async function startServer(life: Life, command: ServerCommand): Promise<void> {
  const path = join(life.folder('logs'), `${command.name}.log`);
  const log = { file: path };
  const child = execa(command.file, command.args, {
    env: command.env ?? {},
    stdin: 'ignore',
    stdout: log,
    stderr: log,
    buffer: false,
    reject: false,
    forceKillAfterDelay: graceful,
  });
  life.onEnd(async () => {
    child.kill(command.endSignal ?? 'SIGTERM');
    await child;
  });
  const stopped = (async (): Promise<never> => {
    const { exitCode, signal, originalMessage } = await child;
    throw new Error(`${command.name} stopped: ${originalMessage ?? signal ?? `exit code ${exitCode}`}`);
  })();
  const ready = waitFor(`${command.name} to be ready`, async () => (await command.isReady()) || undefined, {
    timeout: command.timeout ?? 60_000,
  });
  // Both are awaited in the race; the loser's rejection is nobody's business.
  stopped.catch(() => undefined);
  ready.catch(() => undefined);
  try {
    await Promise.race([ready, stopped]);
  } catch (failure) {
    throw new Error(`${(failure as Error).message}\n${lastLines(path)}`);
  }
}

/** A TCP port on loopback that is free now. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
