// Findings about a file as a whole, or about the run itself, where no Kubernetes object is there to refer to.
import type { Finding, Report } from '../findings/finding.ts';
import { findingTable } from '../findings/table.ts';

/** A Report that puts findings about `file` into `findings`; without a file they have no position. */
export const reportAt =
  (findings: Finding[], file?: string): Report =>
  (code, _path, facts) => {
    const position = file === undefined ? {} : { position: { file } };
    findings.push({ code, severity: findingTable[code].severity, ...position, facts } as Finding);
  };
