// Splits a stream into documents without reading them: at column 0, `---` and `...` followed by white space or the end
// always end a document, even inside a quoted scalar. https://yaml.org/spec/1.2.2/#rule-c-forbidden
import type { Source } from './manifest.ts';

/** One document's stretch of a stream: `prefix` (separator, directives, comments before them) and `text`. */
export interface Chunk {
  readonly prefix: string;
  readonly text: string;
  readonly offset: number;
  /** Follows `...` without a `---` of its own: Kubernetes' reader drops such a document without a word. */
  readonly unmarked: boolean;
  /** Begins on the line of its `---`: Kubernetes' reader refuses or drops what stands there. */
  readonly inline: boolean;
}

// Not the `m` flag: it would take U+2028 and a lone carriage return for line ends.
const marker = /(?:^\uFEFF?|\n)(---|\.\.\.)(?=[ \t\r\n]|$)/g;
const nothing = /^\uFEFF?(?:[ \t]*(?:#[^\n]*)?\r?\n|%[^\n]*\n)*[ \t]*(?:#[^\n]*|%[^\n]*)?$/;

/** The documents of a source in order; their prefixes and texts joined give the source again. */
export function splitStream(source: Source): Chunk[] {
  const { text } = source;
  const chunks: Chunk[] = [];
  // Where the pending prefix began, and where the pending document's own text did.
  let prefixStart = 0;
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  let unmarked = false;
  let inline = false;
  let marked = false;
  const flush = (end: number): void => {
    chunks.push({
      prefix: text.slice(prefixStart, start),
      text: text.slice(start, end),
      offset: start,
      unmarked,
      inline,
    });
  };
  for (const match of text.matchAll(marker)) {
    const isStart = match[1] === '---';
    const at = match.index + match[0].length - 3;
    // What only comments or directives precede belongs to the document that the marker opens.
    if (marked || !nothing.test(text.slice(start, at))) {
      flush(at);
      prefixStart = at;
    }
    const lineEnd = endOfLine(text, at + 3);
    inline = isStart && /^[ \t]+[^ \t\r\n#]/.test(text.slice(at + 3, lineEnd));
    start = inline ? at + 3 : lineEnd;
    unmarked = !isStart;
    marked = isStart;
  }
  if (marked || prefixStart < text.length) flush(text.length);
  return chunks;
}

function endOfLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline === -1 ? text.length : newline + 1;
}
