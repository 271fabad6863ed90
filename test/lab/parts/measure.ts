// Times and sizes as a person reads them.
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** `4 s`, `6 min 12 s`. */
export function printTime(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds % 60} s`;
}

/** `434 MB`; a megabyte is a million bytes. */
export const printSize = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`;

/** What a folder holds, in bytes; links count as links. */
export function measureFolder(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .reduce((sum, { parentPath, name }) => sum + lstatSync(join(parentPath, name)).size, 0);
}
