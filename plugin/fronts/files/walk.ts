// The manifests of a folder. Links to files are read only where they stay inside, as in Argo CD, which refuses a repository
// with links that leave it; links to folders are not followed, so that a walk ends and nothing is read twice.
import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import type { Finding, Report } from '../../findings/finding.ts';
import { isKustomizationOfRender, kustomizationFile } from '../rendered/kustomization.ts';
import { reportAt } from '../report.ts';
import { byCodeUnit, isSkipped, kindOfName, settingsFile } from './names.ts';
import { reasonOf } from './read-file.ts';

export interface WalkedFile {
  /** Below the walked folder, `/`-separated. */
  readonly relative: string;
  /** What to open: free of links. */
  readonly path: string;
}

export interface WalkOptions {
  /** Whether subfolders are read too; they are unless told not to. */
  readonly recurse?: boolean;
  /** Of files, links and marks of other tools, by relative path, those that count; all unless given. */
  readonly takes?: (relative: string) => boolean;
  /** The real path of what links must not lead out of; the walked folder unless given. */
  readonly linkRoot?: string;
}

interface Walk extends Required<WalkOptions> {
  readonly root: string;
  readonly shown: (relative: string) => string;
  readonly findings: Finding[];
  readonly files: WalkedFile[];
  /** Folders still to be read, below the root. */
  readonly pending: string[];
}

/** The files of the folder at `root`, by code unit of their relative paths; `shown` makes the names for messages. */
export function walkFolder(
  root: string,
  shown: (relative: string) => string,
  findings: Finding[],
  options: WalkOptions = {},
): readonly WalkedFile[] {
  const { recurse = true, takes = () => true, linkRoot = root } = options;
  const walk: Walk = { root, shown, findings, files: [], pending: [''], recurse, takes, linkRoot };
  for (let folder = walk.pending.pop(); folder !== undefined; folder = walk.pending.pop()) walkOne(walk, folder);
  return walk.files.sort((a, b) => byCodeUnit(a.relative, b.relative));
}

function walkOne(walk: Walk, folder: string): void {
  const report = reportAt(walk.findings, walk.shown(folder));
  let entries: Dirent[];
  let names: readonly string[];
  try {
    entries = readdirSync(join(walk.root, folder), { withFileTypes: true });
    const counted = entries.filter((entry) => walk.takes(posix.join(folder, entry.name)));
    names = counted.filter((entry) => !isRendered(join(walk.root, folder), entry)).map((entry) => entry.name);
  } catch (error) {
    report('FILE_UNREADABLE', [], { reason: reasonOf(error) });
    return;
  }
  if (reportSource(names, walk.shown(folder), report)) return;
  for (const entry of entries) if (!isSkipped(entry.name)) visit(walk, posix.join(folder, entry.name), entry);
}

/** Whether a kustomization is one that render has written, and lists plain manifests beside it. */
const isRendered = (folder: string, entry: Dirent): boolean =>
  entry.name === kustomizationFile &&
  entry.isFile() &&
  isKustomizationOfRender(readFileSync(join(folder, entry.name), 'utf8'));

/** Whether the folder is what another tool renders; one finding stands for all of its files. */
function reportSource(names: readonly string[], folder: string, report: Report): boolean {
  const kinds = names.map(kindOfName);
  if (kinds.includes('chart')) report('HELM_CHART_SOURCE', [], { folder });
  else if (kinds.includes('kustomization')) report('KUSTOMIZATION_SOURCE', [], { folder });
  else return false;
  return true;
}

function visit(walk: Walk, relative: string, entry: Dirent): void {
  if (entry.isDirectory()) {
    if (walk.recurse) walk.pending.push(relative);
    return;
  }
  const report = reportAt(walk.findings, walk.shown(relative));
  const kind = kindOfName(entry.name);
  // At the root whatever is taken: settings that nobody hears are no settings.
  if (kind === 'misnamed-settings' && (relative === entry.name || walk.takes(relative)))
    report('SETTINGS_FILE_NAME', [], {});
  if (!walk.takes(relative)) return;
  if (kind === 'settings' && relative !== settingsFile)
    report('SETTINGS_FILE_PLACE', [], { root: walk.shown(settingsFile) });
  const path = entry.isSymbolicLink() ? followLink(walk, relative, report) : join(walk.root, relative);
  if (kind === 'manifest' && path !== undefined) walk.files.push({ relative, path });
}

/** Where a link leads, if to a regular file below `linkRoot`. A link that is no manifest by name matters only as a folder. */
function followLink(walk: Walk, relative: string, report: Report): string | undefined {
  const isManifest = kindOfName(relative) === 'manifest';
  try {
    const path = realpathSync.native(join(walk.root, relative));
    const isFolder = statSync(path).isDirectory();
    // Where subfolders are not read, neither is what a link makes one.
    if (isFolder && !walk.recurse) return undefined;
    if (isFolder) report('LINK_TO_FOLDER', [], {});
    else if (isInside(realpathSync.native(walk.linkRoot), path)) return path;
    else if (isManifest) report('LINK_OUTSIDE', [], {});
  } catch (error) {
    reasonOf(error);
    if (isManifest) report('LINK_BROKEN', [], {});
  }
  return undefined;
}

/** Whether the real path `path` lies below the real path `root`. */
export const isInside = (root: string, path: string): boolean =>
  path.startsWith(root.endsWith(sep) ? root : `${root}${sep}`);
