// What TLS changes in a head or worker group. Only the Ray container is touched, which KubeRay takes to be the first and
// copies into wait-gcs-ready (common/pod.go). Ours come after the user's own; lists and maps that are absent are made.
import type { Container, EnvVar, PodTemplate } from '../ray/spec.ts';
import { buildTLSVolume, tlsMount } from './environment.ts';
import { nodeAddressParameter } from './start-parameter.ts';

/** A headGroupSpec or an entry of workerGroupSpecs, as far as it is changed. */
export type GroupSpec = {
  readonly rayStartParams?: Readonly<Record<string, string>>;
  readonly template: PodTemplate;
  readonly [field: string]: unknown;
};

/** What the pods of a role get. */
export interface PodIdentity {
  readonly nodeAddress: string;
  readonly environment: readonly EnvVar[];
  readonly secretName: string;
}

export const patchGroup = (group: GroupSpec, identity: PodIdentity): GroupSpec => ({
  ...group,
  rayStartParams: { ...group.rayStartParams, [nodeAddressParameter]: identity.nodeAddress },
  template: { ...group.template, spec: patchPodSpec(group.template.spec, identity) },
});

const patchPodSpec = (pod: PodTemplate['spec'], identity: PodIdentity): PodTemplate['spec'] => ({
  ...pod,
  containers: pod.containers.map((container, index) =>
    index === 0 ? patchRayContainer(container, identity) : container,
  ),
  volumes: [...(pod.volumes ?? []), buildTLSVolume(identity.secretName)],
});

const patchRayContainer = (container: Container, { environment }: PodIdentity): Container => ({
  ...container,
  env: [...(container.env ?? []), ...environment],
  volumeMounts: [...(container.volumeMounts ?? []), tlsMount],
});
