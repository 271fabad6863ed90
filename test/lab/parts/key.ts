// Keys of the cache: a hash over all that decides what comes out.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Part } from './part.ts';

/** A short hash over named texts; the order of the names does not count. */
export function digest(texts: Readonly<Record<string, string>>): string {
  const hash = createHash('sha256');
  const pairs = Object.entries(texts).sort(([left], [right]) => (left < right ? -1 : 1));
  return hash.update(JSON.stringify(pairs)).digest('hex').slice(0, 12);
}

/** The files of a folder and below, by their path in it. */
export function readFolder(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length + 1).replaceAll(sep, '/'), readFileSync(path, 'utf8')];
    }),
  );
}

/** What a part is made from, on this platform; the tool that makes it is not in it. */
export const findRecipe = ({ sources, provides }: Pick<Part, 'sources' | 'provides'>): string =>
  digest({ ...sources(), provides: provides.join(' '), platform: `${process.platform} ${process.arch}` });
