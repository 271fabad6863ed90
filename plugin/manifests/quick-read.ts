// Reads the plain block style that most manifests are written in, several times quicker than a whole YAML parser: maps, lists,
// scalars and collections of one line, literal blocks, comments. At anything else it gives up, and the parser reads the
// document instead; what it does read, it reads as node-reader.ts would, which test/plugin/manifests/quick-read.test.ts shows.
import { giveUp, maxDepth, QuickLine } from './quick-line.ts';

/** The value of a document without any problem, and its places as Content has them; undefined where it gives up. */
export interface QuickReading {
  readonly value: unknown;
  readonly places: Int32Array;
}

// Characters that end lines elsewhere, or make columns doubtful.
const doubtful = /[\t\r\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]/;
/** The depth that a value can have here: blocks, a collection in the last of them, a scalar in that. */
export const quickDepth = 2 * maxDepth + 2;

/** Reads one document; `base` is where `text` begins in its file. */
export function readQuickly(text: string, base: number, maxKeys: number): QuickReading | undefined {
  if (doubtful.test(text)) return undefined;
  const reader = new QuickReader(text, base, maxKeys);
  const value = reader.readDocument();
  return value === giveUp || reader.isTooLong() ? undefined : { value, places: new Int32Array(reader.places) };
}

/** Reads blocks, line by line. */
class QuickReader extends QuickLine {
  /** The column of `at`, where the content of the current line begins; both are -1 at the end of the text. */
  private column = 0;

  constructor(text: string, base: number, maxKeys: number) {
    super(text, base, maxKeys);
    this.toContent(0);
  }

  readDocument(): unknown {
    if (this.at === -1) return giveUp;
    const value = this.readBlock(undefined, 0);
    return this.at === -1 ? value : giveUp;
  }

  /** Moves to the first line from `start`, the beginning of a line, that is neither blank nor a comment. */
  private toContent(start: number): void {
    const { text } = this;
    let lineStart = start;
    while (lineStart < text.length) {
      let at = lineStart;
      while (text.charCodeAt(at) === 0x20) at += 1;
      const code = text.charCodeAt(at);
      if (at < text.length && code !== 0x0a && code !== 0x23) {
        this.at = at;
        this.column = at - lineStart;
        return;
      }
      lineStart = this.lineEnd(at) + 1;
    }
    this.at = -1;
    this.column = -1;
  }

  private isDash(at: number): boolean {
    const next = this.text.charCodeAt(at + 1);
    return this.text.charCodeAt(at) === 0x2d && (next === 0x20 || next === 0x0a || at + 1 === this.text.length);
  }

  /** The map or list, or the scalar of a list item, that begins at the current place. */
  private readBlock(keyOffset: number | undefined, depth: number): unknown {
    if (depth > maxDepth || this.isTooLong()) return giveUp;
    this.place(keyOffset, this.at);
    return this.isDash(this.at) ? this.readList(depth) : this.readMap(depth);
  }

  private readMap(depth: number): unknown {
    const { column } = this;
    const map: Record<string, unknown> = {};
    while (this.column === column && !this.isDash(this.at)) {
      const keyOffset = this.at;
      const key = this.readKey();
      if (key === undefined || Object.hasOwn(map, key)) return giveUp;
      const value = this.readEntry(keyOffset, column, depth);
      if (value === giveUp) return giveUp;
      map[key] = value;
    }
    return this.column > column ? giveUp : map;
  }

  /** What stands behind a key: on its line, or as a block below it. */
  private readEntry(keyOffset: number, column: number, depth: number): unknown {
    const start = this.skipBlanks(this.at);
    if (!this.isLineEnd(start)) return this.readScalar(keyOffset, start, column);
    this.toContent(this.lineEnd(start) + 1);
    const isListBelow = this.column === column && this.at !== -1 && this.isDash(this.at);
    // A key without a value is null, whose place the parser knows.
    return this.column > column || isListBelow ? this.readBlock(keyOffset, depth + 1) : giveUp;
  }

  private readList(depth: number): unknown {
    const { column } = this;
    const list: unknown[] = [];
    while (this.column === column && this.isDash(this.at)) {
      const item = this.readItem(column, depth);
      if (item === giveUp) return giveUp;
      list.push(item);
    }
    // A map's key may follow at the column of a list that is its value, no other thing may.
    return this.column > column ? giveUp : list;
  }

  private readItem(column: number, depth: number): unknown {
    const start = this.skipBlanks(this.at + 1);
    if (this.isLineEnd(start)) {
      this.toContent(this.lineEnd(start) + 1);
      return this.column > column ? this.readBlock(undefined, depth + 1) : giveUp;
    }
    if (this.isDash(start) || this.startsEntry(start)) {
      this.column += start - this.at;
      this.at = start;
      return this.readBlock(undefined, depth + 1);
    }
    return this.readScalar(undefined, start, column);
  }

  /** Whether nothing but a comment follows; `at` is behind a blank, or at the end of the line. */
  private isLineEnd(at: number): boolean {
    const code = this.text.charCodeAt(at);
    return at >= this.text.length || code === 0x0a || (code === 0x23 && this.text.charCodeAt(at - 1) === 0x20);
  }

  /** A value on the line of its key or dash. What stands deeper on the next line would go on with it: the parser knows how. */
  private readScalar(keyOffset: number | undefined, start: number, column: number): unknown {
    if (this.text.charCodeAt(start) === 0x7c) {
      this.place(keyOffset, start);
      return this.readLiteral(start, column);
    }
    this.at = start;
    const value = this.readFlow(keyOffset, false, 0);
    if (value === giveUp) return giveUp;
    const rest = this.skipBlanks(this.at);
    if (!this.isLineEnd(rest)) return giveUp;
    this.toContent(this.lineEnd(rest) + 1);
    return this.column > column ? giveUp : value;
  }

  /** A literal block with `|` or `|-`, whose first line gives the indentation. */
  private readLiteral(start: number, column: number): unknown {
    const { text } = this;
    const strips = text.charCodeAt(start + 1) === 0x2d;
    const headerEnd = start + (strips ? 2 : 1);
    const first = headerEnd + 1;
    const indent = this.skipBlanks(first) - first;
    const firstCode = text.charCodeAt(first + indent);
    if (text.charCodeAt(headerEnd) !== 0x0a || indent <= column || firstCode === 0x0a || Number.isNaN(firstCode))
      return giveUp;
    const lines: string[] = [];
    let at = first;
    for (; at < text.length; at = this.lineEnd(at) + 1) {
      const end = this.lineEnd(at);
      const content = this.skipBlanks(at);
      if (content - at < indent && content < end) break;
      // Without a last line end readers differ on whether the text has one.
      if (end === text.length) return giveUp;
      lines.push(text.slice(Math.min(at + indent, end), end));
    }
    while (lines.at(-1) === '') lines.pop();
    this.toContent(at);
    if (this.column > column) return giveUp;
    return lines.join('\n') + (strips ? '' : '\n');
  }
}
