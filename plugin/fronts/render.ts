// `rayshield render`: a source to a folder of plain manifests, for whoever syncs files: an OCI artifact of Flux, a rendered branch.
// Nothing is written where anything is wrong.
import type { Finding } from '../findings/finding.ts';
import { printFindings } from '../findings/print-text.ts';
import type { Settings } from '../settings/settings.ts';
import type { Arguments } from './arguments.ts';
import type { Io, Outcome } from './io.ts';
import { conclude, expandStreams, isFailure, type Stream } from './pipeline.ts';
import { readSettings } from './read-input.ts';
import { findStale, printStale } from './rendered/differences.ts';
import { divide } from './rendered/documents.ts';
import { type FluxFlags, readFluxNames } from './rendered/flux-names.ts';
import { type FolderContent, layFlat, laySplit } from './rendered/folder-content.ts';
import { findPlaces, nameFor, type Places } from './rendered/places.ts';
import { readPresent } from './rendered/present.ts';
import { replaceFolder } from './rendered/replace.ts';
import { reportAt } from './report.ts';
import { renderSource } from './sources/render.ts';

/** Renders the folder that `args.paths` names into that of --out; with --check, compares the two. */
export async function render(args: Arguments, io: Io): Promise<Outcome> {
  const findings: Finding[] = [];
  const places = findPlaces(args, io, findings);
  const read = readSettings(args, io, places === undefined ? [] : [places.root], findings);
  if ('refused' in read) return read.refused;
  const { settings } = read;
  if (places === undefined) return conclude(findings, settings, () => []);
  const used: Finding[] = [];
  const names = args.split ? readFluxNames(fluxFlagsOf(args), places.source.folder, reportAt(used)) : undefined;
  if (used.length > 0) return { exitCode: 2, stdout: [], stderr: printFindings(used) };
  const files = await renderFiles(places, settings, io, findings);
  const present = readPresent(places, findings);
  if (isFailure(findings, settings)) return conclude(findings, settings, () => []);
  const content = names === undefined ? layFlat(files) : laySplit(files, names);
  if (args.check) return compare(present, content, { places, settings, io }, findings);
  replaceFolder(places, content, findings);
  return conclude(findings, settings, () => []);
}

async function renderFiles(places: Places, settings: Settings, io: Io, findings: Finding[]) {
  const streams = await readSource(places, settings, io, findings);
  const manifests = expandStreams(streams, settings, io, findings);
  if (isFailure(findings, settings)) return [];
  const untouched = new Set(streams.flatMap((stream) => stream.manifests));
  const files = divide({ manifests, untouched, settings }, findings);
  if (files.length === 0 && !isFailure(findings, settings)) {
    reportAt(findings, places.root.shown)('RENDER_EMPTY', [], {});
  }
  return files;
}

/** The documents of the source; files have the names that the user knows them by. */
async function readSource(places: Places, settings: Settings, io: Io, findings: Finding[]): Promise<Stream[]> {
  const found: Finding[] = [];
  const streams = await renderSource({ place: places.source, settings, io, applicationName: '' }, found);
  const nameOf = (file: string): string => nameFor(file, places, io.cwd);
  for (const finding of found) {
    const { position } = finding;
    findings.push(position ? { ...finding, position: { ...position, file: nameOf(position.file) } } : finding);
  }
  return streams.map(({ source: { file, text }, manifests }) => {
    const source = { file: nameOf(file), text };
    return { source, manifests: manifests.map((manifest) => ({ ...manifest, source })) };
  });
}

interface Comparison {
  readonly places: Places;
  readonly settings: Settings;
  readonly io: Io;
}

/** Like a report, the difference is what was asked for: it is printed although the run fails. */
function compare(
  present: FolderContent,
  content: FolderContent,
  { places, settings, io }: Comparison,
  findings: Finding[],
): Outcome {
  const stale = findStale(present, content);
  if (stale.length === 0) return conclude(findings, settings, () => []);
  reportAt(findings, places.out)('OUT_STALE', [], { count: stale.length, isThere: present.size > 0 });
  const stdout = printStale(stale, present, content, io.loadPrintDiff());
  return { ...conclude(findings, settings, () => []), stdout };
}

const fluxFlagsOf = ({ values }: Arguments): FluxFlags => ({
  name: values['flux-name'],
  namespace: values['flux-namespace'],
  source: values['flux-source'],
  path: values['flux-path'],
});
