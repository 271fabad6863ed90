// What a tool said on standard error, fit to be shown to everybody who sees the application: the paths of this machine, credentials and
// what looks like a secret taken out, and cut to a length at which the message around it can still be read.

const longest = 1500;
// More is not looked at: what is said first says what is wrong.
const mostRead = 16_384;

/** What stands in the place of a text that is not shown. */
const hidden = '<hidden>';

export interface Renamed {
  readonly path: string;
  /** What the user knows it as. */
  readonly shown: string;
}

/** The text of `stderr`, with `renamed` paths by the names that the user knows. */
export function quoteTool(stderr: string, renamed: readonly Renamed[]): string {
  const read = stderr.slice(0, mostRead).replace(/-----BEGIN [\s\S]*?(?:-----END [^\n]*|$)/g, hidden);
  const named = renamed.reduce((text, { path, shown }) => text.replaceAll(path, shown), read);
  const lines = named
    .split('\n')
    .map((line) => redact(line.trim()))
    .filter((line) => line !== '' && !isNoise(line));
  const text = [...new Set(lines)].join(' ');
  return text.length <= longest ? text : `${text.slice(0, longest)}...`;
}

// Warnings of old kustomizations, and that of Helm about the modes of a file that it is not even given.
const isNoise = (line: string): boolean =>
  /^(# )?warning:/i.test(line) || /^(level=WARN|time=\S+ level=WARN)/.test(line);

// Each begins where a word does: else a line of a thousand letters would be tried a thousand times.
function redact(line: string): string {
  return (
    line
      // https://user:password@host
      .replace(/(?<![a-z0-9+.-])([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, `$1${hidden}@`)
      // password: x, API_TOKEN=x, "secretKey": "x"
      .replace(
        /(?<![\w.-])([\w.-]*(?:passw|secret|token|credential|private|apikey|api_key|api-key)[\w.-]*["']?\s*[:=]\s*)(?:"[^"]*"|'[^']*'|[^\s,;]+)/gi,
        `$1${hidden}`,
      )
      // The data of a Secret is base64; so are keys and most tokens.
      .replace(
        /(?<![\w/.-])(?=[A-Za-z0-9+/_-]*\d)(?=[A-Za-z0-9+/_-]*[A-Z])[A-Za-z0-9+/_-]{24,}={0,2}(?![\w/.])/g,
        hidden,
      )
  );
}
