// docs/findings.md: every finding code, what it says with the names of its facts in their places, and what to do about it;
// and, written by hand in notes/, why it is one.
import { findingTable } from '../../plugin/findings/table.ts';
import { expandedWords } from '../../plugin/findings/words/expanded.ts';
import { fieldWords } from '../../plugin/findings/words/fields.ts';
import { fluxControllerWords } from '../../plugin/findings/words/flux-controller.ts';
import { inputWords } from '../../plugin/findings/words/input.ts';
import { isolationWords } from '../../plugin/findings/words/isolation.ts';
import { krmWords } from '../../plugin/findings/words/krm.ts';
import { limitWords } from '../../plugin/findings/words/limits.ts';
import { platformWords } from '../../plugin/findings/words/platform.ts';
import { rayWords } from '../../plugin/findings/words/ray.ts';
import { readingWords } from '../../plugin/findings/words/reading.ts';
import { renderWords } from '../../plugin/findings/words/render.ts';
import { schemaWords } from '../../plugin/findings/words/schema.ts';
import { settingsWords } from '../../plugin/findings/words/settings.ts';
import { sourceWords } from '../../plugin/findings/words/sources.ts';
import { tlsWords } from '../../plugin/findings/words/tls.ts';
import { usageWords } from '../../plugin/findings/words/usage.ts';
import type { Sentences, Words } from '../../plugin/findings/words.ts';
import { type FindingNote, printNote, readNotes } from './finding-notes.ts';
import { variantsOf } from './finding-variants.ts';

const areas: readonly (readonly [title: string, words: object])[] = [
  ['Files and folders', inputWords],
  ['Reading YAML', readingWords],
  ['Time and memory', limitWords],
  ['Settings', settingsWords],
  ["The application's source", sourceWords],
  ['The platform file', platformWords],
  ['Fields that would be lost', fieldWords],
  ['Schemas', schemaWords],
  ['The Ray object', rayWords],
  ['networkIsolation', isolationWords],
  ['tlsOptions', tlsWords],
  ['KRM functions', krmWords],
  ['The last check of a pipeline', expandedWords],
  ['The rendered folder', renderWords],
  ['The command line', usageWords],
  ['The controller for Flux', fluxControllerWords],
];

type Notes = ReadonlyMap<string, FindingNote>;

export function findingsPage(): string {
  const notes = readNotes();
  return `<!-- Made from plugin/findings/words/ and build/generated/notes/; rewrite with: UPDATE=1 npx vitest run test/generated.test.ts -->

# Findings

A finding is one line: \`file:line:column: severity CODE Kind namespace/name field: what is wrong; what to do\`, on standard
error, or from \`rayshield validate\` in the report, with the key that it is about below it. With an **error** no manifest is
printed and the exit code is not 0. A **warning** is also named in the owner's annotation \`rayshield.io/warnings\`, and fails the
run where the setting \`failOn\` is \`warning\`. An **info** is worth knowing at a first roll-out. The owner's annotation
\`rayshield.io/accept: CODE,...\` takes away those that are called acceptable here. Examples show only the fields that matter.

${areas.map(([title, words]) => `- ${title}: ${Object.keys(words).map(linkTo).join(', ')}`).join('\n')}

${areas.flatMap(([, words]) => Object.keys(words).map((code) => printCode(code, notes))).join('\n')}`;
}

const linkTo = (code: string): string => `[${code}](#${code.toLowerCase()})`;

function wordsOf(code: string): Words<never> {
  const words = (findingTable as Readonly<Record<string, Words<never>>>)[code];
  if (words === undefined) throw new Error(`${code} is not in the table`);
  return words;
}

const sentencesOf = (code: string): readonly Sentences[] =>
  variantsOf(code).map((facts) => wordsOf(code).say(withPlaceholders(facts)));

/** What a code says, with the names of its facts in their places. */
export const titleOf = (code: string): string => (sentencesOf(code)[0]?.[0] ?? code).replaceAll('`', '');

const printCode = (code: string, notes: Notes): string => `## ${code}\n\n${printRuleMarkdown(code, notes)}`;

/** The section of a code without its heading. */
export function printRuleMarkdown(code: string, notes: Notes): string {
  const { severity, acceptable } = wordsOf(code);
  const note = notes.get(code);
  const said = `**${severity}**, ${acceptable ? 'acceptable' : 'cannot be accepted'}\n\n${sentencesOf(code).map(printSentences).join('')}`;
  return note === undefined ? said : `${said}\n${printNote(note)}`;
}

const printSentences = ([what, remedy]: Sentences): string =>
  `- ${escapeMarkdown(what)}; *${escapeMarkdown(remedy)}*\n`;

const escapeMarkdown = (text: string): string => text.replaceAll('*', '\\*').replaceAll('<<', '`<<`');

/** Facts of which each that is not given is its own name: a list of one text, which prints like the text itself. */
const withPlaceholders = (facts: object): never =>
  new Proxy(facts, {
    get: (_, name) => (Object.hasOwn(facts, name) ? Reflect.get(facts, name) : [`\`<${String(name)}>\``]),
  }) as never;
