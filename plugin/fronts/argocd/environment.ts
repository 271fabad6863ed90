// What Argo CD tells a config management plugin by its environment:
// https://argo-cd.readthedocs.io/en/stable/operator-manual/config-management-plugins/#using-environment-variables-in-your-plugin
import type { Report } from '../../findings/finding.ts';
import type { Given } from '../../settings/resolve.ts';
import type { SettingName } from '../../settings/table.ts';
import type { Io } from '../io.ts';
import { readEnvironment, readPrefixed } from '../settings/environment.ts';

/** What Argo CD says of the destination itself; what users set wins. An unknown value comes as an empty text. */
const told: Readonly<Record<string, SettingName>> = {
  ARGOCD_APP_NAMESPACE: 'namespace',
  KUBE_API_VERSIONS: 'kubeApiVersions',
  KUBE_VERSION: 'kubeVersion',
};

/** Argo CD puts this before the names of an application's `plugin.env`, always. */
const applicationPrefix = 'ARGOCD_ENV_';

/** The environment layer of `generate`, lowest first: Argo CD's own facts, the sidecar's variables, the application's. */
export function readArgoEnvironment(env: Io['env'], report: Report): Given[] {
  const facts = Object.entries(told).flatMap(([variable, setting]): Given[] => {
    const raw = env[variable];
    return raw === undefined || raw === ''
      ? []
      : [{ setting, raw, spelling: `environment variable ${variable}`, path: [setting] }];
  });
  return [...facts, ...readEnvironment(env, report), ...readPrefixed(env, applicationPrefix, report)];
}
