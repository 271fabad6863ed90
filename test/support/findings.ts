// Findings as tests look at them.
import { expect } from 'vitest';
import type { Finding } from '../../plugin/findings/finding.ts';
import { printFinding } from '../../plugin/findings/print-text.ts';

/** `file CODE` of each; every message is made once, so that none is made of facts that are missing. */
export function summarize(findings: readonly Finding[]): string[] {
  for (const finding of findings) expect(printFinding(finding)).not.toMatch(/undefined|NaN|\[object|\.$/);
  return findings.map(({ position, code }) => (position === undefined ? code : `${position.file} ${code}`));
}
