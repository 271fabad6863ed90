// The nearest known name to one that is not known, for messages.
import leven from 'leven';

/**
 * The candidate with the smallest edit distance to `name`, upper and lower case counted as equal; none where the
 * distance is more than a third of the name's length (at least 2, or 1 for a name of less than four letters), since a far guess misleads.
 */
export function findNearest(name: string, candidates: Iterable<string>): string | undefined {
  const limit = Math.max(name.length < 4 ? 1 : 2, Math.floor(name.length / 3));
  let nearest: string | undefined;
  let smallest = limit + 1;
  for (const candidate of candidates) {
    const distance = leven(name.toLowerCase(), candidate.toLowerCase(), { maxDistance: smallest });
    if (distance < smallest) {
      smallest = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

/** The edit distance of two names with case folded, or `limit + 1` where it is more than `limit`. */
export const distanceOf = (a: string, b: string, limit: number): number =>
  leven(a.toLowerCase(), b.toLowerCase(), { maxDistance: limit + 1 });
