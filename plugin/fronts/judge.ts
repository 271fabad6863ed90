// What validate reads and finds: all paths as one input, or each path as an input of its own, as when another tool names the
// files, in an order and in portions that are nobody's choice (pre-commit).
import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Finding } from '../findings/finding.ts';
import type { Validation } from '../findings/validation.ts';
import type { Source } from '../manifests/manifest.ts';
import { validate } from '../validate.ts';
import type { Arguments } from './arguments.ts';
import { startDeadline, within } from './deadline.ts';
import type { InputRoot } from './files/input.ts';
import { settingsFile } from './files/names.ts';
import { reasonOf } from './files/read-file.ts';
import { readStreams } from './files/streams.ts';
import { makeLookout, type Surroundings } from './files/surroundings.ts';
import type { Io, Outcome } from './io.ts';
import { readInput, readSettings } from './read-input.ts';
import { reportAt } from './report.ts';

interface Judged {
  readonly validation: Validation;
  readonly sources: readonly Source[];
}

type Judgement = Judged | { readonly refused: Outcome };

/** Judges what `args.paths` name, or says why the command line is wrong. */
export async function judge(args: Arguments, io: Io): Promise<Judgement> {
  if (!args.eachPath || args.paths.length === 0) return judgeAsOne(args, io);
  const lookRound = makeLookout(io.cwd);
  const all: Judged[] = [];
  for (const path of new Set(args.paths)) {
    const judged = await judgePath(path, args, io, lookRound);
    if ('refused' in judged) return judged;
    all.push(judged);
  }
  return joinInputs(all);
}

/** `settings` is where they stand, if that is not beside the paths. */
async function judgeAsOne(args: Arguments, io: Io, settingsRoot?: InputRoot): Promise<Judgement> {
  const findings: Finding[] = [];
  const input = await readInput(args, io, findings, settingsRoot);
  if ('refused' in input) return input;
  const { settings } = input;
  const sources = [...input.files.keys(), ...input.stdin];
  // Whoever checks all YAML of a repository names files that are no manifests: they are left out, as in a folder.
  const given = (isPiped: boolean) => ({ isFound: true, isReadWhole: true, isPiped });
  const inputFiles = new Map(sources.map((source) => [source, given(input.stdin.includes(source))]));
  const { loadValidator } = io;
  const { allKinds, isExpanded } = args;
  const { streams, judged } = within(startDeadline(settings, io), () => {
    const streams = readStreams(inputFiles, settings, findings);
    const manifests = streams.flatMap((stream) => stream.manifests);
    return { streams, judged: validate(manifests, { settings, loadValidator, allKinds, isExpanded }) };
  });
  const { findings: found, ...counted } = judged;
  const isStrict = args.strict || settings.failOn === 'warning';
  const files = streams.map(({ source }) => source.file);
  return {
    validation: { ...counted, findings: [...findings, ...found], files, isStrict: () => isStrict },
    sources,
  };
}

async function judgePath(
  path: string,
  args: Arguments,
  io: Io,
  lookRound: (path: string) => Surroundings,
): Promise<Judgement> {
  const findings: Finding[] = [];
  const own = { ...args, paths: [path] };
  try {
    if (path === '-' || !statSync(resolve(io.cwd, path)).isFile()) return judgeAsOne(own, io);
    const { settings, source } = lookRound(path);
    if (basename(path) === settingsFile && settings !== undefined) {
      const read = readSettings(args, io, [settings], findings);
      return 'refused' in read ? read : withoutObjects(findings, [path]);
    }
    if (source === undefined) return judgeAsOne(own, io, settings);
    reportAt(findings, path)('SOURCE_LEFT_OUT', [], source);
    return withoutObjects(findings, []);
  } catch (error) {
    reportAt(findings, path)('FILE_UNREADABLE', [], { reason: reasonOf(error) });
    return withoutObjects(findings, []);
  }
}

const withoutObjects = (findings: readonly Finding[], files: readonly string[]): Judged => ({
  validation: { findings, files, documents: 0, objects: [], isStrict: () => false },
  sources: [],
});

/** What several inputs share, as a settings file or a variable of the environment, is said once. */
function joinInputs(all: readonly Judged[]): Judged {
  const findings = new Map<string, Finding>();
  const strict = new Set<string | undefined>();
  for (const { validation } of all) {
    for (const finding of validation.findings) {
      findings.set(JSON.stringify(finding), finding);
      const file = finding.position?.file;
      if (validation.isStrict(file)) strict.add(file);
    }
  }
  return {
    validation: {
      findings: [...findings.values()],
      files: all.flatMap(({ validation }) => validation.files),
      documents: all.reduce((sum, { validation }) => sum + validation.documents, 0),
      objects: all.flatMap(({ validation }) => validation.objects),
      isStrict: (file) => strict.has(file),
    },
    sources: all.flatMap(({ sources }) => sources),
  };
}
