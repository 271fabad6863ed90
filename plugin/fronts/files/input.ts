// The input of a run: the files that the paths of a command line mean, each with the name that messages give it and the
// name that it keeps under --out.
import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, posix, resolve, sep } from 'node:path';
import type { Finding } from '../../findings/finding.ts';
import { decode } from '../../manifests/bytes.ts';
import type { Source } from '../../manifests/manifest.ts';
import { reportAt } from '../report.ts';
import { kindOfName } from './names.ts';
import { describeKind, readRegularFile, reasonOf } from './read-file.ts';
import { walkFolder } from './walk.ts';

export interface InputFile {
  /** As the user named it, `/`-separated. */
  readonly shown: string;
  /** The name below --out. */
  readonly relative: string;
  /** What to open. */
  readonly path: string;
  /** Met in a folder that was named, so that it may be something else than manifests. */
  readonly isFound: boolean;
}

/** The place of one path: where its settings file is looked for, and whether the whole folder is read. */
export interface InputRoot {
  readonly folder: string;
  /** `folder` as the user named it. */
  readonly shown: string;
  readonly isWalked: boolean;
}

export interface FoundInput {
  readonly files: readonly InputFile[];
  readonly roots: readonly InputRoot[];
}

/** The files that `paths` mean, each once; what cannot be taken goes to `findings`. */
export function findInput(paths: readonly string[], cwd: string, findings: Finding[]): FoundInput {
  const files = new Map<string, InputFile>();
  const roots: InputRoot[] = [];
  for (const path of paths) {
    try {
      const found = findOne(path, resolve(cwd, path), findings);
      if (found === undefined) continue;
      roots.push(found.root);
      for (const file of found.files) if (!files.has(file.path)) files.set(file.path, file);
    } catch (error) {
      reportAt(findings, path)('FILE_UNREADABLE', [], { reason: reasonOf(error) });
    }
  }
  return { files: [...files.values()], roots };
}

/** A link that the user names is followed, unlike those met in a folder. */
function findOne(
  path: string,
  absolute: string,
  findings: Finding[],
): { readonly files: readonly InputFile[]; readonly root: InputRoot } | undefined {
  const stats = statSync(absolute);
  if (stats.isDirectory()) {
    const folder = realpathSync.native(absolute);
    return { files: findInFolder(path, folder, findings), root: { folder, shown: slashed(path), isWalked: true } };
  }
  if (!stats.isFile()) {
    reportAt(findings, path)('FILE_NOT_REGULAR', [], { found: describeKind(stats) });
    return undefined;
  }
  const root = { folder: realpathSync.native(dirname(absolute)), shown: slashed(dirname(path)), isWalked: false };
  return { files: findNamed(path, realpathSync.native(absolute), findings), root };
}

const slashed = (path: string): string => path.split(sep).join('/');

function findInFolder(path: string, real: string, findings: Finding[]): InputFile[] {
  const shown = (relative: string): string => posix.join(slashed(path), relative);
  const before = findings.length;
  const files = walkFolder(real, shown, findings).map((file) => ({
    ...file,
    shown: shown(file.relative),
    isFound: true,
  }));
  if (files.length === 0 && findings.length === before) reportAt(findings, path)('FOLDER_EMPTY', [], {});
  return files;
}

function findNamed(path: string, real: string, findings: Finding[]): InputFile[] {
  const report = reportAt(findings, path);
  const folder = slashed(dirname(path));
  const kind = kindOfName(basename(path));
  if (kind === 'kustomization') report('KUSTOMIZATION_SOURCE', [], { folder });
  else if (kind === 'chart') report('HELM_CHART_SOURCE', [], { folder });
  else if (kind === 'settings') report('SETTINGS_FILE_NAMED', [], {});
  else if (kind === 'misnamed-settings') report('SETTINGS_FILE_NAME', [], {});
  else return [{ shown: slashed(path), relative: basename(path), path: real, isFound: false }];
  return [];
}

/** The texts of the files, in order; together they hold at most `maxBytes`. */
export function readSources(
  files: readonly InputFile[],
  maxBytes: number,
  findings: Finding[],
): ReadonlyMap<Source, InputFile> {
  const sources = new Map<Source, InputFile>();
  let used = 0;
  for (const file of files) {
    const bytes = readRegularFile(file.path, { used, limit: maxBytes }, reportAt(findings, file.shown));
    // One file too many says it for all that follow.
    if (findings.at(-1)?.code === 'INPUT_TOO_LARGE') break;
    if (bytes === undefined) continue;
    used += bytes.length;
    const decoded = decode(file.shown, bytes, maxBytes);
    if ('text' in decoded) sources.set({ file: file.shown, text: decoded.text }, file);
    else findings.push(decoded.finding);
  }
  return sources;
}
