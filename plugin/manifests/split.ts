// Splits a stream into documents without reading them: at column 0, `---` and `...` followed by white space or the end
// always end a document, even inside a quoted scalar. https://yaml.org/spec/1.2.2/#rule-c-forbidden
import { skipLines } from './blank.ts';
import type { Manifest, MarkerFlaw, Source } from './manifest.ts';

// Not the `m` flag: it would take U+2028 and a lone carriage return for line ends.
const marker = /(?:^\uFEFF?|\n)(---|\.\.\.)(?=[ \t\r\n]|$)/g;
// Of what stands before a document's marker: blank lines, comments, directives.
const emptyLine = /[ \t]*(?:#[^\n]*)?\r?\n|%[^\n]*\n/y;
const lastLine = /[ \t]*(?:[#%][^\n]*)?$/y;

/** The documents of a source in order; their prefixes and texts joined give the source again. */
export function splitStream(source: Source): Manifest[] {
  const { text } = source;
  const manifests: Manifest[] = [];
  // Where the pending prefix began, and where the pending document's own text did.
  let prefixStart = 0;
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  let flaw: MarkerFlaw | undefined;
  let marked = false;
  const flush = (end: number): void => {
    const [prefix, own] = [text.slice(prefixStart, start), text.slice(start, end)];
    manifests.push({ source, offset: start, prefix, text: own, ...(flaw ? { flaw } : {}) });
  };
  for (const match of text.matchAll(marker)) {
    const isStart = match[1] === '---';
    const at = match.index + match[0].length - 3;
    // What only comments or directives precede belongs to the document that the marker opens.
    if (marked || !isNothing(text.slice(start, at))) {
      flush(at);
      prefixStart = at;
    }
    const lineEnd = endOfLine(text, at + 3);
    const shares = isStart && /^[ \t]+[^ \t\r\n#]/.test(text.slice(at + 3, lineEnd));
    start = shares ? at + 3 : lineEnd;
    flaw = shares ? 'YAML_CONTENT_ON_MARKER' : isStart ? undefined : 'YAML_DOCUMENT_END';
    marked = isStart;
  }
  if (marked || prefixStart < text.length) flush(text.length);
  return manifests;
}

function isNothing(text: string): boolean {
  lastLine.lastIndex = skipLines(text, text.startsWith('\uFEFF') ? 1 : 0, emptyLine);
  return lastLine.test(text);
}

function endOfLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline === -1 ? text.length : newline + 1;
}
