// A guess at the name that was meant, for texts of any length.
import { findNearest } from '../findings/nearest.ts';

/** Guesses take time, and no more findings of one code than these are printed (findings/print-text.ts). */
export const guesses = 100;

/** No name in the schemas is longer than 50 characters (preferredDuringSchedulingIgnoredDuringExecution has 47). */
const longest = 64;

/** The name nearest to `text`; none where none is near. */
export const suggestName = (text: string, names: readonly string[]): string | undefined =>
  text.length > longest ? undefined : findNearest(text, names);
