// What Prometheus reads of the controller. https://prometheus.io/docs/practices/naming/
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  /** Of one ExpandedSource. */
  reconciled(reason: string, seconds: number): void;
  setReady(key: string, isReady: boolean): void;
  forget(key: string): void;
  setLeading(isLeading: boolean): void;
  workerLost(): void;
  watchFailed(kind: string): void;
}

/** `queueLength` is asked at each scrape. */
export function makeMetrics(queueLength: () => number): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const reconciliations = new Counter({
    name: 'rayshield_reconciliations_total',
    help: 'Reconciliations of ExpandedSources by the reason of their condition',
    labelNames: ['reason'],
    registers,
  });
  const duration = new Histogram({
    name: 'rayshield_reconciliation_seconds',
    help: 'How long reconciliations take that fetch and render',
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120],
    registers,
  });
  const ready = new Gauge({
    name: 'rayshield_expanded_source_ready',
    help: 'Whether the artifact of an ExpandedSource is that of its source as it is now',
    labelNames: ['namespace', 'name'],
    registers,
  });
  const leading = new Gauge({ name: 'rayshield_leader', help: 'Whether this replica holds the lease', registers });
  const workers = new Counter({
    name: 'rayshield_workers_lost_total',
    help: 'Workers that were ended because a rendering took too long or too much memory',
    registers,
  });
  const watches = new Counter({
    name: 'rayshield_watch_failures_total',
    help: 'Watches that ended with an error and were started again',
    labelNames: ['kind'],
    registers,
  });
  new Gauge({
    name: 'rayshield_queue_length',
    help: 'ExpandedSources that wait for a reconciliation',
    registers,
    collect() {
      this.set(queueLength());
    },
  });
  const labelsOf = (key: string) => {
    const [namespace = '', name = ''] = key.split('/');
    return { namespace, name };
  };
  return {
    registry,
    reconciled(reason, seconds) {
      reconciliations.inc({ reason });
      duration.observe(seconds);
    },
    setReady: (key, isReady) => ready.set(labelsOf(key), isReady ? 1 : 0),
    forget: (key) => ready.remove(labelsOf(key)),
    setLeading: (isLeading) => leading.set(isLeading ? 1 : 0),
    workerLost: () => workers.inc(),
    watchFailed: (kind) => watches.inc({ kind }),
  };
}
