// Where a part of the lab is, for the suites: only reads the cache.
import { findAbsent, readStatus } from './cache.ts';
import type { PartName } from './part.ts';
import { parts } from './parts.ts';

export type { PartName } from './part.ts';

const setUp = '`npm run lab:setup`';

/** The directory of a part as it is pinned now, or in one line why there is none. */
export function locatePart(name: PartName): { directory: string } | { missing: string } {
  const part = parts.find((candidate) => candidate.name === name);
  if (part === undefined) return { missing: `there is no part ${name}` };
  const status = readStatus(part);
  if (status === undefined) return { missing: `not installed as it is pinned now; run ${setUp}` };
  if ('missing' in status) return status;
  const absent = findAbsent(part, status.directory);
  return absent.length === 0
    ? { directory: status.directory }
    : { missing: `lacks ${absent.join(', ')}; run ${setUp} again` };
}
