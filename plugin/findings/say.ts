// From a finding's facts to its two sentences.
import type { Finding } from './finding.ts';
import { shortenFacts, shortenSentence } from './shorten.ts';
import { findingTable } from './table.ts';
import type { Sentences, Words } from './words.ts';

/** What is wrong and what to do about it; no full stop at the end of either. */
export function sayFinding({ code, facts }: Finding): Sentences {
  const [what, remedy] = (findingTable[code] as Words<Finding['facts']>).say(shortenFacts(facts));
  return [shortenSentence(what), shortenSentence(remedy)];
}
