// A sequence of numbers that is the same in every run: mulberry32, seeded by a text.
import { createHash } from 'node:crypto';

/** Gives whole numbers from 0 up to `below`. */
export type Random = (below: number) => number;

export function makeRandom(seed: string): Random {
  let state = createHash('sha256').update(seed).digest().readUInt32LE();
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** One of several; undefined of none. */
export const pick = <T>(from: readonly T[], random: Random): T | undefined => from[random(Math.max(1, from.length))];
