// Findings as lines of text: `file:line:col: severity CODE Kind namespace/name field: what is wrong; what to do`.
import type { FieldPath, Finding, Position, ResourceRef } from './finding.ts';
import { sortFindings } from './order.ts';
import { sayFinding } from './say.ts';
import { shortenName } from './shorten.ts';

/** What is said again and again is said ten times: errors must all be mended, but not all be read at once. */
const shownPerCode = { error: 100, warning: 10, info: 10 };

/** How a finding becomes a text of its own. */
type Printer = (finding: Finding) => string;

/** How many bytes of findings standard error gets: callers such as Argo CD keep all of it, and show it in one box. */
const standardErrorBytes = 7500;

/** All findings, sorted, a line each; of one code a bounded number, and a line that counts the rest. */
export function printFindings(findings: readonly Finding[], print: Printer = printFinding): string {
  return printLines(findings, showSome(findings), print);
}

/**
 * The same within what standard error gets: errors come before warnings, and those before infos, where not all fit. Of a run that
 * failed they stand in that order too: in Argo CD's window little more than the first line is seen.
 */
export function printForStandardError(findings: readonly Finding[], isFailed = false): string {
  const shown = showSome(findings);
  const byWeight = [...shown].sort((a, b) => weigh(a) - weigh(b));
  let used = 0;
  const fits = byWeight.filter((finding, index) => {
    used += new TextEncoder().encode(printFinding(finding)).length + 1;
    return used <= standardErrorBytes || index === 0;
  });
  const fitting = new Set(fits);
  return printLines(findings, isFailed ? fits : shown.filter((finding) => fitting.has(finding)), printFinding);
}

const weights = { error: 0, warning: 1, info: 3 } as const;

/** That a warning has failed the run says less than the warning itself. */
const weigh = ({ code, severity }: Finding): number => (code === 'FAIL_ON_WARNING' ? 2 : weights[severity]);

/** The findings to show in their order: of each code the first ones. */
function showSome(findings: readonly Finding[]): Finding[] {
  const counts = new Map<string, number>();
  return sortFindings(findings).filter(({ code, severity }) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count <= shownPerCode[severity];
  });
}

function printLines(findings: readonly Finding[], shown: readonly Finding[], print: Printer): string {
  const hidden = new Map<string, number>();
  for (const { code } of findings) hidden.set(code, (hidden.get(code) ?? 0) + 1);
  for (const { code } of shown) hidden.set(code, (hidden.get(code) ?? 0) - 1);
  const more = [...hidden].sort().flatMap(([code, rest]) => (rest > 0 ? [`... and ${rest} more ${code}`] : []));
  return [...shown.map(print), ...more].map((line) => `${line}\n`).join('');
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
  [
    shortenName(kind),
    ...(name === undefined
      ? []
      : [
          [namespace, name]
            .filter((part) => part !== undefined)
            .map(shortenName)
            .join('/'),
        ]),
  ].join(' ');

/** `spec.workerGroupSpecs[0].template`; a key with dots or blanks in brackets and quotes. */
export const printPath = (path: FieldPath): string =>
  path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      const name = shortenName(step);
      if (!/^[A-Za-z_][\w-]*$/.test(name)) return `[${JSON.stringify(name)}]`;
      return index === 0 ? name : `.${name}`;
    })
    .join('');

/** The text without line ends and the like: a name from the input may hold them, or escape sequences of a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it takes out
export const oneLine = (text: string): string => text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g, ' ');
