// Runs one child in a process group of its own, without a shell. A bundle of its own (dist/run-child.cjs): execa is loaded only where
// a source is rendered by another tool.
import { rmSync } from 'node:fs';
import { execa } from 'execa';
import type { Child, ChildEnd, RunChild } from './child.ts';

/** What is needed of the process: its signals, and to send them to a group. */
type Host = Pick<NodeJS.Process, 'on' | 'off' | 'kill' | 'pid'>;

// Far more than any tool says that is well.
const maxErrorBytes = 1_048_576;
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** A RunChild that ends its child where a signal ends `host`. */
export const makeRunChild =
  (host: Host): RunChild =>
  (child) =>
    runOne(child, host);

async function runOne(child: Child, host: Host): Promise<ChildEnd> {
  const running = execa(child.executable, child.args, {
    cwd: child.cwd,
    env: child.env,
    extendEnv: false,
    reject: false,
    detached: true,
    stdin: 'ignore',
    encoding: 'buffer',
    stripFinalNewline: false,
    maxBuffer: { stdout: child.maxBytes, stderr: maxErrorBytes },
    killSignal: 'SIGKILL',
  });
  const { pid } = running;
  let isOver = false;
  const endGroup = (): void => {
    if (pid !== undefined) killGroup(pid, host);
  };
  const timer = setTimeout(() => {
    isOver = true;
    endGroup();
  }, child.timeLimit);
  const release = onSignal(host, () => {
    endGroup();
    rmSync(child.privateFolder, { recursive: true, force: true });
  });
  try {
    const { stdout, stderr: errorBytes, exitCode, signal, isMaxBuffer, code, failed } = await running;
    const stderr = new TextDecoder().decode(errorBytes);
    if (pid === undefined) return { is: 'not started', reason: code ?? 'unknown' };
    if (isOver) return { is: 'timed out', stderr };
    if (isMaxBuffer) return { is: 'flooded', stderr };
    return failed ? { is: 'failed', exitCode, signal, stderr } : { is: 'done', stdout, stderr };
  } finally {
    clearTimeout(timer);
    release();
    // What the child has left behind in its group.
    endGroup();
  }
}

function killGroup(pid: number, host: Host): void {
  try {
    host.kill(-pid, 'SIGKILL');
  } catch {
    // The group is gone, or was never there.
  }
}

/**
 * Only while a child runs, and this process waits: a busy process would never get to a handler, and a signal without one ends it.
 * The signal is sent again, so that whoever waits sees how it ended.
 */
function onSignal(host: Host, end: () => void): () => void {
  const handlers = signals.map((signal) => {
    const handler = (): void => {
      release();
      end();
      host.kill(host.pid, signal);
    };
    host.on(signal, handler);
    return { signal, handler };
  });
  const release = (): void => {
    for (const { signal, handler } of handlers) host.off(signal, handler);
  };
  return release;
}
