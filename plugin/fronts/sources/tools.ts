// Finds the tools that render a source, and makes the environment that they get: nothing of ours is inherited but what is named here.
// KUBE_API_VERSIONS alone can be longer than a process may be given, and ARGOCD_* and others may be secrets.
import { accessSync, constants, mkdirSync, mkdtempSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Io } from '../io.ts';
import type { Permission } from './permissions.ts';
import { privatePrefix, removeStaleFolders } from './stale-folders.ts';

/** The absolute path of an executable; a relative entry of PATH would lead into the folder of the application. */
export function findExecutable(name: string, env: Io['env']): string | undefined {
  if (isAbsolute(name)) return isExecutable(name) ? name : undefined;
  return (env['PATH'] ?? '')
    .split(delimiter)
    .filter(isAbsolute)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** A folder that nobody else can read: the home of tools, and of what they are given as files. */
export function makePrivateFolder(env: Io['env']): string {
  const parent = env['TMPDIR'] || '/tmp';
  removeStaleFolders(parent, Date.now());
  const folder = mkdtempSync(join(parent, privatePrefix));
  mkdirSync(join(folder, 'empty'));
  return folder;
}

// Of Go's resolver, TLS and proxies: https://pkg.go.dev/net/http#ProxyFromEnvironment. For git, what Argo CD's provideGitCreds sets.
const forNetwork = [
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'],
  ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'GIT_SSH_COMMAND', 'GIT_ASKPASS', 'GIT_SSL_CAINFO'],
];
// Nobody listens at the discard port of loopback (RFC 863): what asks for a URL in spite of all checks gets no answer.
const nobody = 'http://127.0.0.1:9';

/** The environment of a tool whose home is `folder`. */
export function makeToolEnvironment(
  env: Io['env'],
  folder: string,
  allowed: ReadonlySet<Permission>,
): Readonly<Record<string, string>> {
  const hasNetwork = allowed.has('network');
  // kustomize calls git and helm by PATH, and plugins call what they like: none of them where nothing of that is allowed.
  const hasPath = allowed.size > 0;
  const network = hasNetwork
    ? forNetwork.map((name) => [name, env[name]])
    : ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'].map((name) => [name, nobody]);
  const entries = [
    ['PATH', hasPath ? env['PATH'] : join(folder, 'empty')],
    ['HOME', folder],
    ['TMPDIR', folder],
    ['LANG', 'C.UTF-8'],
    ['XDG_CACHE_HOME', join(folder, 'cache')],
    ['XDG_CONFIG_HOME', join(folder, 'config')],
    ['XDG_DATA_HOME', join(folder, 'data')],
    ['HELM_PLUGINS', join(folder, 'empty')],
    ['KUSTOMIZE_PLUGIN_HOME', join(folder, 'empty')],
    ['KUBECONFIG', join(folder, 'empty', 'kubeconfig')],
    ...network,
  ];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
