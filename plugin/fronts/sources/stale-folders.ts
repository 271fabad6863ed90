// Private folders of runs that were killed before they could remove them, as Argo CD does with a plugin whose caller gives up: they
// hold what tools were given, and nobody else takes them away.
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the names of private folders begin with. */
export const privatePrefix = 'rayshield-';

// The prefix, and what mkdtemp(3) puts behind it.
const isPrivate = new RegExp(`^${privatePrefix}\\w{6}$`);

// A run that may still work is younger: its time is limited to minutes.
const age = 60 * 60 * 1000;

/** Removes them from `parent`. What cannot be removed is somebody else's. */
export function removeStaleFolders(parent: string, now: number): void {
  for (const entry of listFolders(parent)) {
    const path = join(parent, entry);
    try {
      if (now - statSync(path).mtimeMs > age) rmSync(path, { recursive: true, force: true });
    } catch {
      // Another run has been quicker, or it belongs to another user.
    }
  }
}

function listFolders(parent: string): string[] {
  try {
    return readdirSync(parent, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && isPrivate.test(entry.name))
      .map(({ name }) => name);
  } catch {
    // That it cannot be written either is said where a folder is made.
    return [];
  }
}
