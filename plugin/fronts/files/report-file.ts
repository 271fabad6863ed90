// RAYSHIELD_REPORT: a file that keeps what a run had to say. Helm 4 throws the standard error of a post-renderer away, and others keep
// it for themselves: https://helm.sh/docs/topics/advanced/#post-rendering
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Finding } from '../../findings/finding.ts';
import { printFindings } from '../../findings/print-text.ts';
import type { Io, Outcome } from '../io.ts';
import { reportAt } from '../report.ts';
import { reportVariable } from '../settings/environment.ts';
import { reasonOf } from './read-file.ts';

/** What a run leaves behind, with the exit code as a shell sees it. */
export interface Said extends Pick<Outcome, 'stdout' | 'stderr'> {
  readonly exitCode: number;
}

/**
 * Writes the findings of a run into the file that the environment names, in the place of those of the run before; gives what is
 * to be said of it on standard error. Of a verb whose report goes to standard output, that report.
 */
export function keepReport({ exitCode, stdout, stderr }: Said, { env, cwd }: Pick<Io, 'env' | 'cwd'>): string {
  const file = env[reportVariable];
  if (file === undefined || file === '') return '';
  try {
    replaceFile(resolve(cwd, file), stderr === '' && exitCode !== 0 ? stdout.join('') : stderr);
    return exitCode === 0 ? '' : `rayshield: this is also in the file that ${reportVariable} names\n`;
  } catch (error) {
    const findings: Finding[] = [];
    reportAt(findings, file)('FILE_UNWRITABLE', [], { reason: reasonOf(error) });
    return printFindings(findings);
  }
}

/** Nobody ever finds half of it. */
function replaceFile(path: string, text: string): void {
  const stage = mkdtempSync(`${path}.partial-`);
  try {
    const written = join(stage, basename(path));
    writeFileSync(written, text);
    renameSync(written, path);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}
