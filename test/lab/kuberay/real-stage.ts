// The pods of a real operator as the judges of policies see them: their labels and ports, and everyone round them.
import type { KubernetesObject } from '../cluster/api.ts';
import type { Pod } from '../pods/pod.ts';
import { buildBystanders } from '../policies/bystanders.ts';
import { buildStage, type Owner, type Stage } from '../policies/fixture-world.ts';
import type { Placed } from '../policies/synthetic-pods.ts';
import type { Captured } from './captured.ts';
import { rayPods, roleOf } from './claims/claim.ts';
import type { Scene } from './operator.ts';
import { namespace, visitor } from './owners.ts';

const placeOf = ({ owner }: Captured, pod: Pod): string =>
  `${owner.name} ${roleOf(pod) === 'head' ? 'head' : `worker ${pod.metadata.labels?.['ray.io/group']}`}`;

const putAt = (place: string, { metadata, spec }: Pod): Placed => ({
  place,
  pod: {
    name: metadata.name,
    namespace: metadata.namespace ?? namespace,
    labels: metadata.labels ?? {},
    ports: spec.containers.flatMap(({ ports = [] }) => ports),
  },
});

const ownerOf = (captured: Captured): Owner => ({
  name: captured.owner.name,
  pods: rayPods(captured).map((pod) => placeOf(captured, pod)),
  submitters: captured.submitter ? [`${captured.owner.name} submitter`] : [],
});

/** Long names make no difference to policies. */
const onStage = ({ captured }: Scene): Captured[] => captured.filter(({ owner }) => !owner.isLong);

/** The stage of the captured pods, without those of the long names, under the policies that rayshield printed. */
export function buildRealStage(scene: Scene): Stage {
  const captured = onStage(scene);
  const placed = captured.flatMap((one) => [
    ...rayPods(one).map((pod) => putAt(placeOf(one, pod), pod)),
    ...(one.submitter ? [putAt(`${one.owner.name} submitter`, one.submitter)] : []),
  ]);
  const everyone = [...placed, putAt(`${visitor.name} submitter`, scene.visitor), ...buildBystanders(namespace)];
  return buildStage(scene.printed, everyone, captured.map(ownerOf));
}

interface Service extends KubernetesObject {
  readonly spec: { readonly selector?: Readonly<Record<string, string>> };
}

/** The place of the pod that the operator reached by a host name or an address. */
export function findDialled(scene: Scene, services: readonly KubernetesObject[], host: string): string | undefined {
  const service = services.find(({ metadata }) => host.split('.')[0] === metadata.name) as Service | undefined;
  const selector = Object.entries(service?.spec.selector ?? {});
  const isDialled = ({ metadata, status }: Pod): boolean =>
    status?.podIP === host ||
    (service !== undefined && selector.every(([key, value]) => metadata.labels?.[key] === value));
  return onStage(scene).flatMap((one) =>
    rayPods(one)
      .filter(isDialled)
      .map((pod) => placeOf(one, pod)),
  )[0];
}
