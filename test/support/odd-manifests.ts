// Manifests of the project made odd, for properties over what nobody would write: pieces of YAML that readers differ about put in
// at random, lines moved, and the whole text in another form of the same (CRLF, JSON, a List, anchors).
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseAllDocuments, stringify } from 'yaml';

const root = join(import.meta.dirname, '../..');

export interface CorpusText {
  readonly path: string;
  readonly text: string;
}

/** The folders of this repository that hold manifests, right and wrong ones. */
export const ownFolders: readonly string[] = ['fixtures/expand', 'fixtures/refuse', 'fixtures/validate', 'deploy'].map(
  (folder) => join(root, folder),
);

/** All texts of manifests below the folders that are there; bytes that are no text are the business of other tests. */
export const readCorpus = (folders: readonly string[]): CorpusText[] =>
  folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
    .filter((path) => /\.(ya?ml|json)$/.test(path) && !path.includes('expected'))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true)
    .sort()
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));

const scalars =
  'yes|no|on|y|n|~|null|NULL|0777|0o17|0x1F|0b11|1_000|.5|1.|1e3|+1|-0|.inf|.NaN|12:30|2024-01-01|9007199254740993|1e400|\'\'|""';
// Between two blanks each; those that hold a blank or a line end stand below.
const marks = '# | { } [ ] , \' " &a *a';
const spaced = [
  '&a ',
  '*a ',
  '<<: *a',
  '<<: ',
  '? ',
  ': ',
  '- ',
  '# ',
  ' #',
  '|\n',
  '>-\n',
  '|+2\n',
  '!!str 1',
  '!!binary YQ==',
];
const breaks = ['\n', '\r\n', '\r', '\t', ' ', '  ', '\n---\n', '\n--- \n', '\n--- x\n', '\n...\n', '\n%YAML 1.1\n'];
const characters = ['\u0085', '\ufeff', '\u2028', '\u0000', '\u001b', '"\\u0041"', '"a\\\n b"', '"\\ud800"'];
const fields = ['networkIsolation: {}', 'tlsOptions: {}', 'networkPolicy:', 'tlsOption: {}', '__proto__: ', 'spec:'];

/** What YAML readers differ about, what breaks a document, and what asks for security. */
const pieces: readonly string[] = [
  ...scalars.split('|'),
  ...marks.split(' '),
  ...spaced,
  ...breaks,
  ...characters,
  ...fields,
];

type Change = (text: string) => string;

const share = fc.double({ min: 0, max: 1, noNaN: true });
const placeIn = (at: number, length: number): number => Math.min(Math.floor(at * length), Math.max(length - 1, 0));

const putIn: fc.Arbitrary<Change> = fc.tuple(share, fc.constantFrom(...pieces)).map(
  ([at, piece]) =>
    (text) =>
      text.slice(0, placeIn(at, text.length)) + piece + text.slice(placeIn(at, text.length)),
);

const cutOut: fc.Arbitrary<Change> = fc.tuple(share, fc.integer({ min: 1, max: 12 })).map(
  ([at, length]) =>
    (text) =>
      text.slice(0, placeIn(at, text.length)) + text.slice(placeIn(at, text.length) + length),
);

/** A change of the list of lines, which keep their ends. */
const ofLines = (change: (lines: string[], at: number, other: number) => void): fc.Arbitrary<Change> =>
  fc.tuple(share, share).map(([at, other]) => (text) => {
    const lines = text.split(/(?<=\n)/);
    change(lines, placeIn(at, lines.length), placeIn(other, lines.length));
    return lines.join('');
  });

const deleteLine = ofLines((lines, at) => lines.splice(at, 1));
const repeatLine = ofLines((lines, at) => lines.splice(at, 0, lines[at] ?? ''));
const moveLine = ofLines((lines, at, other) => lines.splice(other, 0, ...lines.splice(at, 1)));
const indentLine = ofLines((lines, at) => lines.splice(at, 1, `  ${lines[at] ?? ''}`));
const outdentLine = ofLines((lines, at) => lines.splice(at, 1, (lines[at] ?? '').replace(/^ {1,2}/, '')));

