// The report of a validation as text: findings as everywhere else, each with the line that it is about, and a closing count.
import type { Finding } from './finding.ts';
import { printFinding, printFindings } from './print-text.ts';
import { printSourceLine } from './source-line.ts';
import { summarize, type Validation } from './validation.ts';

export interface TextOptions {
  /** The texts of the files by name. */
  readonly texts: ReadonlyMap<string, string>;
  readonly isColoured: boolean;
}

// Select Graphic Rendition: ECMA-48, section 8.3.117.
const colours = { error: '\u001b[1;31m', warning: '\u001b[1;33m', info: '\u001b[1;34m' };
const plain = '\u001b[0m';

export function printReport(validation: Validation, { texts, isColoured }: TextOptions): string {
  const print = (finding: Finding): string => {
    const line = printFinding(finding);
    const source = printSourceLine(finding, texts.get(finding.position?.file ?? '') ?? '');
    return [isColoured ? colour(line, finding) : line, ...(source === undefined ? [] : [source])].join('\n');
  };
  return `${printFindings(validation.findings, print)}${summarize(validation)}\n`;
}

/** The severity is the first such word behind the place: names of files come before it, names of objects after it. */
function colour(line: string, { severity, code }: Finding): string {
  return line.replace(`${severity} ${code}`, `${colours[severity]}${severity}${plain} ${code}`);
}
