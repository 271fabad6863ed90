// Writing --out DIR: everything is first written into a folder beside it and then renamed into place, so that nobody ever
// finds half of it. What else stands in DIR stays.
import { lstatSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Finding } from '../../findings/finding.ts';
import { reportAt } from '../report.ts';
import type { InputRoot } from './input.ts';
import { reasonOf } from './read-file.ts';
import { isInside } from './walk.ts';

export interface OutFile {
  /** Below DIR, `/`-separated. */
  readonly relative: string;
  readonly text: string;
  /** The real path of the file of the input that it comes from. */
  readonly inputPath: string;
}

interface OutFolder {
  /** DIR as the user gave it. */
  readonly out: string;
  readonly cwd: string;
  readonly files: readonly OutFile[];
  readonly roots: readonly InputRoot[];
}

/** Writes all files, or none where `findings` were told why. */
export function writeFolder(folder: OutFolder, findings: Finding[]): void {
  const target = resolve(folder.cwd, folder.out);
  try {
    mkdirSync(dirname(target), { recursive: true });
    const before = findings.length;
    checkNames(folder, findings);
    checkPlace(folder, realPlace(target), findings);
    if (findings.length === before) writeAll(folder.files, target);
  } catch (error) {
    reportAt(findings, folder.out)('FILE_UNWRITABLE', [], { reason: reasonOf(error) });
  }
}

function checkNames(folder: OutFolder, findings: Finding[]): void {
  const seen = new Set<string>();
  for (const { relative } of folder.files) {
    if (seen.has(relative)) reportAt(findings, folder.out)('OUT_NAME_TWICE', [], { name: relative });
    seen.add(relative);
  }
}

/** That nothing of the input is written over, by this run or by being read by the next one. */
function checkPlace(folder: OutFolder, target: string, findings: Finding[]): void {
  for (const root of folder.roots) {
    if (!root.isWalked || (root.folder !== target && !isInside(root.folder, target))) continue;
    reportAt(findings, folder.out)('OUT_INSIDE_INPUT', [], { folder: root.shown });
    return;
  }
  const inputs = new Set(folder.files.map(({ inputPath }) => inputPath));
  for (const { relative } of folder.files) {
    const path = realPlace(join(target, relative));
    if (inputs.has(path)) reportAt(findings, join(folder.out, relative))('OUT_OVER_INPUT', [], {});
  }
}

/** The real path of what is at `path`, or would be. */
export function realPlace(path: string): string {
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) return realpathSync.native(path);
  const parent = dirname(path);
  return parent === path ? path : join(realPlace(parent), basename(path));
}

function writeAll(files: readonly OutFile[], target: string): void {
  const stage = mkdtempSync(`${target}.partial-`);
  try {
    const folder = join(stage, 'out');
    mkdirSync(folder);
    for (const { relative, text } of files) {
      mkdirSync(dirname(join(folder, relative)), { recursive: true });
      writeFileSync(join(folder, relative), text);
    }
    if (lstatSync(target, { throwIfNoEntry: false }) === undefined) renameSync(folder, target);
    else moveInto(files, folder, target);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** What could fail is done for all files before the first is renamed. */
function moveInto(files: readonly OutFile[], folder: string, target: string): void {
  for (const { relative } of files) {
    const path = join(target, relative);
    mkdirSync(dirname(path), { recursive: true });
    if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) {
      throw Object.assign(new Error(`${path} is a folder`), { code: 'EISDIR', syscall: 'rename' });
    }
  }
  for (const { relative } of files) renameSync(join(folder, relative), join(target, relative));
}
