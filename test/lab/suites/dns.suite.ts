// Identity is a DNS name, so DNS must know it early: the real CoreDNS, over the endpoint slices of Kubernetes' own controller,
// for pods that KubeRay's operator made and that never become ready.
import type { Resolver } from 'node:dns/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { expandObjects } from '../cluster/expand.ts';
import { waitFor } from '../cluster/wait.ts';
import { type Captured, capture } from '../kuberay/captured.ts';
import {
  certificateOf,
  headServiceOf,
  inCluster,
  isCovered,
  nodesServiceOf,
  rayPods,
  roleOf,
} from '../kuberay/claims/claim.ts';
import { startOperator } from '../kuberay/operator.ts';
import { flagsFor, namespace, ownersOf, writeOwners } from '../kuberay/owners.ts';
import type { Pod } from '../pods/pod.ts';
import type { ControlPlane } from '../servers/control-plane.ts';
import { startCoreDns } from '../servers/coredns.ts';
import { labSuite } from '../suite.ts';

// One whose cluster has the user's name, and one whose cluster's name KubeRay makes up.
const owners = ownersOf('1.6').filter(({ name }) => name === 'demo' || name === 'train');

const dashed = ({ status }: Pod): string => (status?.podIP ?? '').replaceAll('.', '-');

/** NXDOMAIN, or a name without such a record. */
const isUnknown = (failure: NodeJS.ErrnoException): boolean =>
  failure.code === 'ENOTFOUND' || failure.code === 'ENODATA';

/** The addresses of a name; none where it is unknown. */
async function ask(resolver: Resolver, name: string): Promise<string[]> {
  try {
    return (await resolver.resolve4(name)).sort();
  } catch (failure) {
    if (isUnknown(failure as NodeJS.ErrnoException)) return [];
    throw failure;
  }
}

labSuite('dns', { parts: ['control-plane', 'kuberay-crds', 'kuberay-1.6.2'] }, (life) => {
  let plane: ControlPlane;
  let usual: Resolver;
  let byPodName: Resolver;
  let captured: readonly Captured[] = [];
  let printed: Awaited<ReturnType<typeof expandObjects>> = [];

  beforeAll(async () => {
    // Pods have an address and are never ready.
    ({ plane } = await startOperator(life, '1.6.2', { decide: () => 'running', dualStack: true }));
    usual = await startCoreDns(life, plane);
    byPodName = await startCoreDns(life, plane, { endpointPodNames: true });
    printed = await expandObjects(writeOwners('demo', 'train'), flagsFor('1.6'));
    for (const object of printed) await plane.api.apply(object);
    captured = await Promise.all(owners.map((owner) => capture(plane.api, owner, { submits: false })));
  });

  const find = (name: string): Captured => {
    const found = captured.find(({ owner }) => owner.name === name);
    if (found === undefined) throw new Error(`${name} was not captured`);
    return found;
  };
  const known = (resolver: Resolver, name: string, addresses: readonly string[]): Promise<unknown> =>
    waitFor(`${name} in DNS`, async () => ((await ask(resolver, name)).join() === addresses.join() ? true : undefined));

  describe.each(['demo', 'train'])('%s', (name) => {
    test('no pod is ready', async () => {
      for (const pod of rayPods(find(name))) {
        expect(pod.status?.conditions).toContainEqual(expect.objectContaining({ type: 'Ready', status: 'False' }));
      }
    });

    test('each pod is found under its dashed name, which its certificate is good for', async () => {
      const one = find(name);
      for (const pod of rayPods(one)) {
        const host = `${dashed(pod)}.${nodesServiceOf(one, roleOf(pod))}`;
        await known(usual, host, [pod.status?.podIP ?? '']);
        expect(isCovered(host, certificateOf({ printed }, one.owner, roleOf(pod)))).toBe(true);
      }
    });

    test('each pod is found under the dashed form of its IPv6 address', async () => {
      const one = find(name);
      for (const pod of rayPods(one)) {
        const six = pod.status?.podIPs?.[1]?.ip ?? '';
        const host = `${six.replaceAll(':', '-')}.${nodesServiceOf(one, roleOf(pod))}`;
        const found = await waitFor(`${host} in DNS`, () => usual.resolve6(host));
        expect(found).toEqual([six]);
        expect(isCovered(host, certificateOf({ printed }, one.owner, roleOf(pod)))).toBe(true);
      }
    });

    test('a head is not found among the workers, nor a worker among the heads', async () => {
      const one = find(name);
      for (const pod of rayPods(one)) {
        const other = roleOf(pod) === 'head' ? 'worker' : 'head';
        expect(await ask(usual, `${dashed(pod)}.${nodesServiceOf(one, other)}`)).toEqual([]);
      }
    });

    test('the head Service leads to the head', async () => {
      const one = find(name);
      await known(usual, inCluster(headServiceOf(one)), [one.head.status?.podIP ?? '']);
    });

    test('the Service of a role leads to all its pods', async () => {
      const one = find(name);
      await known(usual, nodesServiceOf(one, 'head'), [one.head.status?.podIP ?? '']);
      await known(usual, nodesServiceOf(one, 'worker'), one.workers.map(({ status }) => status?.podIP ?? '').sort());
    });

    test('with endpoint_pod_names each pod is found under its own name, and under no other', async () => {
      const one = find(name);
      for (const pod of rayPods(one)) {
        const service = nodesServiceOf(one, roleOf(pod));
        const host = `${pod.metadata.name}.${service}`;
        await known(byPodName, host, [pod.status?.podIP ?? '']);
        expect(await ask(byPodName, `${dashed(pod)}.${service}`)).toEqual([]);
        expect(await ask(usual, host)).toEqual([]);
        expect(isCovered(host, certificateOf({ printed }, one.owner, roleOf(pod)))).toBe(true);
      }
    });
  });

  test('a name that was asked for too early is found once the pod has its address', async () => {
    const one = find('demo');
    const next = `10-244-9-9.${nodesServiceOf(one, 'worker')}`;
    expect(await ask(usual, next)).toEqual([]);
    const [worker] = one.workers;
    if (worker === undefined) throw new Error('demo has a worker');
    const ref = { apiVersion: 'v1', kind: 'Pod', name: worker.metadata.name, namespace };
    await plane.api.patch(
      ref,
      { status: { podIP: '10.244.9.9', podIPs: [{ ip: '10.244.9.9' }] } },
      { subresource: 'status' },
    );
    await known(usual, next, ['10.244.9.9']);
  });

  test('a pod that is gone is not found any more', async () => {
    const one = find('train');
    const [worker] = one.workers;
    if (worker === undefined) throw new Error('train has a worker');
    const host = `${dashed(worker)}.${nodesServiceOf(one, 'worker')}`;
    await known(usual, host, [worker.status?.podIP ?? '']);
    await plane.api.remove({ apiVersion: 'v1', kind: 'Pod', name: worker.metadata.name, namespace }, { force: true });
    // This one remembers no former answer.
    const fresh = await startCoreDns(life, plane);
    await known(fresh, host, []);
  });
});
