// What the leader does: watches ExpandedSources and what they name, reconciles each that has changed, and serves what came out.
import type { KubeConfig } from '@kubernetes/client-node';
import {
  type ArtifactHolder,
  type ExpandedSource,
  externalArtifactOf,
  fluxApiVersion,
  type Key,
  keyOf,
  ownApiVersion,
  ownKind,
  requestedAt,
  type SourceKind,
  sourceKinds,
  sourceOf,
} from './api.ts';
import { ApiFailure, type Cluster, pathOfKind } from './cluster.ts';
import { close, listen } from './listen.ts';
import { describeError, type Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { ControllerOptions } from './options.ts';
import { makeQueue } from './queue.ts';
import { makeReconciler, Passing } from './reconcile.ts';
import { openStorage, type Storage } from './storage.ts';
import { makeStorageServer } from './storage-server.ts';
import { filterChanges, isUnknownKind, type Watching, watchKind } from './watch.ts';
import { makeWorkers } from './workers.ts';

export interface OperationContext {
  readonly config: KubeConfig;
  readonly cluster: Cluster;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Where consumers find the storage. */
  readonly address: string;
  /** The script of a worker. */
  readonly script: string;
  readonly temporaryFolder: string;
}

export interface Operation {
  queueLength(): number;
  /** Ends everything; in milliseconds, how long what has begun may go on. */
  stop(patience: { readonly work: number; readonly connections: number }): Promise<void>;
}

const backoff = { first: 1000, last: 300_000 };
/** A rendering that takes longer, or more memory, is a hostile one. */
const bounds = { timeLimit: 120_000, memoryMiB: 512 };

/** Begins; resolves once the storage is served. */
export async function operate(
  options: ControllerOptions,
  context: OperationContext,
  stop: AbortSignal,
): Promise<Operation> {
  const { cluster, metrics, log } = context;
  const storage = openStorage(options.storagePath);
  const workers = makeWorkers({ ...bounds, script: context.script, onLoss: () => metrics.workerLost() });
  const downloads = new AbortController();
  const began = new Map<Key, number>();
  const reconciler = makeReconciler({
    cluster,
    storage,
    render: workers.render,
    address: context.address,
    allowsCrossNamespace: options.allowsCrossNamespace,
    flags: options.flags,
    temporaryFolder: context.temporaryFolder,
    stop: downloads.signal,
    onVerdict: (key, { reason, message }) => {
      metrics.reconciled(reason, (performance.now() - (began.get(key) ?? 0)) / 1000);
      metrics.setReady(key, reason === 'Succeeded');
      log(reason === 'Succeeded' ? 'info' : 'error', reason, { ...about(key), detail: message });
    },
  });
  const work = async (key: Key): Promise<number | undefined> => {
    const object = watches.objects.get(key);
    if (object !== undefined) {
      began.set(key, performance.now());
      return reconciler.reconcile(object).finally(() => began.delete(key));
    }
    reconciler.forget(key);
    metrics.forget(key);
    return undefined;
  };
  const queue = makeQueue({
    concurrency: options.concurrency,
    work,
    backoff,
    onFailure: (key, failure, retryAfter) => {
      const detail = failure instanceof Passing ? {} : { error: describeError(failure) };
      log('error', 'trying again', { ...about(key), retryAfter: retryAfter / 1000, ...detail });
    },
  });
  const watches = watchAll(options.watchNamespace, context, (key) => queue.add(key));
  await Promise.race([watches.objects.listed, new Promise((resolve) => stop.addEventListener('abort', resolve))]);
  await tidy(storage, watches.objects, options.watchNamespace, cluster);
  const server = makeStorageServer(storage.root);
  await listen(server, options.storageAddress);
  log('info', 'serving artifacts', { address: context.address });
  return {
    queueLength: () => queue.length,
    async stop(patience) {
      watches.stop();
      const limit = setTimeout(() => downloads.abort(), patience.work);
      await Promise.race([queue.stop(), new Promise((resolve) => setTimeout(resolve, patience.work).unref())]);
      clearTimeout(limit);
      downloads.abort();
      await Promise.all([close(server, patience.connections), workers.close()]);
    },
  };
}

const about = (key: Key) => ({ kind: ownKind, object: key });

interface Watches {
  readonly objects: Watching<ExpandedSource>;
  stop(): void;
}

function watchAll(namespace: string, context: OperationContext, add: (key: Key) => void): Watches {
  const { config, cluster, log, metrics } = context;
  const begin = <T extends ExpandedSource | ArtifactHolder>(
    apiVersion: string,
    kind: string,
    onChange: (object: T, isGone: boolean) => void,
  ): Watching<T> => {
    const onError = (failure: unknown, retryAfter: number): void => {
      metrics.watchFailed(kind);
      const error = isUnknownKind(failure) ? `the API server has no ${apiVersion} ${kind}` : describeError(failure);
      log('error', 'the watch ended', { kind, error, retryAfter: retryAfter / 1000 });
    };
    return watchKind<T>({ config, cluster, path: pathOfKind({ apiVersion, kind, namespace }), onChange, onError });
  };
  const objects = begin<ExpandedSource>(
    ownApiVersion,
    ownKind,
    filterChanges(versionOfObject, (object) => add(keyOf(object))),
  );
  const onSource = (kind: SourceKind) => (source: ArtifactHolder, isGone: boolean) => {
    for (const object of objects.all()) if (names(object, kind, source)) add(keyOf(object));
    // Somebody removed what we made.
    if (kind === 'ExternalArtifact' && isGone && objects.get(keyOf(source)) !== undefined) add(keyOf(source));
  };
  const sources = sourceKinds.map((kind) =>
    begin<ArtifactHolder>(fluxApiVersion, kind, filterChanges(versionOfSource, onSource(kind))),
  );
  return {
    objects,
    stop: () => {
      for (const watching of [objects, ...sources]) watching.stop();
    },
  };
}

/** Its status, which we write ourselves, is no news. */
const versionOfObject = ({ metadata }: ExpandedSource): string =>
  [metadata.uid, metadata.generation, metadata.annotations?.[requestedAt]].join(' ');

const versionOfSource = ({ metadata, status }: ArtifactHolder): string =>
  [metadata.uid, status?.artifact?.digest, status?.artifact?.revision, status?.artifact?.url].join(' ');

function names(object: ExpandedSource, kind: SourceKind, { metadata }: ArtifactHolder): boolean {
  const source = sourceOf(object);
  return source.kind === kind && source.name === metadata.name && source.namespace === metadata.namespace;
}

/** Before anything is served: what is stored for nobody goes, and so does what is not what was announced of it. */
async function tidy(
  storage: Storage,
  objects: Watching<ExpandedSource>,
  namespace: string,
  cluster: Cluster,
): Promise<void> {
  for (const key of storage.keys()) if (objects.get(key) === undefined) storage.removeAll(key);
  for (const held of await listArtifacts(namespace, cluster)) {
    const artifact = held.status?.artifact;
    if (artifact === undefined || objects.get(keyOf(held)) === undefined) continue;
    if (!storage.holds(artifact.path, artifact.digest)) storage.remove(artifact.path);
  }
}

async function listArtifacts(namespace: string, cluster: Cluster): Promise<readonly ArtifactHolder[]> {
  const { apiVersion, kind } = externalArtifactOf('/');
  try {
    const { items } = await cluster.list(pathOfKind({ apiVersion, kind, namespace }));
    return items as readonly ArtifactHolder[];
  } catch (failure) {
    if (!(failure instanceof ApiFailure && failure.status === 404)) throw failure;
    throw new Error('the API server has no ExternalArtifact: Flux 2.7 or newer is needed');
  }
}
