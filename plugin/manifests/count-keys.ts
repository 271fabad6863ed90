// Whether a text has more keys and list entries than may be, told before a tree is made of them: the parser takes ten times the
// memory of the lexer, and several times its time. https://eemeli.org/yaml/#lexer
import { Lexer } from 'yaml';

// What the lexer puts between the pieces of the source: the start of a document, the end of a collection, the start of a scalar.
const isMark = (lexeme: string): boolean => lexeme === '\x02' || lexeme === '\x18' || lexeme === '\x1f';

/**
 * The offset at which a text surely has more than `limit` nodes; undefined where it may have less, which only reading tells. A
 * colon or a dash makes one node each, and so does a comma, but for one between pairs, which have their colons.
 */
export function findKeyBeyond(text: string, limit: number): number | undefined {
  // A node takes two characters at least.
  if (text.length <= limit * 2) return undefined;
  const counts = { colons: 0, commas: 0, dashes: 0 };
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme === ':') counts.colons += 1;
    else if (lexeme === ',') counts.commas += 1;
    else if (lexeme === '-') counts.dashes += 1;
    if (Math.max(counts.colons, counts.commas) + counts.dashes > limit) return offset;
    if (!isMark(lexeme)) offset += lexeme.length;
  }
  return undefined;
}
