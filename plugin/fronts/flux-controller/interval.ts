// How often a source is looked at though nothing was heard of it.
import { readDuration } from '../../settings/duration.ts';

const usual = '10m';
/** In milliseconds: more often than that nobody needs who is told of every change. */
const shortest = 10_000;

/** In milliseconds. */
export const readInterval = (text: string = usual): number =>
  Math.max((readDuration(text) ?? readDuration(usual) ?? 0) * 1000, shortest);
