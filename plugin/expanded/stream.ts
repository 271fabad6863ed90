// The final stream as this check sees it: what stands beside Ray objects, by kind and name, and by the owner it was made for.
import { valueAt } from '../manifests/edit.ts';
import type { Resource } from '../manifests/manifest.ts';
import type { Neighbour } from '../manifests/neighbours.ts';
import { positionOf } from '../manifests/position.ts';
import { readApplied } from '../ray/annotations.ts';
import { ownerLabelOf } from '../ray/labels.ts';
import { type Gathered, labelOf, type MadeKind, namespaceOf } from './gather.ts';

/** An object that stands beside Ray's. */
export interface Member extends Neighbour {
  readonly resource: Resource;
  /** The label `rayshield.io/owner`, whose value names whom it was made for. */
  readonly label: string | undefined;
}

/** What was made for an owner that is not in its namespace. */
export interface Stray {
  readonly namespace: string;
  readonly label: string;
  /** In input order; never empty. */
  readonly members: readonly Member[];
}

export interface Stream {
  /** Objects of a kind and name in all namespaces, in input order. */
  readonly find: (kind: MadeKind, name: string) => readonly Member[];
  /** Objects that were made for an owner, by its label. */
  readonly labelled: (namespace: string, label: string) => readonly Member[];
  /** NetworkPolicies that were made for no owner of their namespace. */
  readonly foreignPolicies: (namespace: string) => readonly Member[];
  /** In input order. */
  readonly strays: readonly Stray[];
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
  const isAtHome = ({ namespace, label }: Member): boolean => homes.has(`${namespace} ${label}`);
  const isOfKind = (kind: MadeKind) => (one: Member) => one.resource.body.kind === kind;
  const byName = groupBy(members, ({ resource, name }) => `${resource.body.kind} ${name}`);
  const byLabel = groupBy(members, ({ namespace, label = '' }) => `${namespace} ${label}`);
  const policies = members.filter(isOfKind('NetworkPolicy')).filter((one) => !isAtHome(one));
  const foreign = groupBy(policies, ({ namespace }) => namespace);
  const certificates = members.filter(isOfKind('Certificate'));
  const bySecret = new Map(certificates.map((one) => [`${one.namespace} ${secretOf(one)}`, one]));
  return {
    find: (kind, name) => byName.get(`${kind} ${name}`) ?? [],
    labelled: (namespace, label) => byLabel.get(`${namespace} ${label}`) ?? [],
    foreignPolicies: (namespace) => foreign.get(namespace) ?? [],
    strays: [...byLabel.values()].flatMap(([first, ...others]) =>
      first?.label === undefined || isAtHome(first)
        ? []
        : [{ namespace: first.namespace, label: first.label, members: [first, ...others] }],
    ),
    doubles: findDoubles([...members, ...owners]),
    findCertificate: (namespace, secret) => bySecret.get(`${namespace} ${secret}`),
    makesSecret: (namespace, name) => secrets.has(`${namespace} ${name}`),
  };
}

const secretOf = ({ resource }: Member): unknown => valueAt(resource.body, ['spec', 'secretName']);

function findDoubles(all: readonly Member[]): (readonly [Member, Member])[] {
  const identities = groupBy(all, ({ resource, namespace, name }) => `${resource.body.kind} ${namespace} ${name}`);
  return [...identities.values()].flatMap((same) => {
    const [first, second] = same;
    const isOurs =
      first?.name !== '' &&
      same.some(({ resource, label }) => label !== undefined || readApplied(resource.body) !== undefined);
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
  const { name }: { name?: unknown } = resource.body.metadata;
  const { file, line, column } = positionOf(resource.manifest, [...resource.path, 'metadata', 'name']);
  const place = `${file}:${line}:${column}`;
  return {
    resource,
    body: resource.body,
    name: typeof name === 'string' ? name : '',
    namespace: namespaceOf(resource, callerNamespace),
    label: labelOf(resource),
    place,
  };
}
