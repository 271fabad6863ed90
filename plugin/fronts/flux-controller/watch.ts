// All objects of one kind, kept up to date: the client's informer, started again where it stops.
// https://github.com/kubernetes-client/javascript: it stops at any error but 410, and 1.4 never gives up a connection that has
// died, so the server is asked to end each watch.
import { type KubeConfig, ListWatch, Watch } from '@kubernetes/client-node';
import { type Key, type KubernetesObject, keyOf } from './api.ts';
import { ApiFailure, type Cluster } from './cluster.ts';

export interface Watching<T> {
  get(key: Key): T | undefined;
  all(): readonly T[];
  /** Resolves once all objects have been listed. */
  readonly listed: Promise<void>;
  stop(): void;
}

export interface WatchRequest<T> {
  readonly config: KubeConfig;
  readonly cluster: Cluster;
  readonly path: string;
  /** Told of each object that is new, has changed or has gone. */
  readonly onChange: (object: T, isGone: boolean) => void;
  readonly onError: (failure: unknown, retryAfter: number) => void;
}

const watchSeconds = 240;
const pauses = { first: 1000, last: 60_000 };

/** Begins to watch. */
export function watchKind<T extends KubernetesObject>(request: WatchRequest<T>): Watching<T> {
  const { config, cluster, path, onChange, onError } = request;
  let [pause, isStopped] = [pauses.first, false];
  let timer: NodeJS.Timeout | undefined;
  let [onListed, onDead]: [() => void, (reason: Error) => void] = [() => {}, () => {}];
  const listed = new Promise<void>((resolve, reject) => {
    [onListed, onDead] = [resolve, reject];
  });
  listed.catch(() => {});
  const list = async () => {
    const answer = await cluster.list(path);
    pause = pauses.first;
    // The informer takes the items in the same turn.
    setImmediate(onListed);
    return { ...answer, items: answer.items.map(trim) } as never;
  };
  const informer = new ListWatch<T>(`${path}?timeoutSeconds=${watchSeconds}`, makeWatch(config), list, false);
  const start = (): void => {
    informer.start().catch(again);
  };
  const again = (failure: unknown): void => {
    if (isStopped || timer !== undefined) return;
    onError(failure, pause);
    timer = setTimeout(() => {
      timer = undefined;
      start();
    }, pause);
    pause = Math.min(pause * 2, pauses.last);
  };
  informer.on('add', (object) => onChange(object, false));
  informer.on('update', (object) => onChange(object, false));
  informer.on('delete', (object) => onChange(object, true));
  informer.on('error', again);
  start();
  return {
    get: (key) => {
      const [namespace, name = ''] = key.split('/');
      return informer.get(name, namespace);
    },
    all: () => informer.list(),
    listed,
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
      void informer.stop();
      onDead(new Error('the watch has been stopped'));
    },
  };
}

/** A Watch whose objects are trimmed. */
function makeWatch(config: KubeConfig): Watch {
  const watch = new Watch(config);
  const original = watch.watch.bind(watch);
  watch.watch = (path, query, callback, done) =>
    original(path, query, (phase, object, whole) => callback(phase, trim(object), whole), done);
  return watch;
}

/** Who wrote which field is most of an object, and nobody here asks; all objects are kept, and each change makes another. */
function trim<T extends { readonly metadata?: object }>(object: T): T {
  const { managedFields: _, ...metadata } = (object.metadata ?? {}) as { managedFields?: unknown };
  return { ...object, metadata };
}

/** Whether the API server does not know the kind: Flux serves no Bucket, say, in this cluster. */
export const isUnknownKind = (failure: unknown): boolean => failure instanceof ApiFailure && failure.status === 404;

/** Of changes to objects only those that `versionOf` tells apart; status that we write ourselves is no news. */
export function filterChanges<T extends KubernetesObject>(
  versionOf: (object: T) => string,
  onChange: (object: T, isGone: boolean) => void,
): (object: T, isGone: boolean) => void {
  const seen = new Map<Key, string>();
  return (object, isGone) => {
    const [key, version] = [keyOf(object), versionOf(object)];
    if (!isGone && seen.get(key) === version) return;
    if (isGone) seen.delete(key);
    else seen.set(key, version);
    onChange(object, isGone);
  };
}
