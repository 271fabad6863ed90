// `rayshield validate`: files, folders or standard input to a report in the form that its reader takes.
import { relative, resolve, sep } from 'node:path';
import type { Finding } from '../findings/finding.ts';
import { printGitHub } from '../findings/print-github.ts';
import { printJSON } from '../findings/print-json.ts';
import { printJUnit } from '../findings/print-junit.ts';
import { printReport } from '../findings/print-report.ts';
import { printSARIF } from '../findings/print-sarif.ts';
import { printForStandardError } from '../findings/print-text.ts';
import { isFailed, type Validation } from '../findings/validation.ts';
import type { Source } from '../manifests/manifest.ts';
import { validate } from '../validate.ts';
import type { Arguments } from './arguments.ts';
import { readStreams } from './files/streams.ts';
import type { Format } from './flags.ts';
import type { Io, Outcome } from './io.ts';
import { isOfHost } from './pipeline.ts';
import { readInput, stdinFile } from './read-input.ts';

/** Judges what `args.paths` name. The report is printed whatever it says; with a host failure it is not all there is to say. */
export async function validateInput(args: Arguments, io: Io, version: string): Promise<Outcome> {
  const findings: Finding[] = [];
  const input = await readInput(args, io, findings);
  if ('refused' in input) return input.refused;
  const { settings } = input;
  const sources = [...input.files.keys(), ...input.stdin];
  // Whoever checks all YAML of a repository names files that are no manifests: they are left out, as in a folder.
  const streams = readStreams(new Map(sources.map((source) => [source, { isFound: true }])), settings, findings);
  const manifests = streams.flatMap((stream) => stream.manifests);
  const { loadValidator } = io;
  const judged = validate(manifests, { settings, loadValidator, allKinds: args.allKinds });
  const validation: Validation = {
    findings: [...findings, ...judged.findings],
    files: streams.map(({ source }) => source.file),
    documents: judged.documents,
    objects: judged.objects,
    isStrict: args.strict || settings.failOn === 'warning',
  };
  const ofHost = validation.findings.filter(isOfHost);
  const stdout = [await printers[args.format]({ validation, sources, io, version })];
  if (ofHost.length > 0) return { exitCode: 3, stdout, stderr: printForStandardError(ofHost) };
  return { exitCode: isFailed(validation) ? 1 : 0, stdout, stderr: '' };
}

interface Printed {
  readonly validation: Validation;
  readonly sources: readonly Source[];
  readonly io: Io;
  readonly version: string;
}

const toolOf = (version: string) => ({ name: 'rayshield', version });

const printers: Readonly<Record<Format, (printed: Printed) => string | Promise<string>>> = {
  text: async ({ validation, sources, io }) => {
    const texts = new Map(sources.map(({ file, text }) => [file, text]));
    // https://no-color.org: present and not empty.
    const isColoured = !io.env['NO_COLOR'] && (await io.isOutputTerminal());
    return printReport(validation, { texts, isColoured });
  },
  json: ({ validation, version }) => printJSON(validation, toolOf(version)),
  sarif: ({ validation, io, version }) =>
    printSARIF(validation, {
      tool: toolOf(version),
      help: io.loadHelp(),
      nameOf: (file) => (file === stdinFile ? 'stdin' : nameFrom(io.cwd, file)),
      isComplete: !validation.findings.some(isOfHost),
    }),
  github: ({ validation, io }) =>
    printGitHub(validation, (file) => (file === stdinFile ? undefined : nameFrom(io.cwd, file))),
  junit: ({ validation, version }) => printJUnit(validation, toolOf(version)),
};

/** The path of a file as seen from `cwd`: reports are read on other machines. */
const nameFrom = (cwd: string, file: string): string => relative(cwd, resolve(cwd, file)).split(sep).join('/') || '.';
