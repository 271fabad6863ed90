// What users do with a cluster, done with one that is closed and encrypted: upstream's documents name each of these uses
// (https://docs.ray.io/en/latest/cluster/getting-started.html).

import { isIP } from 'node:net';
import { expect, test } from 'vitest';
import type { CoreCluster } from '../core-cluster.ts';
import { runCommand, runWorkload } from '../workload.ts';

// Head and two workers; the late ones may have joined too.
const atLeast = 3;

const pairsOf = (names: readonly string[]): string[][] =>
  names.flatMap((one) => names.filter((other) => other !== one).map((other) => [one, other])).sort();

interface Pulled {
  readonly from: string;
  readonly to: string;
  readonly whole: boolean;
  readonly seconds: number;
}

const headDomain = '.core-raycluster-head-nodes.ml.svc.cluster.local';
const workerDomain = '.core-raycluster-worker-nodes.ml.svc.cluster.local';

/** Declares the tests of a cluster's work; `cluster` is asked inside of them. */
export function proveWork(cluster: () => CoreCluster): void {
  test('nodes know each other by the names in their certificates, none by its address', async () => {
    const names = await runWorkload<string[]>(cluster().head, 'nodes', { args: [atLeast] });
    expect(names.filter((name) => isIP(name) !== 0)).toEqual([]);
    expect(names.filter((name) => name.endsWith(headDomain))).toHaveLength(1);
    expect(names.filter((name) => name.endsWith(workerDomain))).toHaveLength(names.length - 1);
  });

  test('tasks and actors reach every node from every node and from the driver', async () => {
    const result = await runWorkload<{ driver: string[]; tasks: string[][]; actors: string[][] }>(
      cluster().head,
      'every_direction',
      { args: [atLeast] },
    );
    expect(result.driver.length).toBeGreaterThanOrEqual(atLeast);
    expect(result.tasks).toEqual(pairsOf(result.driver));
    expect(result.actors).toEqual(pairsOf(result.driver));
  });

  test('objects of 100 MB come whole from each node to each other', async () => {
    const pulled = await runWorkload<Pulled[]>(cluster().head, 'big_objects', { args: [atLeast, 100_000_000] });
    expect(pulled.length).toBeGreaterThanOrEqual(atLeast * (atLeast - 1));
    expect(pulled.filter(({ whole }) => !whole)).toEqual([]);
  });

  test('`ray job submit` on the head needs no address', async () => {
    const output = await runCommand(cluster().head, [
      ...['ray', 'job', 'submit', '--', 'python', '/workloads/submitted.py', `${atLeast}`],
    ]);
    expect(output).toMatch(/Job '.*' succeeded/);
  });
}
