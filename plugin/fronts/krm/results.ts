// Findings as the results of a KRM function:
// https://github.com/kubernetes-sigs/kustomize/blob/master/cmd/config/docs/api-conventions/functions-spec.md
import type { Finding } from '../../findings/finding.ts';
import { sortFindings } from '../../findings/order.ts';
import { oneLine, printPath } from '../../findings/print-text.ts';
import { sayFinding } from '../../findings/say.ts';
import { stdinFile } from '../read-input.ts';
import type { Origin } from './items.ts';

/** The results of all findings in their order; undefined where there are none. */
export function buildResults(
  findings: readonly Finding[],
  originOf: (finding: Finding) => Origin | undefined,
): readonly object[] | undefined {
  return findings.length === 0 ? undefined : sortFindings(findings).map((one) => buildResult(one, originOf(one)));
}

function buildResult(finding: Finding, origin: Origin | undefined): object {
  const { code, severity, resource, field, position } = finding;
  const [what, remedy] = sayFinding(finding);
  // Standard input is no file that anybody has.
  const file = position?.file === stdinFile ? undefined : position?.file;
  const index = origin?.index;
  return {
    message: oneLine(`${code}: ${what}; ${remedy}`),
    severity,
    ...(resource && {
      resourceRef: { ...(origin?.apiVersion !== undefined && { apiVersion: origin.apiVersion }), ...resource },
      // A field is one of a resource.
      ...(field !== undefined && field.length > 0 && { field: { path: printPath(field) } }),
    }),
    ...(file !== undefined && { file: { path: file, ...(index !== undefined && { index }) } }),
    tags: { code },
  };
}
