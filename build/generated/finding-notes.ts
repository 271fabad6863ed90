// The hand-written part of docs/findings.md: why a finding is one, and an example of wrong and right. One file for each area
// of words, with a section `## CODE` for each code: sentences, then perhaps blocks of code marked `wrong` and `right`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Example {
  /** `yaml` for what rayshield reads, which test/finding-notes.test.ts shows to it; anything else is for the eye alone. */
  readonly language: string;
  readonly text: string;
}

export interface FindingNote {
  readonly why: string;
  readonly wrong?: Example;
  readonly right?: Example;
}

const folder = join(import.meta.dirname, 'notes');
const block = /^```(\w+) (wrong|right)\n([\s\S]*?)^```$/gm;

/** The notes of all areas, by code. */
export function readNotes(): ReadonlyMap<string, FindingNote> {
  const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const notes = new Map<string, FindingNote>();
  for (const section of texts.flatMap((text) => text.split(/^## /m).slice(1))) {
    const code = section.slice(0, section.indexOf('\n'));
    if (notes.has(code)) throw new Error(`${code} has two notes`);
    notes.set(code, parseNote(section.slice(code.length)));
  }
  return notes;
}

function parseNote(text: string): FindingNote {
  const examples = [...text.matchAll(block)].map(([, language = '', role = '', code = '']) => [
    role,
    { language, text: code },
  ]);
  return { why: text.replace(block, '').trim(), ...Object.fromEntries(examples) };
}

/** A note as Markdown. */
export function printNote({ why, wrong, right }: FindingNote): string {
  const parts = [why, ...printExample('Wrong', wrong), ...printExample(wrong === undefined ? 'As in' : 'Right', right)];
  return `${parts.join('\n\n')}\n`;
}

const printExample = (title: string, example: Example | undefined): string[] =>
  example === undefined ? [] : [`${title}:\n\n\`\`\`${example.language}\n${example.text}\`\`\``];
