// `npm run bench:ray`: what TLS and closed networks cost a Ray cluster, as ratios to the same cluster without, measured in pairs one
// right after the other. It measures and does not judge, so it is no suite of the lab; docs/performance.md has the figures.
import { beforeAll, test } from 'vitest';
import type { RunningPod } from '../test/lab/pods/kubelet.ts';
import { podsOf } from '../test/lab/ray/core-cluster.ts';
import {
  describeRatio,
  type Kind,
  kinds,
  type Measured,
  median,
  removeCluster,
  startUp,
} from '../test/lab/ray/cost.ts';
import { partsOf, type RayLab, rayNamespace, startRayLab, type Versions } from '../test/lab/ray/lab.ts';
import { waitForPods } from '../test/lab/ray/pods.ts';
import { runWorkload } from '../test/lab/ray/workload.ts';
import type { Life } from '../test/lab/servers/life.ts';
import { labSuite } from '../test/lab/suite.ts';

const versions: Versions = { ray: '2.60.0', kuberay: '1.6.2' };

const pairs = 5;
const megabytes = 100;
// Ten starts and twenty runs of a workload on a machine that may be busy.
const timeout = 900_000;

function measure(life: Life): void {
  let lab: RayLab;
  beforeAll(async () => {
    lab = await startRayLab(life, versions);
  });

  const startHead = async (kind: Kind): Promise<RunningPod> => {
    await startUp(lab, kind);
    const [head] = await waitForPods(lab, { namespace: rayNamespace, labelSelector: podsOf(kind, 'head'), count: 1 });
    return head as RunningPod;
  };

  const pull = async (head: RunningPod): Promise<number> => {
    const pulled = await runWorkload<{ seconds: number }[]>(head, 'big_objects', { args: [2, megabytes * 1_000_000] });
    return median(pulled.map(({ seconds }) => seconds));
  };

  test('start-up', { timeout }, async () => {
    const measured: Measured = { plain: [], shielded: [] };
    for (let pair = 0; pair < pairs; pair += 1) {
      for (const kind of kinds) {
        measured[kind].push(await startUp(lab, kind));
        await removeCluster(lab, kind);
      }
    }
    process.stdout.write(`${describeRatio('apply to joined worker', 's', measured)}\n`);
  });

  test('transfer', { timeout }, async () => {
    const heads = { plain: await startHead('plain'), shielded: await startHead('shielded') };
    const measured: Measured = { plain: [], shielded: [] };
    for (let pair = 0; pair < 2 * pairs; pair += 1) {
      for (const kind of kinds) measured[kind].push(await pull(heads[kind]));
    }
    process.stdout.write(`${describeRatio(`${megabytes} MB between nodes`, 's', measured)}\n`);
  });
}

labSuite('ray-cost', { parts: partsOf(versions), namespaces: true }, measure);
