// The line of the input that a finding is about, with a mark below: only its key, never its value, which could be a password
// (docs/design.md, section 8). A line that shows no key of its own is not printed.
import type { Finding } from './finding.ts';

// A key at the start of a line, perhaps behind the dashes of list items. ASCII alone, so that marks stand where they should.
const keyLine = /^( *(?:- +)*)([A-Za-z0-9_./-]+|"[ -!#-[\]-~]*"|'[ -&(-~]*')( *):(?: |$)/;

/**
 * Two lines, `   12 | rayVersin:` and `      | ^^^^^^^^^`; undefined where the finding is not about a key or its value, or the
 * line could show more than that. `text` is the file.
 */
export function printSourceLine({ position, field = [], facts }: Finding, text: string): string | undefined {
  if (position?.line === undefined || position.column === undefined) return undefined;
  // Without a field the text may be no structure at all, so that what looks like a key may be part of a value.
  const isKnownKey = (key: string): boolean => field.length > 0 || ('key' in facts && facts.key === unquote(key));
  const line = lineAt(text, position.line).replace(/^\uFEFF/, '');
  const [shown, before = '', key = ''] = keyLine.exec(line) ?? [];
  if (shown === undefined || !isKnownKey(key)) return undefined;
  const start = position.column - 1;
  // The place of a value counts as its key's where nothing else stands between.
  const isAtKey = start === before.length;
  const isAtValue = start >= shown.trimEnd().length && line.slice(shown.trimEnd().length, start).trim() === '';
  if (!isAtKey && !isAtValue) return undefined;
  const number = String(position.line).padStart(5);
  return `${number} | ${shown.trimEnd()}\n${' '.repeat(5)} | ${' '.repeat(before.length)}${'^'.repeat(key.length)}`;
}

const unquote = (key: string): string => key.replace(/^(["'])(.*)\1$/, '$2');

/** The line of that number, counted from 1, without its end. */
function lineAt(text: string, line: number): string {
  let start = 0;
  for (let at = 1; at < line; at += 1) {
    const end = text.indexOf('\n', start);
    if (end === -1) return '';
    start = end + 1;
  }
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? undefined : end).replace(/\r$/, '');
}
