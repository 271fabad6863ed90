// The world of a fixture: the pods that KubeRay makes of its Ray objects, everyone round them, and the policies that were
// printed for them.
import type { KubernetesObject } from '../../../plugin/manifests/manifest.ts';
import type { PodSpec } from '../../support/kuberay-pods.ts';
import { matchesSelector } from '../../support/label-selector.ts';
import type { Endpoint, NetworkPolicy, Pod, World } from '../../support/world.ts';
import { addresses, buildBystanders } from './bystanders.ts';
import { findAddresses } from './questions.ts';
import { buildClusterPods, buildSubmitterPods, type KubeRayMinor, type Placed } from './synthetic-pods.ts';

/** A Ray object with the places of its own pods. */
export interface Owner {
  /** `RayJob/train`. */
  readonly name: string;
  /** Places of its Ray pods. */
  readonly pods: readonly string[];
  /** Places of those who submit to it from outside. */
  readonly submitters: readonly string[];
}

/** Who stands where. */
export interface Stage {
  readonly world: World;
  readonly places: ReadonlyMap<string, Endpoint>;
  /** Those whose pods a policy holds. */
  readonly owners: readonly Owner[];
}

const isPolicy = ({ kind }: { readonly kind: string }): boolean => kind === 'NetworkPolicy';
const isRay = ({ apiVersion }: KubernetesObject): boolean => apiVersion.startsWith('ray.io/');

/** Gives pods addresses of a family that no rule of the fixtures names, for np-guard takes no pod for an address. */
const withAddress = (pod: PodSpec, index: number): Pod => ({ ...pod, ip: `fd00:66::${(index + 1).toString(16)}` });

/** A world of the placed pods and the policies among `objects`. */
export function buildStage(
  objects: readonly { readonly kind: string }[],
  placed: readonly Placed[],
  owners: readonly Owner[],
): Stage {
  const pods = placed.map(({ place, pod }, index) => ({ place, pod: withAddress(pod, index) }));
  const policies = objects.filter(isPolicy) as unknown as readonly NetworkPolicy[];
  const isHeld = (place: string): boolean => {
    const pod = pods.find((one) => one.place === place)?.pod;
    return policies.some(({ spec }) => pod !== undefined && matchesSelector(spec.podSelector ?? {}, pod.labels));
  };
  const world = {
    policies,
    pods: pods.map(({ pod }) => pod),
    namespaces: [...new Set(pods.map(({ pod }) => pod.namespace))].map((name) => ({ name, labels: {} })),
  };
  const unnamed = findAddresses(world).filter((address) => !Object.values(addresses).includes(address));
  const places: readonly (readonly [string, Endpoint])[] = [
    ...pods.map(({ place, pod }) => [place, pod] as const),
    ...Object.entries(addresses),
    ...unnamed.map((address) => [address, address] as const),
  ];
  return { world, places: new Map(places), owners: owners.filter(({ pods: own }) => own.some(isHeld)) };
}

/** The stage of what a fixture expands to, with pods as a KubeRay version makes them. */
export function buildFixtureStage(objects: readonly KubernetesObject[], minor: KubeRayMinor): Stage {
  const rays = objects.filter(isRay).map((object) => ({ object, name: `${object.kind}/${object.metadata.name}` }));
  const inOrder = rays.map(({ object, name }, index) => {
    const prefix = rays.length > 1 ? `${name} ` : '';
    const named = ({ place, pod }: Placed): Placed => ({
      place: `${prefix}${place}`,
      pod: { ...pod, name: `owner-${index}-${place.replace(/[^a-z0-9]/gi, '-')}` },
    });
    const cluster = buildClusterPods(object, minor).map(named);
    const submitters = buildSubmitterPods(object, minor).map(named);
    const [pods, guests] = [cluster, submitters].map((some) => some.map(({ place }) => place));
    return { placed: [...cluster, ...submitters], owner: { name, pods: pods ?? [], submitters: guests ?? [] } };
  });
  const namespace = rays[0]?.object.metadata.namespace ?? 'default';
  const placed = [...inOrder.flatMap((one) => one.placed), ...buildBystanders(namespace)];
  return buildStage(
    objects,
    placed,
    inOrder.map(({ owner }) => owner),
  );
}
