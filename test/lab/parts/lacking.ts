// For single tests of a suite that need one part more than the suite.
import { locatePart, type PartName } from './locate.ts';

/** Why a part is not there, as the end of a test's title; empty where it is there. */
export function explainLack(part: PartName): string {
  const located = locatePart(part);
  return 'missing' in located ? ` (skipped, ${part}: ${located.missing})` : '';
}