/** Puts what stands behind one colon behind another: values of a wrong type, keys with the value of their neighbour. */
const moveValue = ofLines((lines, at, other) => {
  const value = /:[ \t]+(.*)/.exec(lines[other] ?? '')?.[1];
  if (value !== undefined)
    lines.splice(
      at,
      1,
      (lines[at] ?? '').replace(/:.*/, () => `: ${value}`),
    );
});

/** A letter of a word doubled, dropped or changed in case: misspelt keys. */
const misspell: fc.Arbitrary<Change> = fc
  .tuple(share, fc.constantFrom('drop', 'double', 'case'))
  .map(([at, how]) => (text) => {
    const words = [...text.matchAll(/\b[A-Za-z]{3,}(?=["']?:)/g)];
    const word = words[placeIn(at, words.length)];
    if (word === undefined) return text;
    const place = word.index + placeIn((at * words.length) % 1, word[0].length);
    const letter = text.charAt(place);
    const swapped = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
    return text.slice(0, place) + { drop: '', double: letter + letter, case: swapped }[how] + text.slice(place + 1);
  });

/** The same documents in another form; a text that cannot be read stays as it is. */
const reform =
  (form: (values: readonly unknown[]) => string): Change =>
  (text) => {
    const documents = parseAllDocuments(text, { version: '1.1', logLevel: 'silent' });
    if (documents.some(({ errors }) => errors.length > 0)) return text;
    try {
      return form(documents.map((document) => document.toJS()));
    } catch {
      // An alias that leads nowhere.
      return text;
    }
  };

const listOf = (items: readonly unknown[]) => ({ apiVersion: 'v1', kind: 'List', items });
/** Every map below a spec's `template` twice, the second time by its alias. */
const withAnchors = (text: string): string =>
  text.replace(/^( *)template:\n((?:\1 +.*\n)+)/m, '$1template: &shared\n$2$1x-again: *shared\n');
const withMerge = (text: string): string =>
  `${text.replace(/^( *)metadata:\n/m, '$1metadata:\n$1  <<: &meta {labels: {merged: "yes"}}\n')}`;

const wholes: readonly Change[] = [
  (text) => text,
  (text) => text.replaceAll(/\r?\n/g, '\r\n'),
  (text) => `\ufeff${text}`,
  (text) => `---\n${text}`,
  reform((values) => values.map((value) => `${JSON.stringify(value)}\n`).join('---\n')),
  reform((values) => JSON.stringify(listOf(values), undefined, 2)),
  reform((values) => stringify(listOf(values), { version: '1.1' })),
  reform((values) =>
    values.map((value) => stringify(value, { version: '1.1', collectionStyle: 'flow' })).join('---\n'),
  ),
  withAnchors,
  withMerge,
];

const small: fc.Arbitrary<Change> = fc.oneof(
  { weight: 4, arbitrary: putIn },
  { weight: 2, arbitrary: misspell },
  ...[cutOut, deleteLine, repeatLine, moveLine, indentLine, outdentLine, moveValue].map((arbitrary) => ({
    weight: 1,
    arbitrary,
  })),
);

const inOrder = (text: string, changes: readonly Change[]): string =>
  changes.reduce((changed, change) => change(changed), text);

/** A text of the corpus in one of its forms, with up to four small changes; now and then two texts as one stream. */
export function oddManifest(corpus: readonly CorpusText[]): fc.Arbitrary<string> {
  const one = fc
    .tuple(fc.constantFrom(...corpus), fc.constantFrom(...wholes), fc.array(small, { maxLength: 4 }))
    .map(([{ text }, whole, changes]) => inOrder(whole(text), changes));
  const two = fc.tuple(one, one).map((texts) => texts.join('\n---\n'));
  return fc.oneof({ weight: 9, arbitrary: one }, { weight: 1, arbitrary: two });
}
