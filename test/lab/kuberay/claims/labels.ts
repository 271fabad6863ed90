// The labels of real pods against those by which the policies of the fixtures are judged (../../policies/synthetic-pods.ts).
import { expect } from 'vitest';
import type { KubernetesObject as Manifest } from '../../../../plugin/manifests/manifest.ts';
import type { Labels } from '../../../support/world.ts';
import type { KubernetesObject } from '../../cluster/api.ts';
import type { Pod } from '../../pods/pod.ts';
import { buildClusterPods, buildSubmitterPods, clipLabel } from '../../policies/synthetic-pods.ts';
import type { Captured } from '../captured.ts';
import type { Scene } from '../operator.ts';
import { type Claim, findPrinted, rayPods, roleOf } from './claim.ts';

/** In the product's own type, whose metadata is open. */
const printedOwner = (scene: Scene, { owner }: Captured): Manifest =>
  findPrinted(scene, owner.kind, owner.name) as KubernetesObject & { metadata: Manifest['metadata'] };

/** Synthetic labels under the name that KubeRay has really made up. */
function withName(labels: Labels, cluster: string): Labels {
  const role = labels['ray.io/node-type'] === 'worker' ? 'worker' : 'head';
  return { ...labels, 'ray.io/cluster': cluster, 'ray.io/identifier': clipLabel(`${cluster}-${role}`) };
}

const withJob = (labels: Labels, job: string): Labels =>
  Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, value === labels['job-name'] ? job : value]));

/** What each pod has of its own: the uid of its Job, and whether its head serves, which the operator asks it. */
const isOwn = (key: string): boolean => key.endsWith('controller-uid') || key === 'ray.io/serve';

const comparable = (labels: Labels = {}): Labels =>
  Object.fromEntries(Object.entries(labels).filter(([key]) => !isOwn(key)));

/** Holds one pod's labels against those that stand for `place`. */
export function checkLabels(captured: Captured, pod: Pod, place: string, scene: Scene): void {
  const placed = buildClusterPods(printedOwner(scene, captured), scene.minor);
  const wanted = placed.find((one) => one.place === place)?.pod.labels ?? {};
  const renamed = withName(wanted, captured.cluster.metadata.name);
  // The Job controller labels what it makes.
  const { 'batch.kubernetes.io/job-name': _, 'job-name': __, ...found } = pod.metadata.labels ?? {};
  expect(comparable(found)).toEqual(comparable(renamed));
}

export const labelClaims: readonly Claim[] = [
  {
    title: 'pods bear the labels by which the fixtures’ policies are judged',
    check: (captured, scene) => {
      for (const pod of rayPods(captured)) {
        const place = roleOf(pod) === 'head' ? 'head' : `worker ${pod.metadata.labels?.['ray.io/group']}`;
        checkLabels(captured, pod, place, scene);
      }
    },
  },
  {
    title: 'the submitter bears the labels by which the fixtures’ policies are judged',
    concerns: ({ kind }) => kind === 'RayJob' || kind === 'RayCronJob',
    check: (captured, scene) => {
      const [wanted] = buildSubmitterPods(printedOwner(scene, captured), scene.minor);
      const found = captured.submitter?.metadata.labels;
      expect(comparable(found)).toEqual(withJob(wanted?.pod.labels ?? {}, found?.['job-name'] ?? ''));
    },
  },
];
