// One run of a container: namespaces of its own for mounts, processes and the host name (unshare(1)), a file system that is a
// throw-away layer over the host's, own /tmp, and the pod's network, /dev/shm and volumes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '../cluster/wait.ts';
import { type Mount, writeStartScript } from './start-script.ts';

export interface ContainerCommand {
  /** The network namespace below /run/netns. */
  readonly network: string;
  readonly hostname: string;
  /** An empty folder of this run's own, for its files. */
  readonly folder: string;
  /** Where its standard output and error are appended. */
  readonly log: string;
  readonly mounts: readonly Mount[];
  readonly env: Readonly<Record<string, string>>;
  readonly workingDir: string;
  readonly argv: readonly string[];
}

export interface ContainerProcess {
  /** The id of the container's first process, as the kubelet sees it. */
  readonly pid: number;
  /** The exit code, 128 and the signal's number where one ended it. */
  readonly exited: Promise<number>;
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
}

// signal(7)
const signalNumbers: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGTERM: 15,
};

/**
 * Starts a container; it runs when this resolves.
 * @throws where its file system cannot be made; its log holds what mount(8) said.
 */
export async function startContainerProcess(command: ContainerCommand): Promise<ContainerProcess> {
  const pidFile = join(command.folder, 'pid');
  const script = writeStartScript({ ...command, pidFile });
  const unshare = ['unshare', '--mount', '--pid', '--fork', '--kill-child', '--uts', 'sh', '-c', script];
  const child = spawn('ip', ['netns', 'exec', command.network, ...unshare], { stdio: 'ignore' });
  let isOver = false;
  let isKilled = false;
  const exited = once(child, 'exit').then(([exitCode, signal]: (number | string | null)[]) => {
    isOver = true;
    // unshare cannot end itself as its child was ended by SIGKILL, and says 1.
    if (isKilled) return 128 + 9;
    return typeof exitCode === 'number' ? exitCode : 128 + (signalNumbers[signal ?? ''] ?? 0);
  });
  const pid = await waitFor(
    'the container to start',
    async () => {
      if (existsSync(pidFile)) return Number(readFileSync(pidFile, 'utf8')) || undefined;
      return isOver ? 0 : undefined;
    },
    { every: 10, timeout: 30_000 },
  );
  if (pid === 0) throw new Error(`the container could not be made, see ${command.log}`);
  return {
    pid,
    exited,
    kill: (signal) => {
      if (isOver) return;
      isKilled ||= signal === 'SIGKILL';
      try {
        process.kill(pid, signal);
      } catch {
        // It ended by itself in the same moment.
      }
    },
  };
}

/** SIGTERM, then SIGKILL when the grace is over; at once without any. */
export async function endProcess(process: ContainerProcess, graceSeconds: number): Promise<void> {
  process.kill(graceSeconds > 0 ? 'SIGTERM' : 'SIGKILL');
  const timer = setTimeout(() => process.kill('SIGKILL'), graceSeconds * 1000);
  await process.exited;
  clearTimeout(timer);
}
