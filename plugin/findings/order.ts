// The order of findings, and whether they let a run succeed.
import type { Finding } from './finding.ts';

export const hasError = (findings: readonly Finding[]): boolean =>
  findings.some(({ severity }) => severity === 'error');

/** By file, line, column and code. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) =>
      compare(a.position?.file ?? '', b.position?.file ?? '') ||
      (a.position?.line ?? 0) - (b.position?.line ?? 0) ||
      (a.position?.column ?? 0) - (b.position?.column ?? 0) ||
      compare(a.code, b.code),
  );
}

// By code unit, not by locale: the same order on every machine.
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
