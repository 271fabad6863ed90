// One document's text to a value with the places of its parts: quickly where it is plain, by the whole parser where it is not.
import { type Document, parseDocument } from 'yaml';
import { findKeyBeyond } from './count-keys.ts';
import type { Content } from './manifest.ts';
import { NodeReader } from './node-reader.ts';
import type { Limits, Problem } from './problem.ts';
import { quickDepth, readQuickly } from './quick-read.ts';
import { describeSyntax, placeSyntax } from './syntax.ts';

/** The syntax alone is bad (`value` absent), or the value is there and `problems` say what of it is not safe. */
export interface Composition extends Partial<Omit<Content, 'doubts'>> {
  readonly problems: readonly Problem[];
}

/** Reads one document. `base` is where `text` begins in its file, for the places. */
export function compose(text: string, base: number, limits: Limits): Composition {
  const quick = limits.maxDepth < quickDepth ? undefined : readQuickly(text, base, limits.maxKeys);
  return quick === undefined ? parse(text, base, limits) : { ...quick, problems: [] };
}

/** The same by the whole parser: what quick-read.ts is held to. */
export function parse(text: string, base: number, limits: Limits): Composition {
  const beyond = findKeyBeyond(text, limits.maxKeys);
  if (beyond !== undefined)
    return { problems: [{ code: 'TOO_MANY_KEYS', offset: beyond, facts: { limit: limits.maxKeys } }] };
  let document: Document.Parsed;
  try {
    document = parseDocument(text, { schema: 'failsafe', uniqueKeys: false, prettyErrors: false, stringKeys: false });
  } catch {
    // The parser's own recursion ended: far beyond any depth that is allowed.
    return { problems: [{ code: 'TOO_DEEP', offset: 0, facts: { limit: limits.maxDepth } }] };
  }
  // What the parser says after its first error is mostly that error again.
  const [error, second] = document.errors;
  if (error !== undefined) {
    const facts = { problem: describeSyntax(error, second) };
    return { problems: [{ code: 'YAML_SYNTAX', offset: placeSyntax(error, document, text), facts }] };
  }
  const reader = new NodeReader(base, limits);
  const value = reader.read(document.contents, undefined, 0);
  return { value, places: new Int32Array(reader.places), problems: reader.problems };
}
