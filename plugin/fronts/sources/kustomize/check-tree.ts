// A kustomization and all that it stands on, before kustomize sees it: no path leaves the root of the source, none is fetched unless that
// is allowed, and settings of rayshield are no resource. kustomize itself lets a base lie anywhere, and follows links to it.
import { readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Finding, Report } from '../../../findings/finding.ts';
import { findingTable } from '../../../findings/table.ts';
import { isBlank } from '../../../manifests/blank.ts';
import { decode } from '../../../manifests/bytes.ts';
import { compose } from '../../../manifests/compose.ts';
import type { Manifest } from '../../../manifests/manifest.ts';
import { positionOf } from '../../../manifests/position.ts';
import { splitStream } from '../../../manifests/split.ts';
import type { Settings } from '../../../settings/settings.ts';
import { kindOfName, settingsFile } from '../../files/names.ts';
import { readRegularFile, reasonOf } from '../../files/read-file.ts';
import { reportAt } from '../../report.ts';
import { follow, type Place } from '../place.ts';
import { findInline, findPaths, type NamedPath } from './paths.ts';
import { isRemote } from './remote.ts';

interface Tree {
  readonly place: Place;
  readonly settings: Settings;
  readonly hasNetwork: boolean;
  readonly findings: Finding[];
  /** What was read, folders and files. */
  readonly seen: Set<string>;
  /** Folders still to be read: a chain of bases may be longer than a stack is deep. */
  readonly pending: string[];
  bytes: number;
}

/** Says what is wrong with the kustomization in the folder of `place` and with those that it names. */
export function checkKustomizations(place: Place, settings: Settings, hasNetwork: boolean, findings: Finding[]): void {
  const pending = [place.folder];
  const tree: Tree = { place, settings, hasNetwork, findings, seen: new Set(), pending, bytes: 0 };
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) checkFolder(folder, tree);
}

function checkFolder(folder: string, tree: Tree): void {
  if (tree.seen.has(folder)) return;
  tree.seen.add(folder);
  try {
    const names = readdirSync(folder).filter((name) => kindOfName(name) === 'kustomization');
    for (const name of names) checkFile(join(folder, name), folder, tree);
  } catch (error) {
    reportAt(tree.findings, shownIn(tree, folder))('FILE_UNREADABLE', [], { reason: reasonOf(error) });
  }
}

/** A kustomization, or configurations of its transformers; paths in both start at `folder`. */
function checkFile(path: string, folder: string, tree: Tree): void {
  const shown = shownIn(tree, path);
  const led = follow(path, tree.place.root);
  if (led.to === 'outside') reportAt(tree.findings, shown)('LINK_OUTSIDE', [], {});
  if (led.to !== 'inside' || tree.seen.has(`${folder}\0${led.path}`)) return;
  tree.seen.add(`${folder}\0${led.path}`);
  const budget = { used: tree.bytes, limit: tree.settings.maxBytes };
  const bytes = readRegularFile(led.path, budget, reportAt(tree.findings, shown));
  if (bytes === undefined) return;
  addBytes(bytes.length, tree);
  const decoded = decode(shown, bytes, tree.settings.maxBytes);
  if ('finding' in decoded) tree.findings.push(decoded.finding);
  else checkText({ file: shown, text: decoded.text }, folder, tree);
}

function checkText(source: Manifest['source'], folder: string, tree: Tree): void {
  for (const unread of splitStream(source).filter(({ text }) => !isBlank(text))) {
    const { value, places, problems } = compose(unread.text, unread.offset, tree.settings);
    // What does not say the same to all readers cannot be judged, whatever kustomize makes of it.
    if (places === undefined || problems.some(({ code }) => code !== 'YAML_NUMBER')) {
      reportAt(tree.findings, source.file)('KUSTOMIZATION_UNREADABLE', [], {});
      continue;
    }
    const report = reportIn({ ...unread, content: { value, places, doubts: [] } }, tree.findings);
    for (const named of findPaths(value)) checkPath(named, folder, tree, report);
    for (const { text } of findInline(value)) checkText({ file: source.file, text }, folder, tree);
  }
}

const reportIn =
  (manifest: Manifest, findings: Finding[]): Report =>
  (code, field, facts) => {
    const position = positionOf(manifest, field);
    findings.push({ code, severity: findingTable[code].severity, position, field, facts } as Finding);
  };

function checkPath({ path, field, as }: NamedPath, folder: string, tree: Tree, report: Report): void {
  if (isRemote(path)) {
    if (!tree.hasNetwork) report('KUSTOMIZE_REMOTE', field, {});
    return;
  }
  // An absolute path is one of this machine to kustomize.
  const led = path.startsWith('/') ? ({ to: 'outside' } as const) : follow(resolve(folder, path), tree.place.root);
  if (led.to === 'outside') report('SOURCE_PATH_OUTSIDE', field, {});
  if (led.to !== 'inside') return;
  if (led.path === join(tree.place.folder, settingsFile)) {
    report('SETTINGS_AS_RESOURCE', field, {});
    return;
  }
  const stats = statSync(led.path);
  const isFolder = stats.isDirectory();
  if (stats.isFile() && !tree.seen.has(led.path)) {
    tree.seen.add(led.path);
    addBytes(stats.size, tree);
  }
  if (isFolder && as !== 'file') tree.pending.push(led.path);
  if (!isFolder && as === 'configuration') checkFile(led.path, folder, tree);
}

/** kustomize holds all of it in memory, several times. */
function addBytes(bytes: number, tree: Tree): void {
  const limit = tree.settings.maxBytes;
  const isWithin = tree.bytes <= limit;
  tree.bytes += bytes;
  if (isWithin && tree.bytes > limit) reportAt(tree.findings)('INPUT_TOO_LARGE', [], { bytes: tree.bytes, limit });
}

const shownIn = ({ place }: Tree, path: string): string => relative(place.folder, path);
