// The words of findings about the command line itself: wrong use, exit code 2.
import { error } from '../words.ts';

type None = Record<string, never>;

const suggestion = (nearest: string | undefined, known: readonly string[]): string =>
  nearest === undefined ? `there are ${known.join(', ')}` : `did you mean ${nearest}?`;

export const usageWords = {
  VERB_UNKNOWN: error((f: { verb: string; nearest?: string; known: readonly string[] }) => [
    `there is no verb ${f.verb}`,
    `${suggestion(f.nearest, f.known)} (see rayshield --help)`,
  ]),
  FLAG_UNKNOWN: error((f: { flag: string; nearest?: string; verb: string | undefined }) => [
    `${f.verb ?? 'rayshield'} has no flag ${f.flag}`,
    f.nearest === undefined
      ? `see rayshield ${f.verb === undefined ? '' : `${f.verb} `}--help`
      : `did you mean ${f.nearest}?`,
  ]),
  FLAG_VALUE_MISSING: error((f: { flag: string; example: string }) => [
    `${f.flag} needs a value`,
    `write it as in ${f.flag} ${f.example}`,
  ]),
  FLAG_VALUE_UNKNOWN: error((f: { flag: string; values: readonly string[]; nearest?: string }) => [
    `${f.flag} takes one of ${f.values.join(', ')}`,
    f.nearest === undefined ? 'write one of them' : `did you mean ${f.nearest}?`,
  ]),
  FLAG_VALUE_SURPLUS: error((f: { flag: string }) => [`${f.flag} takes no value`, `write ${f.flag} alone`]),
  FLAG_TWICE: error((f: { flag: string }) => [`${f.flag} is given twice`, 'keep the one that is meant']),
  PATH_UNEXPECTED: error((f: { verb: string }) =>
    f.verb === 'flux-controller'
      ? [
          'flux-controller takes no path: it reads what ExpandedSources name',
          'leave it out, or use rayshield expand PATH',
        ]
      : [
          `${f.verb} takes no path: it reads the folder in which it is started`,
          'start it in that folder, or use rayshield expand PATH',
        ],
  ),
  PATH_MISSING: error((f: { verb: string }) => [
    'there is nothing to read: no path is given and standard input is a terminal',
    `name files or folders, or pipe manifests into rayshield ${f.verb} -`,
  ]),
  CHECK_WITH_OUT: error((_: None) => [
    '--check writes nothing, so that --out has nothing to name',
    'keep the one that is meant',
  ]),
  OUT_WITHOUT_FILES: error((_: None) => [
    '--out writes one file per file of the input, and standard input is none',
    'name files or folders, or write: rayshield expand - > FILE',
  ]),
};
