// What a Ray cluster costs with rayshield's fields and without: the same manifest both ways, measured in pairs.
import { waitFor } from '../cluster/wait.ts';
import { podsOf } from './core-cluster.ts';
import { expandManifest, type RayLab, rayNamespace } from './lab.ts';
import { listPods } from './pods.ts';

export const kinds = ['plain', 'shielded'] as const;

export type Kind = (typeof kinds)[number];

/** One figure of each kind for every pair. */
export type Measured = Readonly<Record<Kind, number[]>>;

export const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
};

/** Two lines: the medians with the median of the pairs' ratios, and the best of each, which a busy machine disturbs least. */
export function describeRatio(what: string, unit: string, { plain, shielded }: Measured): string {
  const ratios = shielded.map((value, index) => value / (plain[index] ?? Number.NaN));
  const describe = (name: string, of: (numbers: readonly number[]) => number): string => {
    const [one, other] = [of(plain), of(shielded)];
    const ratio = name === 'median' ? median(ratios) : other / one;
    return `${what}, ${name}: plain ${one.toFixed(2)} ${unit}, shielded ${other.toFixed(2)} ${unit}, ratio ${ratio.toFixed(2)}`;
  };
  const best = (numbers: readonly number[]): number => Math.min(...numbers);
  return [describe('median', median), describe(`best of ${ratios.length}`, best)].join('\n');
}

/** The manifest for one kind: the plain one has neither of rayshield's fields, so that rayshield leaves it as it is. */
const editFor =
  (kind: Kind) =>
  (manifest: string): string => {
    const named = manifest.replaceAll('NAME', kind);
    return kind === 'shielded' ? named : named.replace(/ *# begin shield[\s\S]*# end shield\n/, '');
  };

/** From the apply of all that is printed, certificates and all, until the worker says that Ray runs on it; in seconds. */
export async function startUp(lab: RayLab, kind: Kind): Promise<number> {
  const objects = await expandManifest(lab, 'cost', editFor(kind));
  const start = performance.now();
  for (const object of objects) await lab.api.apply(object);
  await waitFor(
    'the worker to have joined',
    async () => {
      const [pod] = await listPods(lab.api, rayNamespace, podsOf(kind, 'worker'));
      const worker = pod && lab.kubelet.find(rayNamespace, pod.metadata.name);
      return worker?.readLog('ray-worker').includes('Ray runtime started') || undefined;
    },
    { timeout: 120_000 },
  );
  return (performance.now() - start) / 1000;
}

const podKind = { apiVersion: 'v1', kind: 'Pod', namespace: rayNamespace } as const;

/** Removes a cluster and its Secrets, which cert-manager leaves: the next start is to be a first one. */
export async function removeCluster(lab: RayLab, kind: Kind): Promise<void> {
  for (const { apiVersion, kind: type, metadata } of await expandManifest(lab, 'cost', editFor(kind))) {
    await lab.api.remove({ apiVersion, kind: type, name: metadata.name, namespace: rayNamespace });
  }
  // Without grace: a worker whose head is gone would drain for half a minute.
  await waitFor('its pods to be gone', async () => {
    const pods = await listPods(lab.api, rayNamespace, `ray.io/cluster=${kind}`);
    for (const pod of pods) await lab.api.remove({ ...podKind, name: pod.metadata.name }, { force: true });
    return pods.length === 0 || undefined;
  });
  const secret = { apiVersion: 'v1', kind: 'Secret', namespace: rayNamespace };
  for (const { metadata } of await lab.api.list(secret)) await lab.api.remove({ ...secret, name: metadata.name });
}
