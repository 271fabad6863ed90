// Argo CD's plugin server with rayshield as its plugin, as it runs in the sidecar of a repo-server:
// https://argo-cd.readthedocs.io/en/stable/operator-manual/config-management-plugins/#register-the-plugin-sidecar
import { chmodSync, cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathOfBinary } from '../parts/binary.ts';
import { locatePart, type PartName } from '../parts/locate.ts';
import type { Life } from './life.ts';
import { startServer } from './server.ts';

export interface PluginServer {
  /** The folder of sockets that the repo-server looks into. */
  readonly sockets: string;
  /** Our plugin's socket. */
  readonly socket: string;
  /** Where the server unpacks what it is sent, a folder for each call. */
  readonly work: string;
  /** TMPDIR of the plugin. */
  readonly temporary: string;
  /** PATH of the plugin. */
  readonly bin: string;
}

const project = join(import.meta.dirname, '../../..');

/** The renderers that an image of ours would hold, where the lab has them. */
const renderers: readonly (readonly [PartName, string])[] = [
  ['kustomize', 'kustomize'],
  ['helm-4', 'helm'],
];

/** A folder for PATH with what the plugin's image holds: rayshield, Node and the renderers. */
function installPlugin(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const program = join(project, 'dist/rayshield.cjs');
  // npm makes a program executable when it installs it (https://docs.npmjs.com/cli/configuring-npm/package-json#bin).
  chmodSync(program, 0o755);
  symlinkSync(program, join(folder, 'rayshield'));
  symlinkSync(process.execPath, join(folder, 'node'));
  for (const [part, name] of renderers) {
    if ('directory' in locatePart(part)) symlinkSync(pathOfBinary(part, name), join(folder, name));
  }
  return folder;
}

/**
 * Starts the server with the plugin.yaml of the project.
 * @param env what the operator of the sidecar puts into its environment.
 */
export async function startPluginServer(
  life: Life,
  env: Readonly<Record<string, string>> = {},
  name = 'argocd-cmp-server',
): Promise<PluginServer> {
  const home = join(life.folder('data'), name);
  const [config, sockets, work, temporary] = ['config', 'plugins', 'work', 'tmp'].map((part) => join(home, part)) as [
    string,
    string,
    string,
    string,
  ];
  for (const folder of [config, sockets, temporary]) mkdirSync(folder, { recursive: true });
  cpSync(join(project, 'plugin.yaml'), join(config, 'plugin.yaml'));
  const bin = installPlugin(join(home, 'bin'));
  const server = { sockets, socket: join(sockets, 'rayshield.sock'), work: join(work, '_cmp_server'), temporary, bin };
  await startServer(life, {
    name,
    file: pathOfBinary('argocd', 'argocd-cmp-server'),
    args: ['--config-dir-path', config],
    env: {
      ARGOCD_PLUGINSOCKFILEPATH: sockets,
      ARGOCD_CMP_WORKDIR: work,
      TMPDIR: temporary,
      HOME: home,
      PATH: bin,
      ...env,
    },
    // What it does in turn: it listens, and makes its work folder anew.
    isReady: async () => existsSync(server.socket) && existsSync(server.work),
    // To SIGTERM it removes its socket and goes on.
    endSignal: 'SIGKILL',
  });
  return server;
}
