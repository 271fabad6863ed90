// Whether a document says nothing: Kubernetes and Argo CD skip it, so that a stream of such documents alone is empty.

/** True for white space, comments and a bare null. */
export const isBlank = (text: string): boolean =>
  !/^[ \t]*[^\s#]/m.test(text) || /^\s*(~|null)\s*(#.*)?\s*$/.test(text);

/**
 * Where the lines from `from` on end that `line`, a sticky expression for one of them with its end, matches. Line by line: an
 * expression that repeats a group millions of times fills the stack of its engine.
 */
export function skipLines(text: string, from: number, line: RegExp): number {
  let at = from;
  for (line.lastIndex = at; line.test(text); line.lastIndex = at) at = line.lastIndex;
  return at;
}
