// Where a run of render reads and writes.
import { existsSync, lstatSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import type { Finding } from '../../findings/finding.ts';
import type { Arguments } from '../arguments.ts';
import type { InputRoot } from '../files/input.ts';
import { realPlace } from '../files/out-folder.ts';
import { reasonOf } from '../files/read-file.ts';
import { isInside } from '../files/walk.ts';
import type { Io } from '../io.ts';
import { reportAt } from '../report.ts';
import type { Place } from '../sources/place.ts';

export interface Places {
  readonly source: Place;
  /** The source's folder as the user named it, for its settings. */
  readonly root: InputRoot;
  /** The folder of --out as the user named it. */
  readonly out: string;
  /** Its real path; it may not be there yet. */
  readonly target: string;
}

/** The places that a command line names; undefined where `findings` were told what is wrong with them. */
export function findPlaces(args: Pick<Arguments, 'paths' | 'out'>, io: Io, findings: Finding[]): Places | undefined {
  const [shown = ''] = args.paths;
  const { out = '' } = args;
  const folder = findFolder(shown, io.cwd, findings);
  if (folder === undefined) return undefined;
  try {
    const target = realPlace(resolve(io.cwd, out));
    // A folder of manifests would be read with what was rendered from it; and what is replaced must not be what is read.
    if (target !== folder && !isInside(folder, target) && !isInside(target, folder)) {
      const source = { folder, root: findRoot(folder, io.cwd) };
      return { source, root: { folder, shown: slashed(shown), isWalked: true }, out, target };
    }
    reportAt(findings, out)('RENDER_INSIDE_SOURCE', [], {});
  } catch (error) {
    reportAt(findings, out)('FILE_UNWRITABLE', [], { reason: reasonOf(error) });
  }
  return undefined;
}

function findFolder(shown: string, cwd: string, findings: Finding[]): string | undefined {
  try {
    const path = realpathSync.native(resolve(cwd, shown));
    if (statSync(path).isDirectory()) return path;
    reportAt(findings, shown)('RENDER_NO_FOLDER', [], {});
  } catch (error) {
    reportAt(findings, shown)('FILE_UNREADABLE', [], { reason: reasonOf(error) });
  }
  return undefined;
}

/** What no path of the source may leave: the repository, else the working directory, else the source itself. */
function findRoot(folder: string, cwd: string): string {
  const repository = findAbove(
    folder,
    (path) => lstatSync(join(path, '.git'), { throwIfNoEntry: false }) !== undefined,
  );
  const start = realpathSync.native(cwd);
  return repository ?? (isInside(start, folder) ? start : folder);
}

function findAbove(path: string, test: (path: string) => boolean): string | undefined {
  if (test(path)) return path;
  return dirname(path) === path ? undefined : findAbove(dirname(path), test);
}

/** The name of a file of the source as it is known to the user, who is not in that folder. */
export function nameFor(file: string, { source, root }: Places, cwd: string): string {
  // From the root of the repository, as kustomizations above are named.
  if (file.startsWith('/')) return slashed(relative(realpathSync.native(cwd), join(source.root, file)));
  // What a tool has printed is no file of the source.
  return existsSync(join(source.folder, file)) ? posix.join(root.shown, file) : file;
}

const slashed = (path: string): string => path.split(sep).join(posix.sep);
