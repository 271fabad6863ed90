// Collects what a check reports, and makes every message once, so that none is made of facts that are missing.
import { expect } from 'vitest';
import type { Finding, Report } from '../../plugin/findings/finding.ts';
import { sayFinding } from '../../plugin/findings/say.ts';
import { findingTable } from '../../plugin/findings/table.ts';

/** A finding as tests look at it: `path` joined by dots. */
export interface Reported {
  readonly code: Finding['code'];
  readonly path: string;
  readonly facts: unknown;
  readonly message: string;
}

/** What `check` reports, in order. */
export function collectReports(check: (report: Report) => void): readonly Reported[] {
  const found: Reported[] = [];
  check((code, path, facts) => {
    const [what, remedy] = sayFinding({ code, severity: findingTable[code].severity, facts } as Finding);
    const message = `${what}; ${remedy}`;
    expect(message).not.toMatch(/undefined|NaN|\[object|\.$/);
    found.push({ code, path: path.join('.'), facts, message });
  });
  return found;
}
