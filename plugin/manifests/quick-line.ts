// The parts of the quick reading that stand on one line: keys, scalars, collections in brackets. Each gives up where the
// whole parser (node-reader.ts) would have to look, and never takes a text for another value than it would.
import { resolvePlain } from './scalar.ts';

/** In place of a value: the parser must read the document. */
export const giveUp = Symbol('give up');

/** How deep blocks may nest, and collections on one line; deeper ones are for the parser, whose limit the settings give. */
export const maxDepth = 40;

const plainKey = /([A-Za-z_][A-Za-z0-9_./-]*):(?= |\n|$)/y;
const quotedKey = /(?:"([^"\\\n]*)"|'([^'\n]*)'):(?= |\n|$)/y;
// What a plain scalar may begin with; a dash only before what is no blank.
const plainStart = /[A-Za-z0-9_/.+$(=^~<;\\\u00a1-\ud7ff]|-[^ \n]/y;
// Where one ends: at a comment or the end of the line, within brackets also at a bracket or comma.
const plainEnd = / #|\n/g;
const flowPlainEnd = / #|[\n,[\]{}]/g;
const unsafeKeys = new Set(['__proto__', 'constructor', 'prototype', '<<']);
const listIndex = /^(?:0|[1-9][0-9]*)$/;

/** Reads what stands on one line. `at` is where it is; the places of what it has read are in their order. */
export class QuickLine {
  readonly places: number[] = [];
  protected readonly text: string;
  protected readonly base: number;
  protected at = 0;
  private readonly maxKeys: number;

  constructor(text: string, base: number, maxKeys: number) {
    this.text = text;
    this.base = base;
    this.maxKeys = maxKeys;
  }

  /** Whether there are more nodes than may be: the parser says where. Each has two places. */
  isTooLong(): boolean {
    return this.places.length > this.maxKeys * 2;
  }

  protected lineEnd(from: number): number {
    const end = this.text.indexOf('\n', from);
    return end === -1 ? this.text.length : end;
  }

  protected place(keyOffset: number | undefined, offset: number): void {
    this.places.push(this.base + (keyOffset ?? offset), this.base + offset);
  }

  protected skipBlanks(from: number): number {
    let at = from;
    while (this.text.charCodeAt(at) === 0x20) at += 1;
    return at;
  }

  /** A key; the current place moves behind its colon. Undefined where the parser should look at it. */
  protected readKey(): string | undefined {
    const { text } = this;
    plainKey.lastIndex = this.at;
    const plain = plainKey.exec(text);
    quotedKey.lastIndex = this.at;
    const found = plain ?? quotedKey.exec(text);
    if (found === null) return undefined;
    this.at += found[0].length;
    const key = found[1] ?? found[2] ?? '';
    if (unsafeKeys.has(key) || listIndex.test(key)) return undefined;
    if (plain === null) return key;
    const resolved = resolvePlain(key);
    return 'value' in resolved && typeof resolved.value === 'string' ? key : undefined;
  }

  /** Whether a key with its colon begins here. */
  protected startsEntry(at: number): boolean {
    plainKey.lastIndex = at;
    quotedKey.lastIndex = at;
    return plainKey.test(this.text) || quotedKey.test(this.text);
  }

  /** A scalar or a collection in brackets, all on one line; the current place moves behind it. */
  protected readFlow(keyOffset: number | undefined, isInside: boolean, depth: number): unknown {
    if (depth > maxDepth || this.isTooLong()) return giveUp;
    this.place(keyOffset, this.at);
    switch (this.text.charCodeAt(this.at)) {
      case 0x22:
      case 0x27:
        return this.readQuoted();
      case 0x5b:
        return this.readFlowList(depth);
      case 0x7b:
        return this.readFlowMap(depth);
      default:
        return this.readPlain(isInside);
    }
  }

  /** Escapes, doubled quotes and quotes over several lines are the parser's. */
  private readQuoted(): unknown {
    const { text, at: start } = this;
    const close = text.indexOf(text.charAt(start), start + 1);
    if (close === -1 || close > this.lineEnd(start) || text.charCodeAt(close + 1) === text.charCodeAt(start))
      return giveUp;
    this.at = close + 1;
    const inner = text.slice(start + 1, close);
    return inner.includes('\\') ? giveUp : inner;
  }

  private readPlain(isInside: boolean): unknown {
    const { text, at: start } = this;
    plainStart.lastIndex = start;
    if (!plainStart.test(text)) return giveUp;
    const ending = isInside ? flowPlainEnd : plainEnd;
    ending.lastIndex = start;
    const end = ending.exec(text)?.index ?? text.length;
    const plain = text.slice(start, end).trimEnd();
    if (plain.includes(': ') || plain.endsWith(':') || plain === '-') return giveUp;
    this.at = start + plain.length;
    const resolved = resolvePlain(plain);
    return 'value' in resolved ? resolved.value : giveUp;
  }

  private readFlowList(depth: number): unknown {
    const list: unknown[] = [];
    while (this.toFlowItem(0x5d, list.length === 0)) {
      const item = this.readFlow(undefined, true, depth + 1);
      if (item === giveUp) return giveUp;
      list.push(item);
    }
    return this.closeFlow(0x5d) ? list : giveUp;
  }

  private readFlowMap(depth: number): unknown {
    const map: Record<string, unknown> = {};
    let isFirst = true;
    while (this.toFlowItem(0x7d, isFirst)) {
      isFirst = false;
      const keyOffset = this.at;
      const key = this.readKey();
      if (key === undefined || Object.hasOwn(map, key)) return giveUp;
      this.at = this.skipBlanks(this.at);
      const value = this.readFlow(keyOffset, true, depth + 1);
      if (value === giveUp) return giveUp;
      map[key] = value;
    }
    return this.closeFlow(0x7d) ? map : giveUp;
  }

  /** Moves over the opening bracket or a comma to an item; false at the closing bracket and at anything unexpected. */
  private toFlowItem(close: number, isFirst: boolean): boolean {
    const before = isFirst ? this.at : this.skipBlanks(this.at);
    if (!isFirst && this.text.charCodeAt(before) !== 0x2c) return false;
    const next = this.skipBlanks(before + 1);
    if (isFirst && this.text.charCodeAt(next) === close) {
      this.at = next;
      return false;
    }
    this.at = next;
    return true;
  }

  private closeFlow(close: number): boolean {
    this.at = this.skipBlanks(this.at);
    if (this.text.charCodeAt(this.at) !== close) return false;
    this.at += 1;
    return true;
  }
}
