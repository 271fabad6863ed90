// Findings as lines of text: `file:line:col: severity CODE Kind namespace/name field: what is wrong; what to do`.
import type { FieldPath, Finding, Position, ResourceRef } from './finding.ts';
import { sortFindings } from './order.ts';
import { sayFinding } from './say.ts';

/** What is said again and again is said ten times: errors must all be mended, but not all be read at once. */
const shownPerCode = { error: 100, warning: 10, info: 10 };

/** How a finding becomes a text of its own. */
type Printer = (finding: Finding) => string;

/** All findings, sorted, a line each; of one code a bounded number, and a line that counts the rest. */
export function printFindings(findings: readonly Finding[], print: Printer = printFinding): string {
  const counts = new Map<string, number>();
  const lines: string[] = [];
  for (const finding of sortFindings(findings)) {
    const count = (counts.get(finding.code) ?? 0) + 1;
    counts.set(finding.code, count);
    if (count <= shownPerCode[finding.severity]) lines.push(print(finding));
  }
  const hidden = new Map(
    findings.map(({ code, severity }) => [code, (counts.get(code) ?? 0) - shownPerCode[severity]]),
  );
  for (const [code, rest] of [...hidden].sort()) if (rest > 0) lines.push(`... and ${rest} more ${code}`);
  return lines.map((line) => `${line}\n`).join('');
}

/** One finding as one line, without a line end. */
export function printFinding(finding: Finding): string {
  const [what, remedy] = sayFinding(finding);
  const place = finding.position === undefined ? '' : `${printPosition(finding.position)}: `;
  const { about } = describeField(finding);
  const head = [finding.severity, finding.code, ...(about === '' ? [] : [about])].join(' ');
  return oneLine(`${place}${head}: ${what}; ${remedy}`);
}

/** What a finding is about: `RayCluster ml/demo spec.rayVersion`, and the field alone; empty where it is about none. */
export function describeField({ resource, field = [] }: Finding): { readonly about: string; readonly field: string } {
  const path = printPath(field);
  const about = [...(resource ? [printResource(resource)] : []), ...(path === '' ? [] : [path])].join(' ');
  return { about, field: path };
}

export const printPosition = ({ file, line, column }: Position): string =>
  [file, ...(line === undefined ? [] : [line, column ?? 1])].join(':');

const printResource = ({ kind, namespace, name }: ResourceRef): string =>
  name === undefined ? kind : `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;

/** `spec.workerGroupSpecs[0].template`; a key with dots or blanks in brackets and quotes. */
export const printPath = (path: FieldPath): string =>
  path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!/^[A-Za-z_][\w-]*$/.test(step)) return `[${JSON.stringify(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');

/** The text without line ends and the like: a name from the input may hold them, or escape sequences of a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it takes out
export const oneLine = (text: string): string => text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g, ' ');
