// What a tool that failed wanted to say, in one line: the last line of its output that is no progress, advice or detail.

const noise = /^(go: (downloading|added|found|finding)\b|hint:|note:|warning:|\[notice\]|\[end of output\]|#)/i;
// The address that a registry has on this machine says nothing to a reader.
const address = /\breading https?:\/\/\S+: /;

const failure = /^(error|fatal|e|go|python3)\b\S*:|\berror: /i;

/** The one line that says why; `otherwise` where the tool said nothing. */
export function readRefusal(output: string, otherwise: string): string {
  const lines = output
    .split('\n')
    // Indented lines are details of the line above.
    .filter((line) => line.trim() !== '' && !/^\s/.test(line) && !noise.test(line));
  return (lines.findLast((line) => failure.test(line)) ?? lines.at(-1) ?? otherwise).replace(address, '').trim();
}

/** Whether a registry has said no, so that asking again is of no use (RFC 9110, section 15.5). */
export const isFinal = (refusal: string): boolean => /\b(403 Forbidden|404 Not Found|410 Gone)\b/.test(refusal);

/** The error in the JSON that `go mod download -json` prints, without the server's further words. */
export function readModuleError(json: string | undefined): Error | undefined {
  try {
    const { Error: message } = JSON.parse(json ?? '') as { Error?: string };
    return message === undefined ? undefined : new Error(readRefusal(message, message));
  } catch {
    return undefined;
  }
}
