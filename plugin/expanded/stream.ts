// The final stream as this check sees it: the Ray objects, and beside them what rayshield may have made, by kind and name.
import { valueAt } from '../manifests/edit.ts';
import type { Resource } from '../manifests/manifest.ts';
import { positionOf } from '../manifests/position.ts';
import { isRayApiVersion } from '../manifests/read.ts';
import { readApplied } from '../ray/annotations.ts';
import type { Candidate } from '../ray/find.ts';
import { isRayKind } from '../ray/kinds.ts';
import { ownerLabelOf } from '../ray/labels.ts';

/** What is kept of a stream while it is read; no tree of other objects is. */
export interface Gathered {
  /** Of the kinds that rayshield makes. */
  readonly objects: Resource[];
  /** Ray objects that can be read, without our fields. */
  readonly readable: Candidate[];
  readonly rays: Resource[];
  /** `namespace name` of the Secrets that something in the stream is or makes. */
  readonly secrets: Set<string>;
}

export const startGathering = (): Gathered => ({ objects: [], readable: [], rays: [], secrets: new Set() });

/** An object that stands beside Ray's. */
export interface Member {
  readonly resource: Resource;
  readonly name: string;
  readonly namespace: string;
  /** The label `rayshield.io/owner`, whose value names whom it was made for. */
  readonly label: string | undefined;
  /** As `file:line:column`. */
  readonly place: string;
}

export type MadeKind = 'NetworkPolicy' | 'Service' | 'Issuer' | 'Certificate';

const madeGroups: Readonly<Record<MadeKind, RegExp>> = {
  NetworkPolicy: /^networking\.k8s\.io\//,
  Service: /^v1$/,
  Issuer: /^cert-manager\.io\//,
  Certificate: /^cert-manager\.io\//,
};

const isMadeKind = (kind: string): kind is MadeKind => Object.hasOwn(madeGroups, kind);

/** The label that generated objects carry. */
export const labelOf = ({ body }: Resource): string | undefined => {
  const label: unknown = valueAt(body, ['metadata', 'labels', 'rayshield.io/owner']);
  return typeof label === 'string' ? label : undefined;
};

/** Takes from an object of the stream what the check needs. */
export function gather(resource: Resource, callerNamespace: string, into: Gathered): void {
  const { apiVersion, kind, metadata } = resource.body;
  const { namespace = callerNamespace } = metadata;
  if (isMadeKind(kind) && madeGroups[kind].test(apiVersion)) into.objects.push(resource);
  if (isRayApiVersion(apiVersion) && isRayKind(kind)) into.rays.push(resource);
  for (const secret of findMadeSecrets(resource)) into.secrets.add(`${namespace} ${secret}`);
}

// Certificate (cert-manager), ExternalSecret, SealedSecret, VaultStaticSecret and their like: where each names its Secret.
const secretNames = [
  ['spec', 'secretName'],
  ['spec', 'target', 'name'],
  ['spec', 'template', 'metadata', 'name'],
  ['spec', 'destination', 'name'],
  ['metadata', 'name'],
];

function findMadeSecrets({ body }: Resource): readonly string[] {
  if (body.kind !== 'Certificate' && !body.kind.endsWith('Secret')) return [];
  const paths = body.kind === 'Certificate' ? secretNames.slice(0, 1) : secretNames;
  return paths.map((path) => valueAt(body, path)).filter((name) => typeof name === 'string');
}

export interface Stream {
  /** Objects of a kind and name in all namespaces, in input order. */
  readonly find: (kind: MadeKind, name: string) => readonly Member[];
  /** Objects that were made for an owner, by its label. */
  readonly labelled: (namespace: string, label: string) => readonly Member[];
  /** Objects that were made for an owner that is not in their namespace, in input order. */
  readonly strays: readonly Member[];
  /** Expanded Ray objects, and what was made for any, that have the identity of another object before them. */
  readonly doubles: readonly (readonly [first: Member, second: Member])[];
  /** The Certificate that makes a Secret. */
  readonly findCertificate: (namespace: string, secret: string) => Member | undefined;
  /** Whether anything in the stream is or makes a Secret. */
  readonly makesSecret: (namespace: string, name: string) => boolean;
}

export function readStream({ objects, rays, secrets }: Gathered, callerNamespace: string): Stream {
  const members = objects.map((resource) => describe(resource, callerNamespace));
  const owners = rays.map((resource) => describe(resource, callerNamespace));
  const homes = new Set(
    owners.map(({ resource, name, namespace }) => `${namespace} ${ownerLabelOf({ kind: resource.body.kind, name })}`),
  );
  const byName = groupBy(members, ({ resource, name }) => `${resource.body.kind} ${name}`);
  const byLabel = groupBy(members, ({ namespace, label = '' }) => `${namespace} ${label}`);
  const bySecret = new Map(
    members
      .filter(({ resource }) => resource.body.kind === 'Certificate')
      .map((one) => [`${one.namespace} ${valueAt(one.resource.body, ['spec', 'secretName'])}`, one]),
  );
  return {
    find: (kind, name) => byName.get(`${kind} ${name}`) ?? [],
    labelled: (namespace, label) => byLabel.get(`${namespace} ${label}`) ?? [],
    doubles: findDoubles([...members, ...owners]),
    strays: members.filter(({ namespace, label }) => label !== undefined && !homes.has(`${namespace} ${label}`)),
    findCertificate: (namespace, secret) => bySecret.get(`${namespace} ${secret}`),
    makesSecret: (namespace, name) => secrets.has(`${namespace} ${name}`),
  };
}

function findDoubles(all: readonly Member[]): (readonly [Member, Member])[] {
  const identities = groupBy(all, ({ resource, namespace, name }) => `${resource.body.kind} ${namespace} ${name}`);
  return [...identities.values()].flatMap((same) => {
    const [first, second] = same;
    const isOurs = same.some(({ resource, label }) => label !== undefined || readApplied(resource.body) !== undefined);
    return first === undefined || second === undefined || !isOurs ? [] : [[first, second] as const];
  });
}

// Map.groupBy is there from Node 21 on.
function groupBy(members: readonly Member[], key: (member: Member) => string): ReadonlyMap<string, readonly Member[]> {
  const groups = new Map<string, Member[]>();
  for (const member of members) {
    const group = groups.get(key(member));
    if (group === undefined) groups.set(key(member), [member]);
    else group.push(member);
  }
  return groups;
}

function describe(resource: Resource, callerNamespace: string): Member {
  const { name = '', namespace = callerNamespace } = resource.body.metadata;
  const { file, line, column } = positionOf(resource.manifest, [...resource.path, 'metadata', 'name']);
  return { resource, name, namespace, label: labelOf(resource), place: `${file}:${line}:${column}` };
}
