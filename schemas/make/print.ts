// JSON as people read it: two spaces, and what fits on one line stands on one line.

const width = 120;

/** The text of a JSON value, ending in a line feed. Key order is kept; undefined values are left out. */
export const printJSON = (value: unknown): string => `${printValue(value, '')}\n`;

function printValue(value: unknown, indent: string, key = ''): string {
  const line = `${key}${printLine(value)}`;
  if (line.length + indent.length <= width || typeof value !== 'object' || value === null) return line;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return `${key}[\n${value.map((item) => `${inner}${printValue(item, inner)}`).join(',\n')}\n${indent}]`;
  }
  const fields = entriesOf(value).map(([name, child]) => inner + printValue(child, inner, `${JSON.stringify(name)}: `));
  return `${key}{\n${fields.join(',\n')}\n${indent}}`;
}

function printLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return printScalar(value);
  const entries = entriesOf(value);
  if (entries.length === 0) return '{}';
  return `{ ${entries.map(([key, child]) => `${JSON.stringify(key)}: ${printLine(child)}`).join(', ')} }`;
}

const entriesOf = (value: object): [string, unknown][] =>
  Object.entries(value).filter(([, child]) => child !== undefined);

// JSON.stringify rounds the bounds of int64 to a number that other readers find out of range.
const printScalar = (value: unknown): string =>
  typeof value === 'number' && Number.isInteger(value) ? BigInt(value).toString() : JSON.stringify(value);
