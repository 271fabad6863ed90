// What stands in the folder that is about to be replaced. Only what a run before has listed is replaced: whatever else is there belongs to
// somebody.
import { type Dirent, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Finding } from '../../findings/finding.ts';
import { byCodeUnit } from '../files/names.ts';
import { reasonOf } from '../files/read-file.ts';
import { reportAt } from '../report.ts';
import type { FolderContent } from './folder-content.ts';
import { kustomizationFile, readListed } from './kustomization.ts';
import type { Places } from './places.ts';
import { steps } from './steps.ts';

/** The texts of the folder's files by path; none where there is no folder, or `findings` were told what is wrong with it. */
export function readPresent({ target, out }: Places, findings: Finding[]): FolderContent {
  try {
    const stats = lstatSync(target, { throwIfNoEntry: false });
    if (stats === undefined) return new Map();
    if (!stats.isDirectory()) {
      reportAt(findings, out)('FILE_UNWRITABLE', [], { reason: 'ENOTDIR' });
      return new Map();
    }
    const found = listAll(target);
    const own = listOwn(target);
    const foreign = found.filter(({ path, isFile }) => !isFile || !own.has(path)).map(({ path }) => path);
    if (foreign.length === 0) return new Map(found.map(({ path }) => [path, readFileSync(join(target, path), 'utf8')]));
    reportAt(findings, out)('OUT_FOREIGN', [], { count: foreign.length, names: foreign.slice(0, 3) });
  } catch (error) {
    reportAt(findings, out)('FILE_UNREADABLE', [], { reason: reasonOf(error) });
  }
  return new Map();
}

interface Found {
  readonly path: string;
  readonly isFile: boolean;
}

/** All that is not a folder of a step, one level deep in each; any other folder is not looked into. */
function listAll(target: string): readonly Found[] {
  const isStep = (entry: Dirent): boolean => entry.isDirectory() && steps.some((step) => step === entry.name);
  const top = readdirSync(target, { withFileTypes: true });
  const found = [
    ...top.filter((entry) => !isStep(entry)).map((entry) => ({ path: entry.name, isFile: entry.isFile() })),
    ...top.filter(isStep).flatMap(({ name }) =>
      readdirSync(join(target, name), { withFileTypes: true }).map((entry) => ({
        path: posix.join(name, entry.name),
        isFile: entry.isFile(),
      })),
    ),
  ];
  return found.sort((a, b) => byCodeUnit(a.path, b.path));
}

function listOwn(target: string): ReadonlySet<string> {
  const folders = ['', ...steps];
  return new Set(
    folders.flatMap((folder) => {
      const path = posix.join(folder, kustomizationFile);
      const isThere = lstatSync(join(target, path), { throwIfNoEntry: false })?.isFile() === true;
      const listed = isThere ? readListed(readFileSync(join(target, path), 'utf8')) : undefined;
      return listed === undefined ? [] : [path, ...listed.map((name) => posix.join(folder, name))];
    }),
  );
}
