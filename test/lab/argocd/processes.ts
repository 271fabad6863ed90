// What a plugin server has started, seen from outside: https://man7.org/linux/man-pages/man5/proc.5.html
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { PluginServer } from '../servers/argocd-plugin.ts';

interface Started {
  readonly pid: number;
  /** Resident memory in MiB. */
  readonly memory: number;
}

const memoryOf = (status: string): number => Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;

/** The processes that work in folders of the server: the plugin, and what it has started in turn. */
export function listStarted({ work }: PluginServer): Started[] {
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      // A folder that is gone keeps its path, with a remark behind it.
      if (!readlinkSync(`/proc/${entry}/cwd`).startsWith(work)) return [];
      return [{ pid: Number(entry), memory: memoryOf(readFileSync(`/proc/${entry}/status`, 'utf8')) }];
    } catch {
      // It has ended in the meantime.
      return [];
    }
  });
}

export interface Watched<Result> {
  readonly result: Result;
  /** How many processes were there at once, at most. */
  readonly processes: number;
  /** The most that all of them had resident at one time, in MiB. */
  readonly memory: number;
}

/** Looks at the server's processes while something is done. */
export async function watchStarted<Result>(server: PluginServer, work: Promise<Result>): Promise<Watched<Result>> {
  const seen = { processes: 0, memory: 0 };
  let isOver = false;
  const watching = (async (): Promise<void> => {
    while (!isOver) {
      const started = listStarted(server);
      seen.processes = Math.max(seen.processes, started.length);
      seen.memory = Math.max(
        seen.memory,
        started.reduce((sum, { memory }) => sum + memory, 0),
      );
      await pause(20);
    }
  })();
  try {
    const result = await work;
    return { result, ...seen };
  } finally {
    isOver = true;
    await watching;
  }
}
