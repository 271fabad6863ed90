// `kustomize build` of an application's folder.
import type { Finding } from '../../../findings/finding.ts';
import type { Source } from '../../../manifests/manifest.ts';
import { reportAt } from '../../report.ts';
import type { Rendering } from '../rendering.ts';
import { runTool } from '../run-tool.ts';
import { findExecutable } from '../tools.ts';
import { checkKustomizations } from './check-tree.ts';
import { checkOptions, withDashes } from './options.ts';

/** What kustomize prints; nothing where `findings` were told why. */
export async function buildKustomization(
  file: string,
  rendering: Rendering,
  findings: Finding[],
): Promise<readonly Source[]> {
  const { place, settings, allowed } = rendering;
  const options = withDashes(settings.kustomizeOptions);
  const before = findings.length;
  checkOptions(options, allowed, reportAt(findings));
  checkKustomizations(place, settings, allowed.has('network'), findings);
  if (findings.length > before) return [];
  const args = ['build', ...options, ...(options.includes('--enable-helm') ? helmOptions(rendering) : []), '.'];
  const text = await runTool({ tool: 'kustomize', args, file }, rendering, findings);
  return text === undefined ? [] : [{ file: 'kustomize build', text }];
}

/** What kustomize tells the Helm that it runs, as Argo CD does. */
function helmOptions({ settings, io }: Rendering): readonly string[] {
  const { kubeVersion, kubeApiVersions } = settings;
  return [
    `--helm-command=${findExecutable('helm', io.env) ?? 'helm'}`,
    ...(kubeVersion === '' ? [] : [`--helm-kube-version=${kubeVersion}`]),
    ...kubeApiVersions.map((version) => `--helm-api-versions=${version}`),
  ];
}
