// Argo CD's repo-server with a Redis, in front of a plugin server:
// https://argo-cd.readthedocs.io/en/stable/operator-manual/server-commands/argocd-repo-server/
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { pathOfBinary } from '../parts/binary.ts';
import type { PluginServer } from './argocd-plugin.ts';
import type { Life } from './life.ts';
import { findFreePort, startServer } from './server.ts';

/** Whether something answers `request` on a port of loopback. */
const answers = (port: number, request: string): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.once('data', () => socket.end(() => resolve(true)));
    socket.once('error', reject);
  });

async function startRedis(life: Life): Promise<number> {
  const port = await findFreePort();
  await startServer(life, {
    name: 'redis',
    file: pathOfBinary('argocd-packages', 'redis-server'),
    args: ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--dir', life.folder('data')],
    isReady: () => answers(port, 'PING\r\n'),
  });
  return port;
}

/** A folder for PATH with what the repo-server calls: Git, and the script of its image that checks signatures. */
function installTools(folder: string): string {
  mkdirSync(folder, { recursive: true });
  symlinkSync(pathOfBinary('argocd-packages', 'git'), join(folder, 'git'));
  writeFileSync(join(folder, 'git-verify-wrapper.sh'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  return folder;
}

/** Starts the server; gives the address at which it answers. */
export async function startRepoServer(life: Life, plugin: PluginServer): Promise<string> {
  const redis = await startRedis(life);
  const [port, metrics] = [await findFreePort(), await findFreePort()];
  const home = join(life.folder('data'), 'argocd-repo-server');
  const temporary = join(home, 'tmp');
  mkdirSync(temporary, { recursive: true });
  await startServer(life, {
    name: 'argocd-repo-server',
    file: pathOfBinary('argocd', 'argocd-repo-server'),
    args: [
      ...['--address', '127.0.0.1', '--port', `${port}`],
      ...['--metrics-address', '127.0.0.1', '--metrics-port', `${metrics}`],
      ...['--redis', `127.0.0.1:${redis}`],
      ...['--disable-tls', '--client-ca-path', ''],
      ...['--plugin-tar-exclude', '.git', '--plugin-tar-exclude', 'data/*'],
    ],
    env: {
      ARGOCD_PLUGINSOCKFILEPATH: plugin.sockets,
      ARGOCD_GPG_ENABLED: 'false',
      TMPDIR: temporary,
      HOME: home,
      PATH: `${installTools(join(home, 'bin'))}:/usr/bin:/bin`,
    },
    isReady: async () => (await fetch(`http://127.0.0.1:${metrics}/healthz?full=true`)).ok,
  });
  return `127.0.0.1:${port}`;
}
