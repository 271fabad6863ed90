// A Ray object `demo` in the namespace `ml`, with the worker groups small and gpu, in each of the four kinds.
import type { KubernetesObject } from '../../plugin/manifests/manifest.ts';
import type { RayKind } from '../../plugin/ray/spec.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What differs from a plain object. Groups take over every field; `ray` goes into the Ray container. */
export interface OwnerOptions {
  /** Of the RayClusterSpec: networkIsolation, tlsOptions, enableInTreeAutoscaling and the like. */
  readonly cluster?: Fields;
  readonly head?: { readonly rayStartParams?: Fields; readonly ray?: Fields };
  readonly small?: { readonly rayStartParams?: Fields; readonly ray?: Fields };
  /** Beside the RayClusterSpec, in `spec` or for a RayCronJob in its jobTemplate. */
  readonly job?: Fields;
  readonly annotations?: Readonly<Record<string, string>>;
}

const image = 'rayproject/ray:2.52.0';

function buildGroup({ rayStartParams = {}, ray = {} }: NonNullable<OwnerOptions['head']> = {}): Fields {
  return { rayStartParams, template: { spec: { containers: [{ name: 'ray', image, ...ray }] } } };
}

function buildSpec(kind: RayKind, cluster: Fields, job: Fields): Fields {
  switch (kind) {
    case 'RayCluster':
      return cluster;
    case 'RayJob':
      return { entrypoint: 'python train.py', ...job, rayClusterSpec: cluster };
    case 'RayService':
      return { ...job, rayClusterConfig: cluster };
    case 'RayCronJob':
      return {
        schedule: '45 21 * * *',
        jobTemplate: { entrypoint: 'python train.py', ...job, rayClusterSpec: cluster },
      };
  }
}

/** The object as a user writes it. */
export function buildOwner(kind: RayKind, options: OwnerOptions = {}): KubernetesObject {
  const { annotations, cluster, head, job = {}, small } = options;
  const replicas = { replicas: 1, minReplicas: 0, maxReplicas: 2 };
  const spec = {
    rayVersion: '2.52.0',
    ...cluster,
    headGroupSpec: buildGroup(head),
    workerGroupSpecs: [
      { groupName: 'small', ...replicas, ...buildGroup(small) },
      { groupName: 'gpu', ...replicas, ...buildGroup() },
    ],
  };
  return {
    apiVersion: 'ray.io/v1',
    kind,
    metadata: { name: 'demo', namespace: 'ml', ...(annotations ? { annotations } : {}) },
    spec: buildSpec(kind, spec, job),
  };
}
