// Writes dist/finding-help.cjs: what the documentation says of each code, for reports that have room for it. It is no part of
// the bundle, since most runs have no use for it.
import { writeFileSync } from 'node:fs';
import type { RuleHelp } from '../plugin/findings/print-sarif.ts';
import { findingTable } from '../plugin/findings/table.ts';
import { readNotes } from './generated/finding-notes.ts';
import { printRuleMarkdown, titleOf } from './generated/findings-page.ts';

/** The help of all codes. */
export function buildHelp(): Readonly<Record<string, RuleHelp>> {
  const notes = readNotes();
  return Object.fromEntries(
    Object.keys(findingTable).map((code) => [
      code,
      {
        title: titleOf(code),
        why: notes.get(code)?.why.replaceAll('\n', ' ') ?? titleOf(code),
        markdown: printRuleMarkdown(code, notes),
      },
    ]),
  );
}

export function writeHelp(file: string): void {
  // The launcher reads files as Latin-1.
  const json = JSON.stringify(buildHelp()).replace(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  writeFileSync(file, `exports.help=${json};\n`);
}
