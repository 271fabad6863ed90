// One set-up at a time: two would write into the same directories.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findCache } from './cache.ts';

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}

function tryLock(file: string): number | undefined {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return undefined;
  } catch {
    return Number(readFileSync(file, 'utf8'));
  }
}

/** Waits until no other set-up works on the cache, then holds it until the answer is called. */
export async function holdCache(say: (line: string) => void, signal: AbortSignal): Promise<() => void> {
  mkdirSync(findCache(), { recursive: true });
  const file = join(findCache(), 'lock');
  for (let told = false; ; ) {
    const owner = tryLock(file);
    if (owner === undefined) return () => rmSync(file, { force: true });
    // A run that was killed leaves its lock.
    if (!isRunning(owner)) rmSync(file, { force: true });
    else if (!told) say(`Waits for the set-up that process ${owner} runs.`);
    told = true;
    await wait(500, undefined, { signal });
  }
}
