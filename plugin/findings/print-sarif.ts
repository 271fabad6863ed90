// The report of a validation as SARIF 2.1.0, for code scanning: one run, a rule for each code that occurs.
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, of which sections are named below.
import { hash } from 'node:crypto';
import { linkTo } from './print-json.ts';
import { oneLine } from './print-text.ts';
import { type SaidFinding, sayAll, type Tool, type Validation } from './validation.ts';

/** What the documentation has to say of a code. */
export interface RuleHelp {
  readonly title: string;
  readonly why: string;
  readonly markdown: string;
}

export interface SARIFOptions {
  readonly tool: Tool;
  readonly help: Readonly<Record<string, RuleHelp>>;
  /** The path of a file relative to where the run was started, `/`-separated. */
  readonly nameOf: (file: string) => string;
  /** False where the host failed, so that the findings are not all there are (3.20.14). */
  readonly isComplete: boolean;
}

const levels = { error: 'error', warning: 'warning', info: 'note' };
/** What relative addresses are relative to: nobody but the caller knows where that is (3.14.14). */
const base = 'WORKDIR';

export function printSARIF(validation: Validation, options: SARIFOptions): string {
  const { tool, isComplete } = options;
  const findings = sayAll(validation);
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  const run = {
    tool: {
      driver: {
        name: tool.name,
        semanticVersion: tool.version,
        rules: codes.map((code) => ruleOf(code, findings, options)),
      },
    },
    invocations: [
      {
        executionSuccessful: isComplete,
        // What is about no file: settings of the run (3.20.20).
        toolConfigurationNotifications: findings
          .filter(({ position }) => position === undefined)
          .map((finding) => ({
            level: levels[finding.severity],
            message: { text: sayText(finding) },
            associatedRule: { id: finding.code, index: codes.indexOf(finding.code) },
          })),
      },
    ],
    originalUriBaseIds: { [base]: { description: { text: 'The directory in which rayshield was started.' } } },
    columnKind: 'unicodeCodePoints',
    results: listResults(findings, codes, options),
  };
  return `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, undefined, 2)}\n`;
}

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

function ruleOf(code: string, findings: readonly SaidFinding[], { help }: SARIFOptions): object {
  const severity = findings.find((finding) => finding.code === code)?.severity ?? 'error';
  const { title, why, markdown } = help[code] ?? { title: code, why: code, markdown: code };
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: `${why} (${linkTo(code)})`, markdown },
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: ['kubernetes', 'ray', 'security'],
      precision: 'very-high',
      'problem.severity': problemOf[severity],
    },
  };
}

const problemOf = { error: 'error', warning: 'warning', info: 'recommendation' };

function listResults(findings: readonly SaidFinding[], codes: readonly string[], options: SARIFOptions): object[] {
  const seen = new Map<string, number>();
  return findings.flatMap((finding) => {
    const { code, severity, position } = finding;
    if (position === undefined) return [];
    const identity = identify(finding, options);
    const occurrence = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, occurrence);
    return [
      {
        ruleId: code,
        ruleIndex: codes.indexOf(code),
        level: levels[severity],
        message: { text: sayText(finding) },
        locations: [locate(finding, position, options)],
        partialFingerprints: { 'rayshieldFinding/v1': `${hash('sha256', identity).slice(0, 32)}:${occurrence}` },
      },
    ];
  });
}

const sayText = ({ about, what, remedy }: SaidFinding): string =>
  oneLine(`${about === '' ? '' : `${about}: `}${what}; ${remedy}`);

/** What stays the same when lines move: the object and its field, or where there is no object, the file. */
function identify({ code, position, resource, about }: SaidFinding, { nameOf }: SARIFOptions): string {
  return JSON.stringify([code, resource === undefined ? nameOf(position?.file ?? '') : '', about]);
}

function locate(
  finding: SaidFinding,
  { file, line, column }: NonNullable<SaidFinding['position']>,
  { nameOf }: SARIFOptions,
): object {
  const { about, field } = finding;
  return {
    physicalLocation: {
      artifactLocation: { uri: encodePath(nameOf(file)), uriBaseId: base },
      ...(line !== undefined && { region: { startLine: line, ...(column !== undefined && { startColumn: column }) } }),
    },
    ...(about !== '' && {
      logicalLocations: [{ fullyQualifiedName: oneLine(about), kind: field === '' ? 'resource' : 'property' }],
    }),
  };
}

/** A path as a relative reference (RFC 3986): a colon in its first part would make a scheme of it. */
const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
