// What the check takes from a stream while it is read: no tree of other objects is kept.
import { valueAt } from '../manifests/edit.ts';
import type { Resource } from '../manifests/manifest.ts';
import { isRayApiVersion } from '../manifests/read.ts';
import type { Candidate } from '../ray/find.ts';
import { isRayKind } from '../ray/kinds.ts';

export interface Gathered {
  /** Of the kinds that rayshield makes. */
  readonly objects: Resource[];
  /** Ray objects that can be read, without our fields. */
  readonly readable: Candidate[];
  /** All Ray objects of the four kinds. */
  readonly rays: Resource[];
  /** `namespace name` of the Secrets that something in the stream is or makes. */
  readonly secrets: Set<string>;
}

export const startGathering = (): Gathered => ({ objects: [], readable: [], rays: [], secrets: new Set() });

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

/** The namespace that an object is applied to. */
export function namespaceOf({ body }: Resource, callerNamespace: string): string {
  const { namespace }: { namespace?: unknown } = body.metadata;
  return typeof namespace === 'string' ? namespace : callerNamespace;
}

/** Takes from an object of the stream what the check needs. */
export function gather(resource: Resource, callerNamespace: string, into: Gathered): void {
  const { apiVersion, kind } = resource.body;
  const namespace = namespaceOf(resource, callerNamespace);
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
