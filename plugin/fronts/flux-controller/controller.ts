// The controller's process: it waits for the lease, watches, reconciles and serves until it is told to stop or the lease is lost.
// A bundle of its own (dist/flux-controller.cjs), which `rayshield flux-controller` loads.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { openCluster } from './cluster.ts';
import { makeHealthServer } from './health-server.ts';
import { type Leadership, lead, usualTimes } from './lease.ts';
import { close, listen } from './listen.ts';
import { describeError, type Log, makeLog } from './log.ts';
import { makeMetrics } from './metrics.ts';
import { type Operation, operate } from './operation.ts';
import type { ControllerOptions } from './options.ts';

/** What is needed of the process. */
export type ControllerHost = Pick<NodeJS.Process, 'env' | 'pid' | 'on' | 'off' | 'stderr' | 'exit'>;

export type RunFluxController = (options: ControllerOptions & { readonly version: string }) => Promise<0 | 1>;

const signals = ['SIGTERM', 'SIGINT'] as const;
const serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount/namespace';
/** The Service and the Lease of deploy/flux/controller. */
const ownName = 'rayshield-flux-controller';
/** In milliseconds, five seconds in all: for what has begun, for connections, twice, and for the lease. */
const patience = { work: 3000, connections: 500, release: 1000 };

/** A RunFluxController in the process `host`. */
export const makeRunFluxController =
  (host: ControllerHost): RunFluxController =>
  async (options) => {
    const log = makeLog((line) => host.stderr.write(line));
    const stop = new AbortController();
    const onSignal = (): void => stop.abort();
    for (const signal of signals) host.on(signal, onSignal);
    try {
      return await runUntil(stop.signal, options, host, log);
    } catch (failure) {
      log('error', 'the controller cannot go on', { error: describeError(failure) });
      return 1;
    } finally {
      for (const signal of signals) host.off(signal, onSignal);
      // Whatever still holds the process, it has stopped serving.
      setTimeout(() => host.exit(), patience.connections).unref();
    }
  };

async function runUntil(
  stop: AbortSignal,
  options: Parameters<RunFluxController>[0],
  host: ControllerHost,
  log: Log,
): Promise<0 | 1> {
  const namespace = findNamespace(host);
  const identity = `${host.env['POD_NAME'] ?? hostname()}_${host.pid}_${Date.now()}`;
  const config = new KubeConfig();
  config.loadFromDefault();
  const cluster = openCluster(config);
  let operation: Operation | undefined;
  const metrics = makeMetrics(() => operation?.queueLength() ?? 0);
  const health = makeHealthServer(metrics.registry);
  const folder = mkdtempSync(join(host.env['TMPDIR'] || tmpdir(), 'rayshield-flux-'));
  let leadership: Leadership | undefined;
  try {
    await listen(health, options.healthAddress);
    log('info', 'waiting for the lease', { version: options.version, namespace, identity });
    const onError = (failure: unknown): void => log('error', 'the lease', { error: describeError(failure) });
    leadership = await lead({ cluster, namespace, name: ownName, identity, times: usualTimes, onError }, stop);
    if (leadership === undefined) return 0;
    metrics.setLeading(true);
    log('info', 'leading');
    const address = `http://${options.advertisedAddress || `${ownName}.${namespace}.svc.cluster.local.`}/`;
    const script = join(__dirname, 'flux-worker.cjs');
    const context = { config, cluster, metrics, log, address, script, temporaryFolder: folder };
    operation = await operate(options, context, stop);
    const ended = await Promise.race([leadership.lost.then(() => 'lost' as const), untilAborted(stop)]);
    if (ended === 'stopped') {
      log('info', 'stopping');
      await operation.stop(patience);
      return 0;
    }
    log('error', 'the lease is lost: another replica may lead');
    leadership = undefined;
    cluster.close();
    await operation.stop({ work: 0, connections: 0 });
    return 1;
  } finally {
    metrics.setLeading(false);
    if (leadership !== undefined) await release(leadership, log);
    await close(health, patience.connections);
    cluster.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The lease goes to whoever waits for it, if the API server answers soon. */
async function release(leadership: Leadership, log: Log): Promise<void> {
  const tooLate = new Promise((resolve) => setTimeout(resolve, patience.release).unref());
  await Promise.race([leadership.release(), tooLate]).catch((failure) =>
    log('error', 'the lease was not given back', { error: describeError(failure) }),
  );
  log('info', 'stopped');
}

const untilAborted = (signal: AbortSignal): Promise<'stopped'> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve('stopped');
    else signal.addEventListener('abort', () => resolve('stopped'), { once: true });
  });

/** Where the Lease is, and our Service. */
function findNamespace({ env }: ControllerHost): string {
  if (env['POD_NAMESPACE']) return env['POD_NAMESPACE'];
  try {
    return readFileSync(serviceAccount, 'utf8').trim();
  } catch {
    return 'flux-system';
  }
}
