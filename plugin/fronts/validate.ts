// `rayshield validate`: files, folders or standard input to a report in the form that its reader takes.
import { relative, resolve, sep } from 'node:path';
import { printGitHub } from '../findings/print-github.ts';
import { printJSON } from '../findings/print-json.ts';
import { printJUnit } from '../findings/print-junit.ts';
import { printReport } from '../findings/print-report.ts';
import { printSARIF } from '../findings/print-sarif.ts';
import { printForStandardError } from '../findings/print-text.ts';
import { isFailed, type Validation } from '../findings/validation.ts';
import type { Source } from '../manifests/manifest.ts';
import type { Arguments } from './arguments.ts';
import type { Format } from './flags.ts';
import type { Io, Outcome } from './io.ts';
import { judge } from './judge.ts';
import { isOfHost } from './pipeline.ts';
import { stdinFile } from './read-input.ts';

/** Judges what `args.paths` name. The report is printed whatever it says; with a host failure it is not all there is to say. */
export async function validateInput(args: Arguments, io: Io, version: string): Promise<Outcome> {
  const judged = await judge(args, io);
  if ('refused' in judged) return judged.refused;
  const { validation, sources } = judged;
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
    // https://no-color.org: present and not empty. A dumb terminal shows the escapes themselves.
    const isColoured = !io.env['NO_COLOR'] && io.env['TERM'] !== 'dumb' && (await io.isOutputTerminal());
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
