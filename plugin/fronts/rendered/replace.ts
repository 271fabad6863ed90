// Replaces a folder by another: the new one is written beside it and renamed into its place, so that nobody ever finds half of it. Modes are
// the same whatever the umask, since `flux push artifact` packs them, and its digest with them.
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Finding } from '../../findings/finding.ts';
import { reasonOf } from '../files/read-file.ts';
import { reportAt } from '../report.ts';
import type { FolderContent } from './folder-content.ts';
import type { Places } from './places.ts';

const fileMode = 0o644;
const folderMode = 0o755;

/** Writes the folder of --out. Where that fails, `findings` are told why, and what was there is there again. */
export function replaceFolder({ target, out }: Places, content: FolderContent, findings: Finding[]): void {
  try {
    replaceAt(target, content);
  } catch (error) {
    reportAt(findings, out)('FILE_UNWRITABLE', [], { reason: reasonOf(error) });
  }
}

function replaceAt(target: string, content: FolderContent): void {
  mkdirSync(dirname(target), { recursive: true });
  const stage = mkdtempSync(`${target}.partial-`);
  try {
    const made = join(stage, 'new');
    makeFolder(made);
    for (const folder of new Set([...content.keys()].map(dirname))) if (folder !== '.') makeFolder(join(made, folder));
    for (const [path, text] of content) {
      writeFileSync(join(made, path), text);
      chmodSync(join(made, path), fileMode);
    }
    exchange(target, made, join(stage, 'old'));
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

function makeFolder(path: string): void {
  mkdirSync(path);
  chmodSync(path, folderMode);
}

/** Node has no rename that exchanges two folders: between these two there is none. */
function exchange(target: string, made: string, old: string): void {
  if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) renameSync(target, old);
  try {
    renameSync(made, target);
  } catch (error) {
    if (lstatSync(old, { throwIfNoEntry: false }) !== undefined) renameSync(old, target);
    throw error;
  }
}
