// The parser's syntax errors in the words of somebody who wrote a manifest. Codes: https://eemeli.org/yaml/#errors
// The parser's own message is never shown: it may quote the line, which may hold a password.
import { type Document, visit, type YAMLParseError } from 'yaml';

const words: Partial<Record<YAMLParseError['code'], string>> = {
  BAD_ALIAS: 'an alias or anchor has no valid name',
  BAD_COLLECTION_TYPE: 'a tag does not fit the collection that it stands on',
  BAD_DQ_ESCAPE: 'a backslash in double quotes starts no known escape',
  BAD_INDENT: 'the indentation does not fit what stands above',
  BAD_PROP_ORDER: 'a tag or anchor stands where none may stand',
  BAD_SCALAR_START: 'a value starts with a character that must be quoted',
  BLOCK_AS_IMPLICIT_KEY:
    'a value holds a colon and a blank, as if it were a key: it lacks its quotes, or a line its line end',
  BLOCK_IN_FLOW: 'a block list or map stands inside [ ] or { }',
  KEY_OVER_1024_CHARS: 'a key is longer than 1024 characters, or its colon is missing',
  MISSING_CHAR: 'a closing quote, bracket, brace, colon or comma is missing',
  MULTILINE_IMPLICIT_KEY: 'a key has no colon, or no blank after its colon',
  MULTIPLE_ANCHORS: 'a value has more than one anchor',
  MULTIPLE_DOCS: 'a document ends before its text does',
  MULTIPLE_TAGS: 'a value has more than one tag',
  RESOURCE_EXHAUSTION: 'the nesting is too deep',
  TAB_AS_INDENT: 'a tab is used for indentation, where YAML takes blanks alone',
  UNEXPECTED_TOKEN: 'something stands where nothing may stand: often a missing blank after a colon, or a stray quote',
};

const runOn = 'the line below this value is indented more than its key, so it is read as more of the value';
const openFlow = 'a bracket or brace above is not closed, or this line must be indented more than the key before it';

/** What is wrong, in one clause; the parser's second error tells whether the first is about one line. */
export function describeSyntax(error: YAMLParseError, second: YAMLParseError | undefined): string {
  if (error.code === 'BLOCK_AS_IMPLICIT_KEY' && second?.code === 'MULTILINE_IMPLICIT_KEY') return runOn;
  if (error.code === 'BAD_INDENT' && error.message.startsWith('Flow')) return openFlow;
  return words[error.code] ?? 'the text is no YAML';
}

/**
 * Where it is wrong: of a quote that is never closed the parser knows the end of the text, its author the quote; of a line with
 * odd indentation the parser knows its blanks, its author what follows them.
 */
export function placeSyntax(error: YAMLParseError, document: Document.Parsed, text: string): number {
  let place = error.pos[0];
  if (error.code === 'BAD_INDENT') return place + (/^ */.exec(text.slice(place))?.[0].length ?? 0);
  if (error.code !== 'MISSING_CHAR') return place;
  visit(document, {
    Scalar(_, { type, range }) {
      const isQuoted = type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE';
      if (isQuoted && range && range[0] < error.pos[0] && error.pos[0] <= range[1]) [place] = range;
    },
  });
  return place;
}
