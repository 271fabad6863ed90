// The Services of a cluster, ours and KubeRay's: whom they lead to, by the endpoint slices of Kubernetes' own controller.
import { expect } from 'vitest';
import { nodesServiceName } from '../../../../plugin/ray/names.ts';
import { waitFor } from '../../cluster/wait.ts';
import type { Pod } from '../../pods/pod.ts';
import { findOwnPods } from '../captured.ts';
import type { Scene } from '../operator.ts';
import { namespace, type RayOwner } from '../owners.ts';
import { type Claim, headServiceOf, roleOf } from './claim.ts';

interface Endpoint {
  readonly addresses: readonly string[];
}

/** The addresses behind a Service, as the endpoint slice controller found them. */
async function readEndpoints({ plane }: Scene, service: string): Promise<string[]> {
  const slices = await plane.api.list(
    { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', namespace },
    { labelSelector: `kubernetes.io/service-name=${service}` },
  );
  const endpoints = slices.flatMap((slice) => (slice['endpoints'] ?? []) as readonly Endpoint[]);
  return endpoints.flatMap(({ addresses }) => addresses).sort();
}

/** Waits until a Service leads to the pods that `find` gives, which may still come and go. */
const checkEndpoints = (scene: Scene, service: string, find: () => Promise<readonly Pod[]>): Promise<unknown> =>
  waitFor(`${service} to lead to its pods`, async () => {
    const expected = (await find()).map(({ status }) => status?.podIP ?? '').sort();
    const found = await readEndpoints(scene, service);
    if (found.join() !== expected.join()) throw new Error(`to ${found.join(', ')}, not to ${expected.join(', ')}`);
    return true;
  });

/** Holds the identity Services of an owner against the pods of all its clusters. */
export async function checkNodesServices(scene: Scene, owner: RayOwner): Promise<void> {
  for (const role of ['head', 'worker'] as const) {
    const findOfRole = async (): Promise<Pod[]> =>
      (await findOwnPods(scene.plane.api, owner)).filter((pod) => roleOf(pod) === role);
    expect((await findOfRole()).length).toBeGreaterThan(0);
    await checkEndpoints(scene, nodesServiceName(owner, role), findOfRole);
  }
}

export const serviceClaims: readonly Claim[] = [
  {
    title: 'the identity Services lead to the pods of their role and to no others',
    check: ({ owner }, scene) => checkNodesServices(scene, owner),
  },
  {
    title: 'the head Service leads to the head',
    check: async (captured, scene) => {
      await checkEndpoints(scene, headServiceOf(captured), () => Promise.resolve([captured.head]));
    },
  },
];
