// The time that a run may take, so that it ends by itself and says so before its caller ends it without a word. Argo CD gives a
// plugin 60 s: https://argo-cd.readthedocs.io/en/stable/operator-manual/config-management-plugins/
import { Script } from 'node:vm';
import { readDuration } from '../settings/duration.ts';
import type { Settings } from '../settings/settings.ts';
import type { Io } from './io.ts';

/** When a run must be done. */
export interface Deadline {
  /** As the setting gives it, for messages. */
  readonly timeout: string;
  /** Milliseconds that are left, none or less when it has passed: the time limit of a child process, say. */
  readonly left: () => number;
}

/** Thrown where the time is up; run.ts makes it a finding. */
export class TimedOut extends Error {
  readonly timeout: string;

  constructor({ timeout }: Deadline) {
    super('the time is up');
    this.timeout = timeout;
  }
}

/** The deadline of a run: `timeout` from the start of the process. */
export function startDeadline({ timeout }: Pick<Settings, 'timeout'>, { elapsed }: Pick<Io, 'elapsed'>): Deadline {
  const total = (readDuration(timeout) ?? 0) * 1000;
  return { timeout, left: () => total - elapsed() };
}

// Where the script below finds what it runs.
const slot = Symbol.for('rayshield.work');
const work: Record<symbol, unknown> = globalThis;
// What fits into the timer of vm: https://nodejs.org/api/vm.html#scriptruninthiscontextoptions
const longest = 2 ** 31 - 1;

/**
 * What `compute` gives, or TimedOut. It must not wait for anything, nor write: it may be ended in the midst of a loop, where no
 * timer of the event loop could, and then not even its `finally` blocks run.
 */
export function within<T>(deadline: Deadline, compute: () => T): T {
  const timeout = Math.min(Math.ceil(deadline.left()), longest);
  if (timeout <= 0) throw new TimedOut(deadline);
  let result: { readonly value: T } | undefined;
  work[slot] = () => {
    result = { value: compute() };
  };
  try {
    new Script("globalThis[Symbol.for('rayshield.work')]()").runInThisContext({ timeout });
  } catch (error) {
    if (isTimeout(error)) throw new TimedOut(deadline);
    throw error;
  } finally {
    delete work[slot];
  }
  if (result === undefined) throw new TimedOut(deadline);
  return result.value;
}

const isTimeout = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
