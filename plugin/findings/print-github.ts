// The report of a validation as workflow commands, which GitHub Actions shows at the lines of a pull request.
// Commands: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
// Escapes: actions/toolkit, packages/core/src/command.ts (escapeData, escapeProperty).
import { oneLine, printPosition } from './print-text.ts';
import { type SaidFinding, sayAll, summarize, type Validation } from './validation.ts';

const commands = { error: 'error', warning: 'warning', info: 'notice' };

/** `nameOf` gives a file's path relative to where the run was started; undefined for what is no file. */
export function printGitHub(validation: Validation, nameOf: (file: string) => string | undefined): string {
  const lines = sayAll(validation).map((finding) => printCommand(finding, nameOf));
  return [...lines, summarize(validation)].map((line) => `${line}\n`).join('');
}

function printCommand(finding: SaidFinding, nameOf: (file: string) => string | undefined): string {
  const { code, severity, position, about, what, remedy } = finding;
  const file = position && nameOf(position.file);
  // Standard input is no file that a line could be shown in.
  const place = position !== undefined && file === undefined ? `${printPosition(position)}: ` : '';
  const properties = Object.entries({
    file,
    line: file === undefined ? undefined : position?.line,
    col: file === undefined ? undefined : position?.column,
    title: [code, about].join(' ').trimEnd(),
  }).filter(([, value]) => value !== undefined);
  const printed = properties.map(([name, value]) => `${name}=${escapeProperty(oneLine(String(value)))}`).join(',');
  return `::${commands[severity]} ${printed}::${escapeData(oneLine(`${place}${what}; ${remedy}`))}`;
}

const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
