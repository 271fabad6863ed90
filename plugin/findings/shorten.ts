// Names and sentences of a length that somebody reads: a key of a hostile document may be a megabyte long, and Argo CD shows all
// of standard error to everybody.

// Longer than any name of Kubernetes, https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
const nameLength = 300;
const sentenceLength = 2500;

const cut = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length)}…`);

/** A name, cut where it is none. */
export const shortenName = (name: string): string => cut(name, nameLength);

/** A sentence; what was cut from a list in it is more of the same. */
export const shortenSentence = (sentence: string): string => cut(sentence, sentenceLength);

/** Facts with all of their texts cut, at whatever depth. */
export function shortenFacts<T>(facts: T): T {
  if (typeof facts === 'string') return shortenName(facts) as T;
  if (Array.isArray(facts)) return facts.map(shortenFacts) as T;
  if (typeof facts !== 'object' || facts === null) return facts;
  return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, shortenFacts(fact)])) as T;
}
