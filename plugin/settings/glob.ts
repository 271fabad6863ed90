// Globs as Argo CD's `directory.include` and `.exclude` have them, which is gobwas/glob without separators: `*` and `**` take any
// text, slashes too; `?` one character; `[abc]`, `[a-z]`, `[!a]` one of or none of; `{a,b}` one of several; `\` the next one as it is.
// https://argo-cd.readthedocs.io/en/stable/user-guide/directory/#including-only-certain-files

/** Whether a text matches. */
export type Glob = (text: string) => boolean;

type Takes = (character: string) => boolean;
type Piece =
  | { readonly is: 'one'; readonly takes: Takes }
  | { readonly is: 'any' }
  | { readonly is: 'choice'; readonly of: readonly (readonly Piece[])[] };

/** A place in a glob: what is reached without a character, and what one character leads to. */
interface State {
  readonly free: State[];
  readonly steps: { readonly takes: Takes; readonly to: State }[];
}

// Longer than any that somebody writes; it bounds the work for each name.
const longest = 1000;

/** The glob in `pattern`; undefined where it is none. */
export function readGlob(pattern: string): Glob | undefined {
  if (pattern === '' || pattern.length > longest) return undefined;
  const reader = new GlobReader([...pattern]);
  const pieces = reader.readPieces(false);
  if (pieces === undefined || !reader.isAtEnd()) return undefined;
  const end = newState();
  const start = link(pieces, end);
  return (text) => matches(start, end, text);
}

class GlobReader {
  private at = 0;
  private readonly text: readonly string[];

  constructor(text: readonly string[]) {
    this.text = text;
  }

  isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** Up to the end, or inside braces up to what ends an alternative; undefined where something is not closed. */
  readPieces(isInBraces: boolean): Piece[] | undefined {
    const pieces: Piece[] = [];
    while (!this.isAtEnd()) {
      const character = this.text[this.at] ?? '';
      if (isInBraces && (character === ',' || character === '}')) break;
      this.at += 1;
      const piece = this.readPiece(character);
      if (piece === undefined) return undefined;
      pieces.push(piece);
    }
    return pieces;
  }

  private readPiece(character: string): Piece | undefined {
    if (character === '*') return { is: 'any' };
    if (character === '?') return { is: 'one', takes: () => true };
    if (character === '[') return this.readClass();
    if (character === '{') return this.readChoice();
    if (character !== '\\') return { is: 'one', takes: (one) => one === character };
    const escaped = this.next();
    return escaped === undefined ? undefined : { is: 'one', takes: (one) => one === escaped };
  }

  private readChoice(): Piece | undefined {
    const of: Piece[][] = [];
    for (;;) {
      const pieces = this.readPieces(true);
      if (pieces === undefined) return undefined;
      of.push(pieces);
      const end = this.next();
      if (end === '}') return { is: 'choice', of };
      if (end !== ',') return undefined;
    }
  }

  private readClass(): Piece | undefined {
    const isNegated = this.text[this.at] === '!';
    if (isNegated) this.at += 1;
    const ranges: { readonly from: string; readonly to: string }[] = [];
    for (let one = this.next(); one !== ']'; one = this.next()) {
      const from = one === '\\' ? this.next() : one;
      if (from === undefined) return undefined;
      const isRange = this.text[this.at] === '-' && this.text[this.at + 1] !== ']';
      if (isRange) this.at += 1;
      const to = isRange ? this.next() : from;
      if (to === undefined || to < from) return undefined;
      ranges.push({ from, to });
    }
    if (ranges.length === 0) return undefined;
    return { is: 'one', takes: (one) => ranges.some(({ from, to }) => one >= from && one <= to) !== isNegated };
  }

  private next(): string | undefined {
    const character = this.text[this.at];
    this.at += 1;
    return character;
  }
}

const newState = (): State => ({ free: [], steps: [] });

/** The state from which `pieces` lead to `end`. */
function link(pieces: readonly Piece[], end: State): State {
  return pieces.reduceRight((to, piece) => {
    const from = newState();
    if (piece.is === 'choice') for (const one of piece.of) from.free.push(link(one, to));
    else if (piece.is === 'one') from.steps.push({ takes: piece.takes, to });
    else {
      from.free.push(to);
      from.steps.push({ takes: () => true, to: from });
    }
    return from;
  }, end);
}

/** All ways at once, so that no pattern makes the work grow beyond its length times that of the text. */
function matches(start: State, end: State, text: string): boolean {
  let states = reach([start]);
  for (const character of text) {
    const next: State[] = [];
    for (const { steps } of states) for (const { takes, to } of steps) if (takes(character)) next.push(to);
    states = reach(next);
  }
  return states.has(end);
}

function reach(from: readonly State[]): ReadonlySet<State> {
  const reached = new Set(from);
  for (const state of reached) for (const free of state.free) reached.add(free);
  return reached;
}
