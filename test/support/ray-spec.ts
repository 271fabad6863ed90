// A complete RaySpec, made from a Ray object as a user writes it: the cluster `demo` in the namespace `ml` with one worker
// group `small`, and what a test changes.

import { changeAt } from '../../plugin/manifests/edit.ts';
import type { KubernetesObject, Resource } from '../../plugin/manifests/manifest.ts';
import { findNeighbours } from '../../plugin/manifests/neighbours.ts';
import { readManifests } from '../../plugin/manifests/read.ts';
import { rayKinds } from '../../plugin/ray/kinds.ts';
import { readRaySpec } from '../../plugin/ray/read-spec.ts';
import type { Container, RayKind, RaySpec } from '../../plugin/ray/spec.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What differs in a group from one container that runs Ray 2.52. */
interface GroupParts {
  readonly rayStartParams?: Readonly<Record<string, string>>;
  /** Of the template's metadata. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Fields of the Ray container. */
  readonly ray?: Fields;
  /** Containers after Ray's. */
  readonly others?: readonly Container[];
  /** Fields of the pod beside its containers. */
  readonly pod?: Fields;
  /** Fields of the group beside these. */
  readonly group?: Fields;
}

export interface SpecParts {
  readonly kind?: RayKind;
  readonly apiVersion?: 'ray.io/v1' | 'ray.io/v1alpha1';
  readonly name?: string;
  /** Empty: the object names none, and neither does the caller. */
  readonly namespace?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly tls?: Fields;
  readonly isolation?: Fields;
  /** Fields of the RayClusterSpec. */
  readonly cluster?: Fields;
  readonly head?: GroupParts;
  /** Of the group `small`. */
  readonly worker?: GroupParts;
  /** Fields of the owner's own spec, beside the RayClusterSpec: `entrypoint`, `serveConfigV2`. */
  readonly owner?: Fields;
  /** What else the input holds, as YAML. */
  readonly neighbours?: string;
}

/** Without `tls` or `isolation` the spec asks for neither. */
export function makeRaySpec(parts: SpecParts = {}): RaySpec {
  const { kind = 'RayCluster', apiVersion = 'ray.io/v1', name = 'demo', namespace = 'ml', annotations, owner } = parts;
  const bare: KubernetesObject = {
    apiVersion,
    kind,
    metadata: { name, ...(namespace ? { namespace } : {}), ...(annotations ? { annotations } : {}) },
  };
  const { specPath } = rayKinds[kind];
  const around = owner === undefined ? bare : changeAt(bare, specPath.slice(0, -1), () => owner);
  return readSpec(
    changeAt(around, specPath, () => makeCluster(parts)),
    parts.neighbours,
  );
}

/** The spec of a Ray object with what else its input holds, which is nothing where no YAML is given. */
export function readSpec(body: KubernetesObject, others = ''): RaySpec {
  const source = { file: 'ray.yaml', text: '' };
  const resource: Resource = { manifest: { source, offset: 0, prefix: '', text: '' }, path: [], body };
  const { manifests } = readManifests({ file: 'others.yaml', text: others }, { maxDocuments: 100 });
  const around = { namespace: '', visitors: new Map(), neighbours: findNeighbours(manifests, '') };
  const spec = readRaySpec({ resource, kind: body.kind as RayKind }, around);
  if (spec === undefined) throw new Error('a group has no container');
  return spec;
}

const makeCluster = ({ tls, isolation, cluster, head, worker }: SpecParts): Fields => ({
  rayVersion: '2.52.0',
  ...(isolation ? { networkIsolation: isolation } : {}),
  ...(tls ? { tlsOptions: tls } : {}),
  ...cluster,
  headGroupSpec: makeGroup('ray-head', head),
  workerGroupSpecs: [{ groupName: 'small', ...makeGroup('ray-worker', worker) }],
});

const makeGroup = (
  name: string,
  { rayStartParams = {}, annotations, ray, others = [], pod, group }: GroupParts = {},
) => ({
  ...group,
  rayStartParams,
  template: {
    ...(annotations ? { metadata: { annotations } } : {}),
    spec: { containers: [{ name, image: 'rayproject/ray:2.52.0', ...ray }, ...others], ...pod },
  },
});
