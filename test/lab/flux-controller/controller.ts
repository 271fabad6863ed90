// The built controller as a process, with the rights that its manifests give it and no others.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../cluster/api.ts';
import { waitFor } from '../cluster/wait.ts';
import type { ControlPlane } from '../servers/control-plane.ts';
import type { Life } from '../servers/life.ts';
import { findFreePort } from '../servers/server.ts';

const root = join(import.meta.dirname, '../../..');
const manifests = join(root, 'deploy/flux/controller');
const name = 'rayshield-flux-controller';

/** The documents of a file of deploy/flux/controller, in the namespace that its kustomization sets. */
export const readManifests = (file: string): KubernetesObject[] =>
  parseAllDocuments(readFileSync(join(manifests, file), 'utf8')).map((document) => {
    const object = document.toJS() as KubernetesObject;
    return { ...object, metadata: { namespace: 'flux-system', ...object.metadata } };
  });

/** The variables that the Deployment sets to a text. */
function readEnvironment(): Record<string, string> {
  const [deployment] = readManifests('deployment.yaml') as never as [
    { spec: { template: { spec: { containers: [{ env: { name: string; value?: string }[] }] } } } },
  ];
  const { env } = deployment.spec.template.spec.containers[0];
  return Object.fromEntries(env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));
}

/** The path of a kubeconfig of the controller's own account. */
export async function makeAccess(life: Life, { api, server, certificates }: ControlPlane): Promise<string> {
  const { status } = await api.request<{ status: { token: string } }>(
    'POST',
    `/api/v1/namespaces/flux-system/serviceaccounts/${name}/token`,
    { body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} } },
  );
  const path = join(life.folder('certificates'), 'controller-kubeconfig');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'lab', cluster: { server, 'certificate-authority': certificates.caFile } }],
    users: [{ name, user: { token: status.token } }],
    contexts: [{ name: 'lab', context: { cluster: 'lab', user: name } }],
    'current-context': 'lab',
  };
  writeFileSync(path, JSON.stringify(config));
  return path;
}

export interface ControllerProcess {
  readonly pid: number;
  /** Of the storage. */
  readonly address: string;
  readonly health: string;
  isServing(): Promise<boolean>;
  /** Sends the signal and waits; answers with the exit code and how long it took, in milliseconds. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<{ readonly exitCode: number | undefined; readonly took: number }>;
  /** What it has logged so far. */
  log(): readonly { readonly level: string; readonly msg: string; readonly [field: string]: unknown }[];
}

export interface ControllerRun {
  readonly kubeconfig: string;
  /** Of the log. */
  readonly name: string;
  readonly storage: string;
  readonly port?: number;
  readonly args?: readonly string[];
}

/** Starts the controller, without waiting for it to lead. */
export async function startController(life: Life, run: ControllerRun): Promise<ControllerProcess> {
  const port = run.port ?? (await findFreePort());
  const healthPort = await findFreePort();
  const [address, health] = [`127.0.0.1:${port}`, `127.0.0.1:${healthPort}`];
  const log = join(life.folder('logs'), `${run.name}.log`);
  const child = execa(
    process.execPath,
    [
      join(root, 'dist/rayshield.cjs'),
      'flux-controller',
      ...['--storage-path', run.storage, '--storage-address', address, '--advertised-address', address],
      ...['--health-address', health],
      ...(run.args ?? []),
    ],
    {
      env: {
        KUBECONFIG: run.kubeconfig,
        POD_NAMESPACE: 'flux-system',
        POD_NAME: run.name,
        ...readEnvironment(),
      },
      stdin: 'ignore',
      stdout: { file: log },
      stderr: { file: log },
      buffer: false,
      reject: false,
    },
  );
  const stop: ControllerProcess['stop'] = async (signal = 'SIGTERM') => {
    const began = performance.now();
    child.kill(signal);
    const { exitCode } = await child;
    return { exitCode, took: performance.now() - began };
  };
  life.onEnd(() => stop('SIGKILL'));
  const ended = child.then(({ exitCode }) => `it ended with ${exitCode}: ${readFileSync(log, 'utf8').slice(-2000)}`);
  await Promise.race([
    waitFor('the controller to live', async () => (await isOk(`http://${health}/healthz`)) || undefined),
    ended.then((message) => Promise.reject(new Error(message))),
  ]);
  return {
    pid: child.pid ?? 0,
    address,
    health,
    isServing: () => isOk(`http://${address}/readyz`),
    stop,
    log: () =>
      readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
  };
}

const isOk = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
