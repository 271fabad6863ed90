// Runs one child in a process group that is ended as a whole, without a shell. A bundle of its own (dist/run-child.cjs): execa is loaded
// only where a source is rendered by another tool.
import { rmSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { execa, execaSync } from 'execa';
import type { Child, ChildEnd, RunChild } from './child.ts';
import { leadsItsGroup } from './process-group.ts';

/** What is needed of the process: its signals, and to send them to a group. */
type Host = Pick<NodeJS.Process, 'on' | 'off' | 'kill' | 'pid'>;

// Far more than any tool says that is well.
const maxErrorBytes = 1_048_576;
// Milliseconds until the pipes of a group that was killed are closed from here.
const patience = 200;
const setpriv = '/usr/bin/setpriv';
let canBind: boolean | undefined;
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** A RunChild that ends its child where a signal ends `host`. */
export const makeRunChild =
  (host: Host): RunChild =>
  (child) =>
    runOne(child, host);

async function runOne(child: Child, host: Host): Promise<ChildEnd> {
  const [file, args] = bound(child);
  const detached = !leadsItsGroup(host.pid);
  const running = execa(file, args, {
    cwd: child.cwd,
    env: child.env,
    extendEnv: false,
    reject: false,
    detached,
    stdin: 'ignore',
    // Read here: execa would end the child alone at the limit, and wait for what it has started.
    buffer: false,
  });
  let cut: 'timed out' | 'flooded' | undefined;
  const end = (): void => {
    if (running.pid !== undefined) kill(detached ? -running.pid : running.pid, host);
  };
  const cutOff = (reason: typeof cut): void => {
    cut ??= reason;
    end();
    // Whoever has left the group may still hold a pipe: nobody waits for it.
    setTimeout(() => [running.stdout, running.stderr].map((stream) => stream.destroy()), patience).unref();
  };
  const stdout = collect(running.stdout, child.maxBytes, () => cutOff('flooded'));
  const stderr = collect(running.stderr, maxErrorBytes, () => cutOff('flooded'));
  const timer = setTimeout(() => cutOff('timed out'), child.timeLimit);
  const release = onSignal(host, () => {
    end();
    rmSync(child.privateFolder, { recursive: true, force: true });
  });
  try {
    const { exitCode, signal, code, failed } = await running;
    const said = stderr().toString();
    if (said.startsWith('setpriv: ')) return { is: 'not started', reason: reasonIn(said) };
    if (running.pid === undefined) return { is: 'not started', reason: code ?? 'unknown' };
    if (cut !== undefined) return { is: cut, stderr: said };
    return failed ? { is: 'failed', exitCode, signal, stderr: said } : { is: 'done', stdout: stdout(), stderr: said };
  } finally {
    clearTimeout(timer);
    release();
    // What the child has left behind in its group.
    if (detached) end();
  }
}

/**
 * Whoever kills this process alone would leave the child behind: the kernel ends it with us. setpriv of util-linux asks it to and then
 * becomes the tool; that of BusyBox cannot. What the tool has started in turn is not asked: for that there is the group.
 * https://man7.org/linux/man-pages/man1/setpriv.1.html
 */
function bound({ executable, args }: Child): [string, readonly string[]] {
  const options = ['--pdeathsig', 'KILL', '--'];
  canBind ??= execaSync(setpriv, [...options, setpriv, '--version'], { reject: false, stdin: 'ignore' }).exitCode === 0;
  return canBind ? [setpriv, [...options, executable, ...args]] : [executable, args];
}

/** The system's words, as in `setpriv: failed to execute /bin/x: No such file or directory`. */
const reasonIn = (said: string): string => said.trim().split(': ').at(-1) ?? 'unknown';

/** What a stream gives, up to a limit; beyond it nothing is kept. */
function collect(stream: Readable, limit: number, over: () => void): () => Buffer {
  const chunks: Buffer[] = [];
  let total = 0;
  stream.on('data', (chunk: Buffer) => {
    const isOver = total > limit;
    total += chunk.length;
    if (total <= limit) chunks.push(chunk);
    else if (!isOver) over();
  });
  return () => Buffer.concat(chunks);
}

function kill(pid: number, host: Host): void {
  try {
    host.kill(pid, 'SIGKILL');
  } catch {
    // It is gone, or was never there.
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
