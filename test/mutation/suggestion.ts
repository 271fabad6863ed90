// What a message advises to write, as its reader sees it.
const advice = /(?:did you mean|write it as|write) (?:\w+: )?([^\s?,;]+)/;

/** The first name that a message suggests, without the path before it; undefined where it suggests none. */
export function readSuggestion(message: string): string | undefined {
  const remedy = message.slice(message.lastIndexOf('; ') + 2);
  return advice.exec(remedy)?.[1]?.split('.').at(-1);
}
