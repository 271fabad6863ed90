// A validated Ray object to a RaySpec: its groups, and what it asks of us in one spelling.
import type { FieldPath } from '../findings/finding.ts';
import { valueAt } from '../manifests/edit.ts';
import type { Neighbours } from '../manifests/neighbours.ts';
import { isolationFields, tlsField } from './fields.ts';
import type { Candidate } from './find.ts';
import { rayKinds } from './kinds.ts';
import type {
  Container,
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
  readonly neighbours: Neighbours;
}

/** The spec of a candidate that has passed its schema; undefined where a group has no container for Ray. */
export function readRaySpec({ resource, kind, given = [] }: Candidate, around: Surroundings): RaySpec | undefined {
  const { specPath } = rayKinds[kind];
  const cluster = valueAt(resource.body, specPath) as RayClusterSpec;
  const [head, ...workers] = findGroups(cluster, specPath).map(readGroup);
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
    given,
    visitors: around.visitors.get(visitorKey(namespace, name)) ?? [],
    neighbours: around.neighbours,
  };
}

/** Where groups have no container for Ray: what keeps a candidate that fits its schema from having a spec. */
export const findEmptyGroups = ({ resource, kind }: Candidate): FieldPath[] =>
  findGroups(valueAt(resource.body, rayKinds[kind].specPath) as RayClusterSpec, rayKinds[kind].specPath)
    .filter(({ body }) => containersOf(body).length === 0)
    .map(({ path }) => [...path, 'template', 'spec', 'containers']);

interface Group {
  readonly role: PodGroup['role'];
  readonly body: GroupBody;
  readonly path: FieldPath;
}

/** The head first, then the workers in input order. */
function findGroups(cluster: RayClusterSpec, specPath: FieldPath): Group[] {
  const workers = (cluster['workerGroupSpecs'] ?? []) as readonly GroupBody[];
  return [
    { role: 'head', body: cluster.headGroupSpec as unknown as GroupBody, path: [...specPath, 'headGroupSpec'] },
    ...workers.map((body, index): Group => ({ role: 'worker', body, path: [...specPath, 'workerGroupSpecs', index] })),
  ];
}

// A template may have no spec: its schema asks for none.
const containersOf = ({ template }: GroupBody): readonly Container[] =>
  (template.spec as PodTemplate['spec'] | undefined)?.containers ?? [];

function readGroup({ role, body, path }: Group): PodGroup | undefined {
  const [rayContainer] = containersOf(body);
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
