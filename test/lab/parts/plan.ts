// What the budget allows: a part that would not be finished in time is not begun, so that the next one has a chance.
import type { Part } from './part.ts';

type Planned = Pick<Part, 'required' | 'minutes'>;

/** Why a part is not begun with so many minutes left; undefined where it is. */
export function whyNotBegun({ required, minutes }: Planned, left: number): string | undefined {
  if (required || minutes <= left) return undefined;
  return `takes about ${minutes} min, and ${Math.max(0, Math.floor(left))} min of the budget are left`;
}

/** Two lanes that run beside each other, each in order of value: one compiles, the other waits for the network. */
export const splitLanes = <P extends Pick<Part, 'compiles'>>(parts: readonly P[]): P[][] =>
  [true, false].map((compiles) => parts.filter((part) => part.compiles === compiles));
