// Keeps the packet filters of all pods as the policies in the API server want them.

import type { NetworkPolicy, World, Pod as WorldPod } from '../../support/world.ts';
import type { Api } from '../cluster/api.ts';
import { buildFilter, type Filter } from './filter.ts';
import { printFilter } from './filter-text.ts';
import { type Attached, loadRuleset } from './network.ts';
import type { Pod } from './pod.ts';
import { type EndpointSlice, printServices, type Service } from './services.ts';

export interface FilteredPod {
  readonly pod: Pod;
  readonly attached: Attached;
}

export interface Enforcement {
  /** Without them every pod is open. */
  enforcePolicies: boolean;
  /** Reads policies, namespaces and Services, and programs every pod whose ruleset is another one now. */
  program(): Promise<void>;
}

const toWorldPod = ({ pod, attached }: FilteredPod): WorldPod => ({
  name: pod.metadata.name,
  namespace: pod.metadata.namespace ?? 'default',
  labels: pod.metadata.labels ?? {},
  ip: attached.ip,
  ports: [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].flatMap(({ ports = [] }) => ports),
});

async function readWorld(api: Api, pods: readonly FilteredPod[]): Promise<World> {
  const [policies, namespaces] = await Promise.all([
    api.list({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' }),
    api.list({ apiVersion: 'v1', kind: 'Namespace' }),
  ]);
  return {
    policies: policies as unknown as NetworkPolicy[],
    pods: pods.map(toWorldPod),
    namespaces: namespaces.map(({ metadata }) => ({ name: metadata.name, labels: metadata.labels ?? {} })),
  };
}

async function readServices(api: Api): Promise<string> {
  const [services, slices] = await Promise.all([
    api.list({ apiVersion: 'v1', kind: 'Service' }),
    api.list({ apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' }),
  ]);
  return printServices(services as Service[], slices as EndpointSlice[]);
}

const openFilter: Filter = { ingress: 'open', egress: 'open' };

/** @param listPods those that have a network now. */
export function openEnforcement(api: Api, node: string, listPods: () => readonly FilteredPod[]): Enforcement {
  const loaded = new Map<string, string>();
  let turn: Promise<void> = Promise.resolve();
  const programPod = async (own: WorldPod, attached: Attached, world: World, services: string): Promise<void> => {
    const filter = enforcement.enforcePolicies ? buildFilter(own, world) : openFilter;
    const ruleset = printFilter(filter, { pod: own.ip, node }) + services;
    if (loaded.get(attached.name) === ruleset) return;
    await loadRuleset(attached, ruleset);
    loaded.set(attached.name, ruleset);
  };
  const programAll = async (): Promise<void> => {
    const pods = listPods();
    const [world, services] = await Promise.all([readWorld(api, pods), readServices(api)]);
    const done = await Promise.allSettled(
      pods.map((one) => programPod(toWorldPod(one), one.attached, world, services)),
    );
    const failed = done.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
  };
  const enforcement: Enforcement = {
    enforcePolicies: true,
    // One after the other, each with what the API server says then: an older answer never comes after a newer.
    program: () => {
      const next = turn.then(programAll);
      turn = next.catch(() => undefined);
      return next;
    },
  };
  return enforcement;
}
