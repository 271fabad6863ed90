// A validated Ray object to a RaySpec: its groups, and what it asks of us in one spelling.
import type { FieldPath } from '../findings/finding.ts';
import { valueAt } from '../manifests/edit.ts';
import { isolationFields, tlsField } from './fields.ts';
import type { Candidate } from './find.ts';
import { rayKinds } from './kinds.ts';
import type {
  IsolationMode,
  IsolationRequest,
  PodGroup,
  PodTemplate,
  RayClusterSpec,
  RaySpec,
  TLSRequest,
} from './spec.ts';
import { type Visitors, visitorKey } from './visitors.ts';

type GroupBody = {
  readonly groupName?: string;
  readonly rayStartParams?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly template: PodTemplate;
};

/** What the rest of the input says about an owner. */
export interface Surroundings {
  /** The caller's namespace, for objects that name none. */
  readonly namespace: string;
  readonly visitors: Visitors;
}

/** The spec of a candidate that has passed its schema; undefined where a group has no container for Ray. */
export function readRaySpec({ resource, kind }: Candidate, around: Surroundings): RaySpec | undefined {
  const { specPath } = rayKinds[kind];
  const cluster = valueAt(resource.body, specPath) as RayClusterSpec;
  const head = readGroup('head', cluster.headGroupSpec as unknown as GroupBody, [...specPath, 'headGroupSpec']);
  const workers = ((cluster['workerGroupSpecs'] ?? []) as readonly GroupBody[]).map((group, index) =>
    readGroup('worker', group, [...specPath, 'workerGroupSpecs', index]),
  );
  if (head === undefined || !workers.every((group) => group !== undefined)) return undefined;
  const isolation = readIsolation(cluster, specPath);
  const tls = readTLS(cluster, specPath);
  const { name = '', namespace = around.namespace } = resource.body.metadata;
  return {
    owner: resource,
    kind,
    name,
    namespace,
    path: specPath,
    cluster,
    head,
    workers,
    ...(isolation ? { isolation } : {}),
    ...(tls ? { tls } : {}),
    visitors: around.visitors.get(visitorKey(namespace, name)) ?? [],
  };
}

function readGroup(role: PodGroup['role'], body: GroupBody, path: FieldPath): PodGroup | undefined {
  const [rayContainer] = body.template.spec.containers;
  if (rayContainer === undefined) return undefined;
  return {
    role,
    name: body.groupName ?? '',
    path,
    rayStartParams: body.rayStartParams ?? {},
    template: body.template,
    rayContainer,
    labels: body.labels ?? {},
  };
}

function readIsolation(cluster: RayClusterSpec, specPath: FieldPath): IsolationRequest | undefined {
  const field = isolationFields.find((name) => Object.hasOwn(cluster, name));
  if (field === undefined) return undefined;
  const asked = cluster[field] as Omit<IsolationRequest, 'path' | 'mode'> & { readonly mode?: string };
  const mode = asked.mode ?? 'denyAll';
  // KubeRay 1.7 writes DenyAll, we write denyAll: the schema has let no third spelling pass.
  return {
    ...asked,
    mode: (mode.charAt(0).toLowerCase() + mode.slice(1)) as IsolationMode,
    path: [...specPath, field],
  };
}

function readTLS(cluster: RayClusterSpec, specPath: FieldPath): TLSRequest | undefined {
  const asked = cluster[tlsField] as (Omit<TLSRequest, 'path'> & { readonly enabled?: boolean }) | undefined;
  if (asked === undefined || asked.enabled === false) return undefined;
  const { enabled: _, ...request } = asked;
  return { ...request, path: [...specPath, tlsField] };
}
