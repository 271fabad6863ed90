// Finds objects by name in documents that nobody has read: only one that holds the name as a word is read at all.
import { compose } from './compose.ts';
import { findApplied } from './list.ts';
import type { Manifest, Resource } from './manifest.ts';
import { limitsForOthers } from './problem.ts';

const word = /[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?/g;

/** The objects of an unread document, if one of the names stands in it. */
export function findNamed(manifest: Manifest, names: ReadonlySet<string>): Resource[] {
  return mentions(manifest.text, names) ? readResources(manifest) : [];
}

/** The objects of a document that is not ours to judge; none where it cannot be read. */
export function readResources(manifest: Manifest): Resource[] {
  const { value, places } = compose(manifest.text, manifest.offset, limitsForOthers);
  return places === undefined ? [] : findApplied({ ...manifest, content: { value, places, doubts: [] } });
}

function mentions(text: string, names: ReadonlySet<string>): boolean {
  for (const [found] of text.matchAll(word)) if (names.has(found)) return true;
  return false;
}
