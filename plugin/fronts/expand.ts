// `rayshield expand`: files, folders or standard input to one YAML stream, or to one file per file of the input.
import { realpathSync } from 'node:fs';
import type { Finding } from '../findings/finding.ts';
import { decode } from '../manifests/bytes.ts';
import type { Manifest, Source } from '../manifests/manifest.ts';
import { writeStream } from '../manifests/write.ts';
import type { Arguments } from './arguments.ts';
import { findInput, type InputFile, type InputRoot, readSources } from './files/input.ts';
import { type OutFile, writeFolder } from './files/out-folder.ts';
import { reasonOf } from './files/read-file.ts';
import { readStreams } from './files/streams.ts';
import type { Io, Outcome } from './io.ts';
import { conclude, expandStreams, isFailure, readStream, refuseFlags } from './pipeline.ts';
import { reportAt } from './report.ts';
import { readEnvironment } from './settings/environment.ts';
import { gatherSettings } from './settings/gather.ts';

const stdinFile = '<stdin>';

/** Expands what `args.paths` name; without a path, standard input. */
export async function expandInput(args: Arguments, io: Io): Promise<Outcome> {
  const findings: Finding[] = [];
  const paths = args.paths.filter((path) => path !== '-');
  const readsStdin = paths.length < args.paths.length || args.paths.length === 0;
  const input = findInput(paths, io.cwd, findings);
  const roots = readsStdin ? [...input.roots, workingDirectory(io)] : input.roots;
  const environment = readEnvironment(io.env, reportAt(findings));
  const { settings } = gatherSettings(io, roots, { environment, flags: args.flags }, findings);
  const refused = refuseFlags(findings);
  if (refused !== undefined) return refused;
  const files = readSources(input.files, settings.maxBytes, findings);
  const stdin = readsStdin ? await readStdin(io, settings.maxBytes, findings) : [];
  const streams = [
    ...readStreams(files, settings, findings),
    ...stdin.map((source) => readStream(source, settings, findings)),
  ];
  const manifests = expandStreams(streams, settings, io, findings);
  if (args.out === undefined) return conclude(findings, settings, () => writeStream(manifests));
  if (!isFailure(findings, settings)) {
    const taken = new Set(streams.map(({ source }) => source));
    const outputs = printFiles(new Map([...files].filter(([source]) => taken.has(source))), manifests);
    writeFolder({ out: args.out, cwd: io.cwd, files: outputs, roots }, findings);
  }
  return conclude(findings, settings, () => []);
}

/** What each file of the input becomes. */
function printFiles(files: ReadonlyMap<Source, InputFile>, manifests: readonly Manifest[]): OutFile[] {
  const bySource = new Map<Source, Manifest[]>();
  for (const manifest of manifests) {
    const own = bySource.get(manifest.source);
    if (own === undefined) bySource.set(manifest.source, [manifest]);
    else own.push(manifest);
  }
  // A file without any document, as an empty one, keeps its text.
  return [...files].map(([source, { relative, path }]) => ({
    relative,
    inputPath: path,
    text: writeStream(bySource.get(source) ?? []).join('') || source.text,
  }));
}

const workingDirectory = (io: Io): InputRoot => ({ folder: realpathSync(io.cwd), shown: '', isWalked: false });

async function readStdin(io: Io, maxBytes: number, findings: Finding[]): Promise<Source[]> {
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
