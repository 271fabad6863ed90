// `rayshield settings`: every setting with its value and who gave it, and what the platform file asks for beside them.
import type { Finding } from '../findings/finding.ts';
import { printFindings } from '../findings/print-text.ts';
import { gatherApplicationSettings } from './argocd/settings.ts';
import type { Arguments } from './arguments.ts';
import { findInput } from './files/input.ts';
import { valuesOf } from './flags.ts';
import type { Io, Outcome } from './io.ts';
import { conclude, isOfHost, refuseFlags } from './pipeline.ts';
import { workingDirectory } from './read-input.ts';
import { reportAt } from './report.ts';
import { readEnvironment } from './settings/environment.ts';
import { gatherSettings } from './settings/gather.ts';
import { printSettings, printSettingsJSON } from './settings/print.ts';

/** Prints the settings that a run over `args.paths` would have; under Argo CD, those of the application. */
export async function showSettings(args: Arguments, io: Io): Promise<Outcome> {
  const findings: Finding[] = [];
  const report = reportAt(findings);
  const values = valuesOf('format', 'settings') ?? [];
  if (!values.includes(args.format)) {
    report('FLAG_VALUE_UNKNOWN', [], { flag: '--format', values });
    return { exitCode: 2, stdout: [], stderr: printFindings(findings) };
  }
  const paths = args.paths.filter((path) => path !== '-');
  const found: Finding[] = [];
  const roots = paths.length > 0 ? findInput(paths, io.cwd, found).roots : [workingDirectory(io)];
  // No manifest is read, so there may be none.
  findings.push(...found.filter(isOfHost));
  const resolved = io.env['ARGOCD_APP_NAME']
    ? gatherApplicationSettings(io, roots, args.flags, findings)
    : gatherSettings(io, roots, { environment: readEnvironment(io.env, report), flags: args.flags }, findings);
  const refused = refuseFlags(findings);
  if (refused !== undefined) return refused;
  const print = args.format === 'json' ? printSettingsJSON : printSettings;
  return conclude(findings, resolved.settings, () => [print(resolved)]);
}
