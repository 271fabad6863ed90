// From a command line to an outcome: finds the verb, or says what is wrong with the line.
import type { Finding, Report } from '../findings/finding.ts';
import { findNearest } from '../findings/nearest.ts';
import { printForStandardError } from '../findings/print-text.ts';
import type { FactsOf } from '../findings/table.ts';
import { flagName } from '../settings/names.ts';
import { isSourceSetting } from '../settings/table.ts';
import { type Arguments, readArguments } from './arguments.ts';
import { TimedOut } from './deadline.ts';
import { runFilter } from './filter.ts';
import { flagsOf } from './flags.ts';
import { printHelp, printVerbHelp } from './help.ts';
import type { Io, Outcome } from './io.ts';
import { reportAt } from './report.ts';
import { type Verb, verbs } from './verbs.ts';

/** Runs one command line. */
export async function run(argv: readonly string[], io: Io, version: string): Promise<Outcome> {
  const findings: Finding[] = [];
  const args = readArguments(argv, reportAt(findings));
  const verb = args.verb === undefined ? undefined : findVerb(args.verb);
  if (args.help) return said(verb ? printVerbHelp(args.verb ?? '', verb) : printHelp(verbs));
  if (args.version) return said(`${version}\n`);
  if (args.verb === undefined && argv.length === 0 && (await io.isTerminal())) return said(printHelp(verbs));
  await checkUse(args, verb, io, findings);
  if (findings.length > 0) return { exitCode: 2, stdout: [], stderr: printForStandardError(findings) };
  try {
    return await (verb === undefined ? runFilter(args, io, version) : verb.run(args, io, version));
  } catch (error) {
    if (error instanceof TimedOut) return refuseLate(error);
    throw error;
  }
}

function refuseLate({ timeout }: TimedOut): Outcome {
  const findings: Finding[] = [];
  reportAt(findings)('TIME_OUT', [], { timeout });
  return { exitCode: 1, stdout: [], stderr: printForStandardError(findings) };
}

const defaultVerb = 'expand';

const said = (stdout: string): Outcome => ({ exitCode: 0, stdout: [stdout], stderr: '' });

const findVerb = (name: string): Verb | undefined => (Object.hasOwn(verbs, name) ? verbs[name] : undefined);

async function checkUse(args: Arguments, verb: Verb | undefined, io: Io, findings: Finding[]): Promise<void> {
  const report = reportAt(findings);
  if (args.verb !== undefined && verb === undefined) {
    report('VERB_UNKNOWN', [], unknownVerb(args.verb));
    return;
  }
  const taken = flagsOf(args.verb ?? defaultVerb);
  for (const name of args.given) {
    if (!taken.includes(name)) report('FLAG_UNKNOWN', [], { flag: `--${name}`, verb: args.verb });
  }
  for (const { setting } of verb?.rendersSources === true ? [] : args.flags) {
    if (isSourceSetting(setting)) report('FLAG_UNKNOWN', [], { flag: `--${flagName(setting)}`, verb: args.verb });
  }
  await checkTaken(verb?.takesPaths ?? true, args, io, report);
}

/** That there are the paths that a verb takes. */
async function checkTaken(takes: Verb['takesPaths'], args: Arguments, io: Io, report: Report): Promise<void> {
  if (takes === 'optional') return;
  if (takes === 'folders') checkFolders(args, report);
  else if (takes) await checkPaths(args, io, report);
  else if (args.paths.length > 0) report('PATH_UNEXPECTED', [], { verb: args.verb ?? '' });
}

async function checkPaths(args: Arguments, io: Io, report: Report): Promise<void> {
  if (args.paths.length === 0 && (await io.isTerminal()))
    report('PATH_MISSING', [], { verb: args.verb ?? defaultVerb });
  if (args.check && args.out !== undefined) report('CHECK_WITH_OUT', [], {});
  const readsStdin = args.paths.length === 0 || args.paths.includes('-');
  if (args.out !== undefined && (args.verb ?? defaultVerb) === 'expand' && readsStdin)
    report('OUT_WITHOUT_FILES', [], {});
}

function checkFolders(args: Arguments, report: Report): void {
  if (args.paths.length !== 1 || args.paths[0] === '-') report('RENDER_SOURCE', [], { count: args.paths.length });
  if (args.out === undefined) report('RENDER_OUT_MISSING', [], {});
  for (const name of args.split ? [] : args.given) {
    if (name.startsWith('flux-')) report('FLAG_WITHOUT_SPLIT', [], { flag: `--${name}` });
  }
}

function unknownVerb(verb: string): FactsOf<'VERB_UNKNOWN'> {
  const known = Object.keys(verbs);
  const nearest = looksLikePath(verb) ? `rayshield expand ${verb}` : findNearest(verb, known);
  return { verb, known, ...(nearest === undefined ? {} : { nearest }) };
}

const looksLikePath = (text: string): boolean => text === '-' || /[./]/.test(text);
