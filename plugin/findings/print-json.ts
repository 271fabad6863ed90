// The report of a validation as one JSON document: schemas/rayshield.io/validationreport_v1alpha1.json.
import type { ResourceRef } from './finding.ts';
import { countFindings, isFailed, type SaidFinding, sayAll, type Tool, type Validation } from './validation.ts';

export function printJSON(validation: Validation, tool: Tool): string {
  const { error, warning, info } = countFindings(validation.findings);
  const { files, documents, objects, expanded } = validation;
  const report = {
    apiVersion: 'rayshield.io/v1alpha1',
    kind: 'ValidationReport',
    tool,
    failed: isFailed(validation),
    summary: {
      files: files.length,
      documents,
      objects: objects.length,
      rayObjects: objects.filter(({ isRay }) => isRay).length,
      ...(expanded === undefined ? {} : { expanded }),
      errors: error,
      warnings: warning,
      infos: info,
    },
    findings: sayAll(validation).map(describe),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function describe({ code, severity, position, resource, field, what, remedy }: SaidFinding): object {
  return {
    code,
    severity,
    ...position,
    ...(resource && { resource: resource satisfies ResourceRef }),
    ...(field !== '' && { field }),
    message: what,
    remedy,
    help: linkTo(code),
  };
}

/** The section of the documentation about a code, relative to the root of the repository. */
export const linkTo = (code: string): string => `docs/findings.md#${code.toLowerCase()}`;
