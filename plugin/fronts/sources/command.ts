// `source: command`: what the operator of the sidecar has set up prints the manifests. Neither whether nor what is for an application
// to say.
import type { Finding } from '../../findings/finding.ts';
import type { Source } from '../../manifests/manifest.ts';
import { reportAt } from '../report.ts';
import { readCommand } from './permissions.ts';
import type { Rendering } from './rendering.ts';
import { runTool } from './run-tool.ts';

// Facts of an application that are no secrets.
const told = ['ARGOCD_APP_NAME', 'ARGOCD_APP_NAMESPACE', 'ARGOCD_APP_REVISION', 'ARGOCD_APP_SOURCE_PATH'];

/** What the command prints; nothing where `findings` were told why. */
export async function runCommand(rendering: Rendering, findings: Finding[]): Promise<readonly Source[]> {
  const { env } = rendering.io;
  const [tool, ...args] = readCommand(env, reportAt(findings)) ?? [];
  if (tool === undefined) return [];
  const facts = told.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  const run = { tool, args, file: 'command', env: { ...Object.fromEntries(facts), PATH: env['PATH'] ?? '' } };
  const text = await runTool(run, rendering, findings);
  return text === undefined ? [] : [{ file: 'command', text }];
}
