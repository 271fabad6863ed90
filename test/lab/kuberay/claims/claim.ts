// What should hold for the cluster of every owner, whatever the KubeRay version.
import { nodesServiceName } from '../../../../plugin/ray/names.ts';
import type { KubernetesObject } from '../../cluster/api.ts';
import type { Container, Pod } from '../../pods/pod.ts';
import type { Captured } from '../captured.ts';
import type { Scene } from '../operator.ts';
import type { RayOwner } from '../owners.ts';

export type Role = 'head' | 'worker';

export interface Claim {
  readonly title: string;
  /** For all owners unless told. */
  readonly concerns?: (owner: RayOwner) => boolean;
  /** Throws where it does not hold. `folder` is for files of its own. */
  readonly check: (captured: Captured, scene: Scene, folder: string) => void | Promise<void>;
}

/** The pods that run Ray. */
export const rayPods = ({ head, workers }: Captured): Pod[] => [head, ...workers];

export const roleOf = ({ metadata }: Pod): Role =>
  metadata.labels?.['ray.io/node-type'] === 'head' ? 'head' : 'worker';

/** KubeRay runs Ray in the first container. */
export function rayContainer({ metadata, spec }: Pod): Container {
  const [first] = spec.containers;
  if (first === undefined) throw new Error(`${metadata.name} has no container`);
  return first;
}

/** A container or init container by its name; undefined where the pod has none of it. */
export const findContainer = ({ spec }: Pod, name: string): Container | undefined =>
  [...spec.containers, ...(spec.initContainers ?? [])].find((container) => container.name === name);

/** `demo-raycluster`: what the names of all generated objects begin with. */
export const baseOf = ({ name, kind }: RayOwner): string => `${name}-${kind.toLowerCase()}`;

type Printed = Pick<Scene, 'printed'>;

/** An object that rayshield printed for an owner. */
export function findPrinted({ printed }: Printed, kind: string, name: string): KubernetesObject {
  const found = printed.find((object) => object.kind === kind && object.metadata.name === name);
  if (found === undefined) throw new Error(`rayshield printed no ${kind} ${name}`);
  return found;
}

interface CertificateSpec {
  readonly secretName: string;
  readonly dnsNames: readonly string[];
}

export const certificateOf = (scene: Printed, owner: RayOwner, role: Role): CertificateSpec =>
  findPrinted(scene, 'Certificate', `${baseOf(owner)}-${role}`)['spec'] as CertificateSpec;

/** Whether a certificate is good for a name: a wildcard stands for one label (RFC 6125, 6.4.3). */
export const isCovered = (name: string, { dnsNames }: Pick<CertificateSpec, 'dnsNames'>): boolean =>
  dnsNames.includes(name) || dnsNames.includes(name.replace(/^[^.]+/, '*'));

/** The identity Service of a role, as it is found from anywhere. */
export const nodesServiceOf = ({ owner }: Captured, role: Role): string => inCluster(nodesServiceName(owner, role));

/** The name of the cluster's head Service, as KubeRay gives it. */
export const headServiceOf = ({ owner, cluster }: Captured): string =>
  owner.headService ?? `${cluster.metadata.name}-head-svc`;

export const inCluster = (service: string): string => `${service}.ml.svc.cluster.local`;
