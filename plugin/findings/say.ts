// From a finding's facts to its two sentences.
import type { Finding } from './finding.ts';
import { findingTable } from './table.ts';
import type { Sentences, Words } from './words.ts';

/** What is wrong and what to do about it; no full stop at the end of either. */
export const sayFinding = (finding: Finding): Sentences =>
  (findingTable[finding.code] as Words<Finding['facts']>).say(finding.facts);
