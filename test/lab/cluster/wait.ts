// Waiting by asking: a question is put again until it has an answer, never a sleep of a guessed length.
import { setTimeout as pause } from 'node:timers/promises';

export interface WaitOptions {
  /** How long to go on asking, in milliseconds; a minute unless told. */
  readonly timeout?: number;
  /** The pause between two questions, in milliseconds. */
  readonly every?: number;
}

/**
 * Asks until `probe` answers something else than undefined; what it throws counts as no answer yet.
 * @param what ends the sentence "waited for ..." in the message.
 * @throws when the time is over, with the last thing that the probe threw.
 */
export async function waitFor<T>(
  what: string,
  probe: () => Promise<T | undefined>,
  { timeout = 60_000, every = 50 }: WaitOptions = {},
): Promise<T> {
  const end = Date.now() + timeout;
  let last: unknown;
  do {
    try {
      const answer = await probe();
      if (answer !== undefined) return answer;
      last = undefined;
    } catch (failure) {
      last = failure;
    }
    await pause(every);
  } while (Date.now() < end);
  const reason = last instanceof Error ? `: ${last.message}` : '';
  throw new Error(`waited ${timeout / 1000} s for ${what}${reason}`, { cause: last });
}
