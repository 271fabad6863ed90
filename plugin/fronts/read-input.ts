// What the verbs that take paths read: files, folders and standard input, and the settings that hold for them.
import { realpathSync } from 'node:fs';
import type { Finding } from '../findings/finding.ts';
import { decode } from '../manifests/bytes.ts';
import type { Source } from '../manifests/manifest.ts';
import type { Settings } from '../settings/settings.ts';
import type { Arguments } from './arguments.ts';
import { findInput, type InputFile, type InputRoot, readSources } from './files/input.ts';
import { reasonOf } from './files/read-file.ts';
import type { Io, Outcome } from './io.ts';
import { refuseFlags } from './pipeline.ts';
import { reportAt } from './report.ts';
import { readEnvironment } from './settings/environment.ts';
import { gatherSettings } from './settings/gather.ts';

/** How messages name standard input. */
export const stdinFile = '<stdin>';

interface ReadInput {
  readonly settings: Settings;
  readonly roots: readonly InputRoot[];
  readonly files: ReadonlyMap<Source, InputFile>;
  /** At most one. */
  readonly stdin: readonly Source[];
}

type Refused = { readonly refused: Outcome };

/**
 * The texts that `args.paths` mean; without a path, standard input. Wrong use is refused before anything is read. `settingsRoot`
 * is where the settings stand, if that is not beside the paths.
 */
export async function readInput(
  args: Arguments,
  io: Io,
  findings: Finding[],
  settingsRoot?: InputRoot,
): Promise<ReadInput | Refused> {
  const paths = args.paths.filter((path) => path !== '-');
  const readsStdin = paths.length < args.paths.length || args.paths.length === 0;
  const input = findInput(paths, io.cwd, findings);
  const roots = readsStdin ? [...input.roots, workingDirectory(io)] : input.roots;
  const read = readSettings(args, io, settingsRoot === undefined ? roots : [settingsRoot], findings);
  if ('refused' in read) return read;
  const { settings } = read;
  const files = readSources(input.files, settings.maxBytes, findings);
  const stdin = readsStdin ? await readStdin(io, settings.maxBytes, findings) : [];
  return { settings, roots, files, stdin };
}

/** The settings of the roots, below those of the environment and the command line. */
export function readSettings(
  { flags }: Arguments,
  io: Io,
  roots: readonly InputRoot[],
  findings: Finding[],
): { readonly settings: Settings } | Refused {
  const environment = readEnvironment(io.env, reportAt(findings));
  const { settings } = gatherSettings(io, roots, { environment, flags }, findings);
  const refused = refuseFlags(findings);
  return refused === undefined ? { settings } : { refused };
}

/** The root of a run that reads standard input, or nothing. */
export const workingDirectory = (io: Io): InputRoot => ({
  folder: realpathSync.native(io.cwd),
  shown: '',
  isWalked: false,
});

/** Standard input as a text; none where `findings` were told why. */
export async function readStdin(io: Io, maxBytes: number, findings: Finding[]): Promise<Source[]> {
  const report = reportAt(findings, stdinFile);
  try {
    const decoded = decode(stdinFile, await io.readStdin(maxBytes), maxBytes);
    if ('finding' in decoded) findings.push(decoded.finding);
    // Helm 3 gives a post-renderer nothing where it writes to a folder, and a failed command before a pipe does too.
    else if (decoded.text.trim() === '') report('INPUT_EMPTY', [], {});
    else return [{ file: stdinFile, text: decoded.text }];
  } catch (error) {
    report('FILE_UNREADABLE', [], { reason: reasonOf(error) });
  }
  return [];
}
