// `rayshield expand`: files, folders or standard input to one YAML stream, or to one file per file of the input.
import type { Finding } from '../findings/finding.ts';
import type { Manifest, Source } from '../manifests/manifest.ts';
import { writeStream } from '../manifests/write.ts';
import type { Arguments } from './arguments.ts';
import { startDeadline, within } from './deadline.ts';
import type { InputFile } from './files/input.ts';
import { type OutFile, writeFolder } from './files/out-folder.ts';
import { readStreams } from './files/streams.ts';
import type { Io, Outcome } from './io.ts';
import { conclude, expandStreams, isFailure, readStream } from './pipeline.ts';
import { readInput } from './read-input.ts';

/** Expands what `args.paths` name; without a path, standard input. */
export async function expandInput(args: Arguments, io: Io): Promise<Outcome> {
  const findings: Finding[] = [];
  const input = await readInput(args, io, findings);
  if ('refused' in input) return input.refused;
  const { settings, roots, files, stdin } = input;
  const { streams, manifests } = within(startDeadline(settings, io), () => {
    const streams = [
      ...readStreams(files, settings, findings),
      ...stdin.map((source) => readStream(source, settings, findings)),
    ];
    return { streams, manifests: expandStreams(streams, settings, io, findings) };
  });
  if (args.out === undefined) return conclude(findings, settings, () => (args.check ? [] : writeStream(manifests)));
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
