// What a run would change in a rendered folder, for `--check`.
import { byCodeUnit } from '../files/names.ts';
import type { FolderContent } from './folder-content.ts';
import type { PrintDiff } from './unified-diff.ts';

/** The paths of all files that would change. */
export const findStale = (present: FolderContent, wanted: FolderContent): readonly string[] =>
  [...new Set([...present.keys(), ...wanted.keys()])]
    .filter((path) => present.get(path) !== wanted.get(path))
    .sort(byCodeUnit);

// A log of CI is read by more people than a Secret.
const holdsSecret = /(?:^|[\s{,])["']?kind["']?[ \t]*:[ \t]*["']?Secret\b/;

/** The change of each path, as `git diff` prints it. */
export function printStale(
  paths: readonly string[],
  present: FolderContent,
  wanted: FolderContent,
  printDiff: PrintDiff,
): string[] {
  return paths.map((path) => {
    const [before, after] = [present.get(path), wanted.get(path)];
    const [from, to] = [
      before === undefined ? '/dev/null' : `a/${path}`,
      after === undefined ? '/dev/null' : `b/${path}`,
    ];
    if (holdsSecret.test(before ?? '') || holdsSecret.test(after ?? '')) return `Secrets ${from} and ${to} differ\n`;
    return printDiff(from, to, before ?? '', after ?? '');
  });
}
