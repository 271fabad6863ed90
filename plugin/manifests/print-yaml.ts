// Values to YAML that every reader takes for the same values. Kubernetes' reader is of YAML 1.1: `on`, `1_000` or `0777`
// unquoted are no strings to it, so every string is quoted, and what it would not read as itself is escaped.

// What a reader may take for a line end or refuse to print: https://yaml.org/spec/1.1/#id871136
const unsafe = /[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]/g;
const quick = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;
// Two letters first: a reader that takes `e0` for a number has been met.
const plainKey = /^[A-Za-z]{2}[A-Za-z0-9]*(?:[./_-][A-Za-z0-9]+)*$/;
const reserved = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
// One line of a block scalar: printable, no tab (it could be taken for indentation), no blank at its end.
const blockLine =
  /^[\x20-\x7e\xa1-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*[\x21-\x7e\xa1-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]$/;

/** A string in double quotes: valid both as JSON and as YAML of either version. */
function quote(text: string): string {
  if (quick.test(text)) return `"${text}"`;
  return JSON.stringify(text).replace(
    unsafe,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A value as a YAML document in block style, ending in a line end. Maps keep the order of their keys. */
export function printYAML(value: unknown): string {
  const parts: string[] = [];
  if (isNested(value)) printBlock(value, '', '', parts);
  else parts.push(printFlat(value), '\n');
  // Joined once: a text that grows by pieces stays a tree of pieces, five times its size.
  return parts.join('');
}

/** A value as JSON text of two blanks' indentation, safe to be read as YAML, ending in a line end. */
export const printJSON = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replace(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;

const isNested = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;

/** Prints the lines of a map or list; `lead` is what its first line still needs: a list item begins on its dash's line. */
function printBlock(value: object, indent: string, lead: string, parts: string[]): void {
  if (Array.isArray(value)) printList(value, indent, lead, parts);
  else printMap(value, indent, lead, parts);
}

function printList(items: readonly unknown[], indent: string, lead: string, parts: string[]): void {
  let start = lead;
  for (const item of items) {
    parts.push(start, '- ');
    if (isNested(item)) printBlock(item, `${indent}  `, '', parts);
    else parts.push(printScalar(item, `${indent}  `), '\n');
    start = indent;
  }
}

function printMap(map: object, indent: string, lead: string, parts: string[]): void {
  let start = lead;
  for (const [key, child] of Object.entries(map)) {
    if (child === undefined) continue;
    parts.push(start, printKey(key), ':');
    // Lists stand under their key without indentation, as kubectl prints them.
    const inner = Array.isArray(child) ? indent : `${indent}  `;
    if (isNested(child)) {
      parts.push('\n');
      printBlock(child, inner, inner, parts);
    } else parts.push(' ', printScalar(child, `${indent}  `), '\n');
    start = indent;
  }
}

const printKey = (key: string): string => (plainKey.test(key) && !reserved.test(key) ? key : quote(key));

function printScalar(value: unknown, indent: string): string {
  if (typeof value !== 'string' || !value.includes('\n')) return printFlat(value);
  const lines = value.replace(/\n$/, '').split('\n');
  if (!isBlock(lines)) return quote(value);
  const body = lines.map((line) => (line === '' ? '' : indent + line)).join('\n');
  return `${value.endsWith('\n') ? '|' : '|-'}\n${body}`;
}

/** Whether a block scalar without an indentation indicator gives back exactly these lines. */
function isBlock(lines: readonly string[]): boolean {
  const first = lines[0] ?? '';
  if (first === '' || first.startsWith(' ') || lines.at(-1) === '') return false;
  return lines.every((line) => line === '' || blockLine.test(line));
}

function printFlat(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return '[]';
  return typeof value === 'object' && value !== null ? '{}' : String(value);
}
