// The nearest known name to one that is not known, for messages.
import leven from 'leven';

// Two letters changed about are one slip, and a commoner one than any other.
const swap = 0.5;
/** Below any difference of letters: of two spellings of one name the one in the case that was written. */
const caseWeight = 0.001;

/**
 * The candidate with the smallest edit distance to `name`, upper and lower case counted as equal; none where the
 * distance is more than a third of the name's length (at least 2, or 1 for a name of less than four letters), since a far guess misleads.
 */
export function findNearest(name: string, candidates: Iterable<string>): string | undefined {
  const limit = Math.max(name.length < 4 ? 1 : 2, Math.floor(name.length / 3));
  let nearest: string | undefined;
  let smallest = limit + 1;
  for (const candidate of candidates) {
    const distance = measure(name, candidate, Math.ceil(smallest));
    if (distance < smallest) {
      smallest = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

/** The names in the order of their nearness to `name`. */
export const sortByNearness = (name: string, names: readonly string[]): string[] =>
  names
    .map((one) => ({ one, distance: measure(name, one, Number.POSITIVE_INFINITY) }))
    .sort((a, b) => a.distance - b.distance)
    .map(({ one }) => one);

function measure(name: string, candidate: string, maxDistance: number): number {
  const [a, b] = [name.toLowerCase(), candidate.toLowerCase()];
  const letters = isSwapped(a, b) ? swap : leven(a, b, { maxDistance });
  // Of what is too far away the case is not looked at.
  return letters >= maxDistance ? letters : letters + leven(name, candidate) * caseWeight;
}

/** Whether two letters that stand side by side are all that is changed. */
function isSwapped(a: string, b: string): boolean {
  if (a.length !== b.length || a === b) return false;
  let at = 0;
  while (a[at] === b[at]) at += 1;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/** The edit distance of two names with case folded, or `limit + 1` where it is more than `limit`. */
export const distanceOf = (a: string, b: string, limit: number): number =>
  leven(a.toLowerCase(), b.toLowerCase(), { maxDistance: limit + 1 });
