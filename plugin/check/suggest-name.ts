// A guess at the name that was meant, for texts of any length.
import { findNearest } from '../findings/nearest.ts';

/** Guesses take time, and no more findings of one code than these are printed (findings/print-text.ts). */
export const guesses = 100;

/** No name in the schemas is longer than 50 characters (preferredDuringSchedulingIgnoredDuringExecution has 47). */
const longest = 64;

/** The name nearest to `text`; none where none is near. */
export const suggestName = (text: string, names: readonly string[]): string | undefined =>
  text.length > longest ? undefined : findNearest(text, names);

/** The shortest name that begins or ends with `text`, as ingressRules with ingress: half of a name is no slip of a letter. */
export function findLonger(text: string, names: readonly string[]): string | undefined {
  const part = text.toLowerCase();
  const longer = names.filter((name) => name.toLowerCase().startsWith(part) || name.toLowerCase().endsWith(part));
  return text.length < 4 ? undefined : longer.sort((a, b) => a.length - b.length)[0];
}
