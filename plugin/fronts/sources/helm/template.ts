// `helm template` of the chart in an application's folder, with the options that Argo CD gives it, so that who moves gets the same objects:
// https://github.com/argoproj/argo-cd/blob/v3.5.1/util/helm/cmd.go
import type { Finding } from '../../../findings/finding.ts';
import type { Source } from '../../../manifests/manifest.ts';
import { sourceSettings } from '../../../settings/source-settings.ts';
import { reportAt } from '../../report.ts';
import type { Rendering } from '../rendering.ts';
import { runTool } from '../run-tool.ts';
import { checkChart } from './check-chart.ts';
import { buildDependencies, lacksDependency } from './dependencies.ts';
import { locateFault, splitByTemplate } from './origin.ts';
import { type Staged, stageFiles } from './stage-files.ts';

/** What Helm prints; nothing where `findings` were told why. */
export async function templateChart(
  file: string,
  rendering: Rendering,
  findings: Finding[],
): Promise<readonly Source[]> {
  const { place, settings } = rendering;
  const before = findings.length;
  const release = nameRelease(rendering, findings);
  checkChart(place.folder, place, settings, findings);
  const staged = findings.length > before ? undefined : stageFiles(rendering, findings);
  if (findings.length > before || staged === undefined || release === undefined) return [];
  const args = ['template', release, '.', ...optionsOf(rendering, staged)];
  const run = { tool: 'helm', args, file, renamed: staged.renamed, locate: locateFault };
  const said: Finding[] = [];
  let text = await runTool(run, rendering, said);
  if (said.some(({ code, facts }) => code === 'TOOL_FAILED' && 'said' in facts && lacksDependency(facts.said))) {
    const cwd = await buildDependencies(rendering, findings);
    if (cwd === undefined) return [];
    said.length = 0;
    text = await runTool(
      { ...run, cwd, renamed: [...staged.renamed, { path: `${cwd}/`, shown: '' }] },
      rendering,
      said,
    );
  }
  findings.push(...said);
  return text === undefined ? [] : splitByTemplate(text);
}

/** Helm's own limits, of a name that nobody has written for Helm. */
function nameRelease({ settings, applicationName }: Rendering, findings: Finding[]): string | undefined {
  const name = settings.helmReleaseName || applicationName;
  if (name !== '' && 'value' in sourceSettings.helmReleaseName.read(name)) return name;
  reportAt(findings)('HELM_RELEASE_NAME', [], { is: name === '' ? 'missing' : 'unfit' });
  return undefined;
}

function optionsOf({ settings }: Rendering, staged: Staged): readonly string[] {
  const namespace = settings.helmNamespace || settings.namespace;
  return [
    ...(namespace === '' ? [] : [`--namespace=${namespace}`]),
    ...(settings.kubeVersion === '' ? [] : [`--kube-version=${settings.kubeVersion}`]),
    ...pairs('--set', settings.helmSet),
    ...pairs('--set-string', settings.helmSetString),
    ...staged.args,
    ...settings.kubeApiVersions.map((version) => `--api-versions=${version}`),
    ...(settings.helmSkipCrds ? [] : ['--include-crds']),
    ...(settings.helmSkipSchemaValidation ? ['--skip-schema-validation'] : []),
    ...(settings.helmSkipTests ? ['--skip-tests'] : []),
  ];
}

const pairs = (option: string, values: Readonly<Record<string, string>>): string[] =>
  Object.keys(values)
    .sort()
    .map((key) => `${option}=${key}=${escapeCommas(values[key] ?? '')}`);

/** A comma would begin another parameter, unless the value is a list in braces; one that is escaped already stays. */
const escapeCommas = (value: string): string => (/^\{.*\}$/s.test(value) ? value : value.replace(/(?<!\\),/g, '\\,'));
