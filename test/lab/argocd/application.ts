// An application's source as Argo CD hands it to a plugin: the environment that its repo-server makes
// (newEnv, getPluginEnvs and getPluginParamEnvs in reposerver/repository/repository.go of Argo CD 3.5).

/** A parameter of an application's `plugin.parameters`: a name and one value. */
export interface Parameter {
  readonly name: string;
  readonly string?: string;
  readonly array?: readonly string[];
  readonly map?: Readonly<Record<string, string>>;
}

export interface Application {
  /** The folder that the repository is checked out in. */
  readonly repository: string;
  /** The application's folder in it. */
  readonly path?: string;
  readonly namespace?: string;
  readonly parameters?: readonly Parameter[];
  /** The application's `plugin.env`. */
  readonly env?: Readonly<Record<string, string>>;
  /** What the destination serves; Argo CD does not always tell. */
  readonly apiVersions?: readonly string[];
}

const revision = '0123456789abcdef0123456789abcdef01234567';

/** The environment that comes with a request. */
export function environmentOf(application: Application): Record<string, string> {
  const { path = '.', namespace = 'ml', parameters, env = {}, apiVersions } = application;
  return {
    ARGOCD_APP_NAME: 'demo',
    ARGOCD_APP_NAMESPACE: namespace,
    ARGOCD_APP_PROJECT_NAME: 'default',
    ARGOCD_APP_REVISION: revision,
    ARGOCD_APP_REVISION_SHORT: revision.slice(0, 7),
    ARGOCD_APP_REVISION_SHORT_8: revision.slice(0, 8),
    ARGOCD_APP_SOURCE_REPO_URL: 'https://git.example.com/ml.git',
    ARGOCD_APP_SOURCE_PATH: path,
    ARGOCD_APP_SOURCE_TARGET_REVISION: 'main',
    ...(apiVersions !== undefined && { KUBE_VERSION: '1.36.3', KUBE_API_VERSIONS: apiVersions.join(',') }),
    ...Object.fromEntries(Object.entries(env).map(([name, value]) => [`ARGOCD_ENV_${name}`, value])),
    // The text `null` where there are none.
    ARGOCD_APP_PARAMETERS: JSON.stringify(parameters ?? null),
  };
}
