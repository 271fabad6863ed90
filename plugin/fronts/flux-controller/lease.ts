// Who leads: one Lease that its holder renews. A rival counts from when it saw the last change, by its own clock, so that the clocks of
// machines need not agree. https://kubernetes.io/docs/concepts/architecture/leases/#leader-election
import { setTimeout as pause } from 'node:timers/promises';
import type { KubernetesObject } from './api.ts';
import type { Cluster } from './cluster.ts';

interface Lease extends KubernetesObject {
  readonly spec: {
    readonly holderIdentity?: string | null;
    readonly leaseDurationSeconds?: number;
    readonly acquireTime?: string;
    readonly renewTime?: string;
    readonly leaseTransitions?: number;
  };
}

export interface LeaseOptions {
  readonly cluster: Pick<Cluster, 'read' | 'create' | 'replace'>;
  readonly namespace: string;
  readonly name: string;
  readonly identity: string;
  /** In milliseconds: for how long others keep off, when the holder gives up, how often it asks. */
  readonly times: { readonly duration: number; readonly deadline: number; readonly retry: number };
  readonly onError: (failure: unknown) => void;
}

export interface Leadership {
  /** Resolves when the lease could not be kept. */
  readonly lost: Promise<void>;
  /** Gives the lease back, so that the next holder need not wait. */
  release(): Promise<void>;
}

/** As client-go's: https://pkg.go.dev/k8s.io/client-go/tools/leaderelection */
export const usualTimes = { duration: 15_000, deadline: 10_000, retry: 2000 } as const;

const apiVersion = 'coordination.k8s.io/v1';

/** Waits for the lease, and keeps it from then on; undefined where `stop` was first. */
export async function lead(options: LeaseOptions, stop: AbortSignal): Promise<Leadership | undefined> {
  const attempt = makeAttempt(options);
  while (!stop.aborted) {
    if ((await attempt()) === 'ours') return keep(options, attempt);
    await pause(options.times.retry, undefined, { signal: stop }).catch(() => {});
  }
  return undefined;
}

/** `taken` where somebody else holds the lease, `unknown` where the API server was of no help. */
type Attempt = () => Promise<'ours' | 'taken' | 'unknown'>;

/** Tries to get the lease, or to renew it. */
function makeAttempt(options: LeaseOptions): Attempt {
  const { cluster, namespace, name, identity, times, onError } = options;
  let seen: { readonly version: string | undefined; readonly at: number } | undefined;
  const write = async (present: Lease | undefined): Promise<void> => {
    const now = new Date().toISOString().replace('Z', '000Z');
    const isOurs = present?.spec.holderIdentity === identity;
    const spec = {
      holderIdentity: identity,
      leaseDurationSeconds: times.duration / 1000,
      acquireTime: isOurs ? (present?.spec.acquireTime ?? now) : now,
      renewTime: now,
      leaseTransitions: (present?.spec.leaseTransitions ?? 0) + (present === undefined || isOurs ? 0 : 1),
    };
    const lease: Lease = { apiVersion, kind: 'Lease', metadata: { ...present?.metadata, namespace, name }, spec };
    await (present === undefined ? cluster.create(lease) : cluster.replace(lease));
  };
  return async () => {
    try {
      const present = await cluster.read<Lease>({ apiVersion, kind: 'Lease', namespace, name });
      const version = present?.metadata.resourceVersion;
      if (seen === undefined || seen.version !== version) seen = { version, at: performance.now() };
      const { holderIdentity: holder, leaseDurationSeconds: seconds = 0 } = present?.spec ?? {};
      const isFree = !holder || holder === identity || performance.now() - seen.at > seconds * 1000;
      if (!isFree) return 'taken';
      await write(present);
      return 'ours';
    } catch (failure) {
      onError(failure);
      return 'unknown';
    }
  };
}

function keep({ cluster, namespace, name, identity, times }: LeaseOptions, attempt: Attempt): Leadership {
  const stop = new AbortController();
  const { signal } = stop;
  const renewing = (async () => {
    let renewed = performance.now();
    while (!signal.aborted && performance.now() - renewed < times.deadline) {
      await pause(times.retry, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      const began = performance.now();
      // A request that hangs must not hold us beyond the deadline, while somebody else takes over.
      const limit = pause(Math.max(renewed + times.deadline - began, 0), 'unknown' as const, { signal, ref: false });
      const state = await Promise.race([attempt(), limit.catch(() => 'unknown' as const)]);
      if (state === 'taken') return;
      if (state === 'ours') renewed = began;
    }
  })();
  return {
    // Never, where we have let go ourselves.
    lost: renewing.then(() => (signal.aborted ? new Promise<void>(() => {}) : undefined)),
    async release() {
      stop.abort();
      await renewing;
      const present = await cluster.read<Lease>({ apiVersion, kind: 'Lease', namespace, name });
      if (present?.spec.holderIdentity !== identity) return;
      await cluster.replace({ ...present, spec: { ...present.spec, holderIdentity: '' } });
    },
  };
}
