// Cuts a document of a few well-known keys at them, and a list below a key at its items, without reading what stands in them:
// by lines, as all orchestrators print it, else by the places that the parser gives, as of JSON.
import { type Document, isCollection, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { findKeyBeyond } from './count-keys.ts';
import type { Manifest } from './manifest.ts';
import { limitsForOthers } from './problem.ts';

/** A key at the top of a document with all that belongs to it. */
export interface Section {
  readonly name: string;
  /** From the line of the key to the next key. */
  readonly text: string;
  /** What stands behind the key's colon. */
  readonly value: Manifest;
  /** The items of a list below the key; undefined where there is none. */
  readonly items?: readonly Manifest[];
  /** How far their dashes are indented. */
  readonly indent: string;
}

// A line that belongs to the top of the document: no blank, comment or dash. Not the `m` flag, as in split.ts.
const topLine = /(?:^|(?<=\n))[^\s#-][^\n]*/g;
const keyOfLine = /^([A-Za-z]+):(?=[ \t\r]|$)/;
const dashLine = /(?:^|(?<=\n))( *)-(?=[ \t\r\n]|$)/g;
// A list has items below its key, or is written as an empty one.
const emptyList = /^[ \t]*(?:\[\s*\])?[ \t]*(?:#[^\n]*)?\s*$/;

/** The sections of a document in order; undefined where it is no map. */
export function cutSections(document: Manifest): readonly Section[] | undefined {
  const lines = [...document.text.matchAll(topLine)];
  const keys = lines.map(([line]) => keyOfLine.exec(line)?.[1]);
  if (lines.length === 0 || keys.includes(undefined)) return parseSections(document);
  const sections = lines.map(({ index: start }, at): Section | undefined => {
    const name = keys[at] ?? '';
    // What stands above the first key belongs to it.
    const text = document.text.slice(at === 0 ? 0 : start, lines[at + 1]?.index);
    const value = part(document, start + name.length + 1, lines[at + 1]?.index);
    if (name !== 'items') return { name, text, value, indent: '' };
    return cutItems(document, { name, text, value });
  });
  return sections.includes(undefined) ? parseSections(document) : sections.filter((one) => one !== undefined);
}

const part = (document: Manifest, start: number, end?: number): Manifest => ({
  source: document.source,
  offset: document.offset + start,
  prefix: '',
  text: document.text.slice(start, end),
});

/** Undefined where the list is not one of blocks. */
function cutItems(document: Manifest, section: Omit<Section, 'indent'>): Section | undefined {
  const { value } = section;
  const below = value.text.indexOf('\n') + 1;
  if (emptyList.test(value.text)) return { ...section, items: [], indent: '' };
  if (below === 0 || !emptyList.test(value.text.slice(0, below))) return undefined;
  const dashes = [...value.text.matchAll(dashLine)];
  const indent = dashes[0]?.[1];
  if (indent === undefined) return undefined;
  const starts = dashes.filter((dash) => dash[1] === indent).map(({ index }) => index);
  const base = value.offset - document.offset;
  const items = starts.map((start, at): Manifest => {
    const item = part(document, base + start, base + (starts[at + 1] ?? value.text.length));
    return { ...item, text: `${indent} ${item.text.slice(indent.length + 1)}` };
  });
  return { ...section, items, indent };
}

function parseSections(document: Manifest): readonly Section[] | undefined {
  const parsed = parse(document.text);
  if (parsed === undefined || parsed.errors.length > 0 || !isMap(parsed.contents)) return undefined;
  return parsed.contents.items.map(({ key, value }): Section => {
    const name = isScalar(key) ? String(key.value) : '';
    const own = cutNode(document, value);
    const isBlock = isCollection(value) && value.flow !== true;
    // What stands in brackets may have its lines anywhere, but in a map of blocks.
    const text = isBlock ? `${name}:\n${own.text}\n` : `${name}: ${own.text.replaceAll('\n', '\n  ')}\n`;
    const section = { name, text, value: own, indent: '' };
    return isSeq(value) ? { ...section, items: value.items.map((item) => cutNode(document, item)) } : section;
  });
}

/** Undefined where the text is larger or deeper than the parser can be given. */
function parse(text: string): Document.Parsed | undefined {
  if (findKeyBeyond(text, limitsForOthers.maxKeys) !== undefined) return undefined;
  try {
    return parseDocument(text, { schema: 'failsafe', uniqueKeys: false, prettyErrors: false });
  } catch {
    return undefined;
  }
}

/** The text of a node; of one made of blocks with the indentation that its first line has. */
function cutNode(document: Manifest, node: unknown): Manifest {
  const [start = 0, end = 0] = (node as { readonly range?: readonly number[] | null } | null)?.range ?? [];
  const own = part(document, start, end);
  if (!isCollection(node) || node.flow === true) return own;
  const column = start - (document.text.lastIndexOf('\n', start - 1) + 1);
  return { ...own, offset: own.offset - column, text: `${' '.repeat(column)}${own.text}` };
}
