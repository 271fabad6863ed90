// What a run of `rayshield validate` has found and looked at: the one record that all report formats are views of.
import type { Finding, Position, ResourceRef } from './finding.ts';
import { sortFindings } from './order.ts';
import { describeField } from './print-text.ts';
import { sayFinding } from './say.ts';
import type { Severity } from './words.ts';

/** One object that was looked at. */
export interface CheckedObject {
  readonly file: string;
  /** Where the object begins. */
  readonly line: number;
  readonly apiVersion: string;
  readonly resource: ResourceRef;
  readonly isRay: boolean;
  /** Held against the schema of its kind; else only its text was read. */
  readonly hasSchema: boolean;
}

export interface Validation {
  readonly findings: readonly Finding[];
  /** The names of the files that were read, in order. */
  readonly files: readonly string[];
  readonly documents: number;
  readonly objects: readonly CheckedObject[];
  /** How many Ray objects rayshield has expanded; only where that was looked at. */
  readonly expanded?: number;
  /** Whether warnings about a file, or about no file, fail the run. */
  readonly isStrict: (file: string | undefined) => boolean;
}

/** The program that speaks. */
export interface Tool {
  readonly name: string;
  readonly version: string;
}

/** A finding with its words. */
export interface SaidFinding {
  readonly code: string;
  readonly severity: Severity;
  readonly position: Position | undefined;
  readonly resource: ResourceRef | undefined;
  /** `RayCluster ml/demo spec.rayVersion`; empty where the finding is about no object. */
  readonly about: string;
  /** `spec.rayVersion`; empty where the finding is about no field. */
  readonly field: string;
  readonly what: string;
  readonly remedy: string;
}

/** The findings in the order in which they are printed, each with its words. */
export const sayAll = ({ findings }: Validation): readonly SaidFinding[] => sortFindings(findings).map(say);

function say(finding: Finding): SaidFinding {
  const { code, severity, position, resource } = finding;
  const [what, remedy] = sayFinding(finding);
  return { code, severity, position, resource, ...describeField(finding), what, remedy };
}

/** How many findings of each severity there are. */
export function countFindings(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

/** Whether a finding fails the run. */
export const isFailing = (
  { severity, position }: Pick<SaidFinding, 'severity'> & { readonly position?: Position | undefined },
  { isStrict }: Validation,
): boolean => severity === 'error' || (severity === 'warning' && isStrict(position?.file));

/** Whether the findings fail the run. */
export const isFailed = (validation: Validation): boolean =>
  validation.findings.some((finding) => isFailing(finding, validation));

/** `3 files, 12 documents, 2 Ray objects: 1 error, 2 warnings`; of a final stream `2 Ray objects (1 expanded)`. */
export function summarize(validation: Validation): string {
  const { findings, files, documents, objects, expanded } = validation;
  const { error, warning, info } = countFindings(findings);
  const checked = [
    count(files.length, 'file'),
    count(documents, 'document'),
    count(objects.filter(({ isRay }) => isRay).length, 'Ray object'),
  ];
  const found = [count(error, 'error'), count(warning, 'warning'), count(info, 'info')].filter(
    (_, index) => [error, warning, info][index] !== 0,
  );
  const failedByWarning = error === 0 && isFailed(validation) ? ' (warnings fail this run)' : '';
  const ofThem = expanded === undefined ? '' : ` (${expanded} expanded)`;
  return `${checked.join(', ')}${ofThem}: ${found.join(', ') || 'no findings'}${failedByWarning}`;
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
