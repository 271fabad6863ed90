// Asks a repo-server for an application's manifests through Argo CD's own client, as its controller does at each comparison.
import { execa } from 'execa';
import { pathOfBinary } from '../parts/binary.ts';
import type { Parameter } from './application.ts';
import type { Answer } from './plugin-client.ts';

export interface GitApplication {
  readonly url: string;
  readonly path: string;
  readonly parameters?: readonly Parameter[];
  /** The application's `plugin.env`. */
  readonly env?: Readonly<Record<string, string>>;
  /** What a hard refresh asks for: everything anew. */
  readonly noCache?: boolean;
}

/** A plugin is named: without `discover` in its plugin.yaml it takes no application by itself. */
const buildRequest = ({ url, path, parameters = [], env = {}, noCache = false }: GitApplication): object => ({
  repo: { repo: url },
  revision: 'main',
  noCache,
  noRevisionCache: noCache,
  appLabelKey: 'app.kubernetes.io/instance',
  appName: 'demo',
  namespace: 'ml',
  trackingMethod: 'annotation',
  projectName: 'default',
  projectSourceRepos: ['*'],
  kubeVersion: '1.36.3',
  apiVersions: ['cert-manager.io/v1', 'cert-manager.io/v1/Certificate', 'ray.io/v1', 'ray.io/v1/RayCluster', 'v1'],
  applicationSource: {
    repoURL: url,
    path,
    targetRevision: 'main',
    plugin: {
      name: 'rayshield',
      env: Object.entries(env).map(([name, value]) => ({ name, value })),
      parameters,
    },
  },
});

/** The manifests that the server at `address` gives for an application, or the error that Argo CD shows. */
export async function askRepoServer(address: string, application: GitApplication): Promise<Answer> {
  const { stdout } = await execa(pathOfBinary('argocd', 'argocd-ask'), [address], {
    input: JSON.stringify(buildRequest(application)),
    maxBuffer: 100 * 1024 * 1024,
  });
  return JSON.parse(stdout) as Answer;
}
