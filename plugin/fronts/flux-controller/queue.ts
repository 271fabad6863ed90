// What is to be done, each key once however often it is asked for, and never twice at a time; so that the queue is no longer than
// there are objects. A key that fails waits longer each time, and holds up no other.

export interface Queue {
  /** Asks for a key at once. */
  add(key: string): void;
  readonly length: number;
  /** Takes nothing more; resolves when what was begun is done. */
  stop(): Promise<void>;
}

export interface QueueOptions {
  readonly concurrency: number;
  /** Answers after how many milliseconds the key is to be done again; undefined for never. What it throws counts as a failure. */
  readonly work: (key: string) => Promise<number | undefined>;
  readonly onFailure: (key: string, failure: unknown, retryAfter: number) => void;
  /** In milliseconds. */
  readonly backoff: { readonly first: number; readonly last: number };
}

interface Entry {
  state: 'waiting' | 'queued' | 'working';
  /** Asked for while it was being done. */
  again: boolean;
  failures: number;
  timer?: NodeJS.Timeout | undefined;
}

// setTimeout fires at once where more is asked for.
const longestPause = 2_147_483_647;

export function makeQueue({ concurrency, work, onFailure, backoff }: QueueOptions): Queue {
  const entries = new Map<string, Entry>();
  const waiting: string[] = [];
  const working = new Set<Promise<void>>();
  let isStopped = false;

  const enqueue = (key: string, entry: Entry): void => {
    clearTimeout(entry.timer);
    entry.timer = undefined;
    entry.state = 'queued';
    waiting.push(key);
    fill();
  };
  const later = (key: string, entry: Entry, pause: number): void => {
    entry.state = 'waiting';
    entry.timer = setTimeout(() => enqueue(key, entry), Math.min(pause, longestPause));
  };
  const run = async (key: string, entry: Entry): Promise<void> => {
    entry.state = 'working';
    entry.again = false;
    let pause: number | undefined;
    try {
      pause = await work(key);
      entry.failures = 0;
    } catch (failure) {
      pause = Math.min(backoff.first * 2 ** entry.failures, backoff.last);
      entry.failures += 1;
      onFailure(key, failure, pause);
    }
    if (isStopped) return;
    if (entry.again) enqueue(key, entry);
    else if (pause === undefined) entries.delete(key);
    else later(key, entry, pause);
  };
  const fill = (): void => {
    while (!isStopped && working.size < concurrency) {
      const key = waiting.shift();
      const entry = key === undefined ? undefined : entries.get(key);
      if (key === undefined || entry === undefined) return;
      const done = run(key, entry).finally(() => {
        working.delete(done);
        fill();
      });
      working.add(done);
    }
  };

  return {
    add(key) {
      if (isStopped) return;
      const entry = entries.get(key) ?? { state: 'waiting', again: false, failures: 0 };
      entries.set(key, entry);
      if (entry.state === 'working') entry.again = true;
      else if (entry.state === 'waiting') enqueue(key, entry);
    },
    get length() {
      return waiting.length;
    },
    async stop() {
      isStopped = true;
      for (const { timer } of entries.values()) clearTimeout(timer);
      await Promise.all(working);
    },
  };
}
