// No two objects may share an identity: the last one applied would win, and a policy could be replaced without a word.
// KubeRay's names: ray-operator/controllers/ray/utils/util.go (GenerateHeadServiceName and its kin), common/networkpolicy.go.
import type { Finding, Position, ResourceRef } from '../findings/finding.ts';
import { valueAt } from '../manifests/edit.ts';
import type { KubernetesObject, Manifest, Resource } from '../manifests/manifest.ts';
import { findNamed } from '../manifests/mention.ts';
import { positionOf } from '../manifests/position.ts';
import { referTo } from '../manifests/report.ts';
import { isRayKind, rayKinds } from '../ray/kinds.ts';
import type { RaySpec } from '../ray/spec.ts';

/** An object's right to its identity: group, kind, namespace and name in one text. */
interface Claim {
  readonly identity: string;
  readonly by: string;
}

/** The claim of a generated object; it keeps what a finding needs of the owner, and nothing of its tree. */
interface OwnClaim extends Claim {
  readonly owner: Claim;
  readonly kind: string;
  readonly name: string;
  readonly position: Position;
  readonly resource: ResourceRef;
}

/** All that was seen in a run. */
export interface Claims {
  readonly own: OwnClaim[];
  readonly others: Claim[];
  /** Documents that nobody has read yet. */
  readonly unread: Manifest[];
}

/** Findings for generated objects whose identity another object has: of the input, of another owner, or of KubeRay. */
export function findCollisions({ own, others, unread }: Claims, namespace: string): Finding[] {
  if (own.length === 0) return [];
  const findings = findDoubles(own, others);
  const taken = new Map<string, { by: string; owner?: Claim }>(others.map((claim) => [claim.identity, claim]));
  const names = new Set(own.map(({ name }) => name));
  for (const resource of unread.flatMap((manifest) => findNamed(manifest, names))) {
    for (const claim of claimInput(resource, namespace)) taken.set(claim.identity, claim);
  }
  for (const claim of own) {
    const { identity, kind, name, position, resource } = claim;
    const other = taken.get(identity);
    // Of an owner that is given twice all names meet: that it is, has been said.
    if (other !== undefined && other.owner?.identity !== claim.owner.identity) {
      const facts = { kind, name, other: other.by };
      findings.push({
        code: 'NAME_COLLISION',
        severity: 'error',
        position,
        resource,
        field: ['metadata', 'name'],
        facts,
      });
    }
    taken.set(identity, claim);
  }
  return findings;
}

/** Owners that the input gives twice, with our fields or without: each once, at the last place that has them. */
function findDoubles(own: readonly OwnClaim[], others: readonly Claim[]): Finding[] {
  const last = new Map(own.map((claim) => [claim.owner.identity, claim]));
  const doubles = new Map<OwnClaim, string>();
  for (const { identity, by } of others) {
    const claim = last.get(identity);
    if (claim !== undefined && claim.resource.name !== undefined && by !== claim.owner.by) doubles.set(claim, by);
  }
  return [...doubles].map(([{ position, resource }, other]) => {
    return {
      code: 'OBJECT_TWICE',
      severity: 'error',
      position,
      resource,
      field: ['metadata', 'name'],
      facts: { other },
    };
  });
}

const identityOf = (apiVersion: string, kind: string, namespace: string, name: string): string => {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return `${group} ${kind} ${namespace} ${name}`;
};

/** The claims of what one owner is expanded to; a Certificate claims its Secret too. */
export function claimOutput(spec: RaySpec, objects: readonly KubernetesObject[]): OwnClaim[] {
  const { manifest, path, body } = spec.owner;
  const position = positionOf(manifest, [...path, 'metadata', 'name']);
  const owner = claimSelf(spec.owner, spec.namespace);
  const shared = { owner, by: `what ${spec.kind} ${spec.name} is expanded to`, position, resource: referTo(body) };
  const claim = (apiVersion: string, kind: string, name: string): OwnClaim => ({
    ...shared,
    kind,
    name,
    identity: identityOf(apiVersion, kind, spec.namespace, name),
  });
  return objects.flatMap(({ apiVersion, kind, metadata, ...rest }) => {
    const secret = valueAt(rest, ['spec', 'secretName']);
    const own = claim(apiVersion, kind, metadata.name ?? '');
    return typeof secret === 'string' ? [own, claim('v1', 'Secret', secret)] : [own];
  });
}

/** The claims of an object of the input and, for a Ray object, of what KubeRay makes for it. */
export function claimInput(resource: Resource, callerNamespace: string): Claim[] {
  const { kind, metadata } = resource.body;
  const namespace = metadata.namespace ?? callerNamespace;
  const self = claimSelf(resource, namespace);
  return isRayKind(kind) ? [self, ...kuberayClaims(resource, kind, namespace)] : [self];
}

function claimSelf({ manifest, path, body }: Resource, namespace: string): Claim {
  const { apiVersion, kind, metadata } = body;
  const { file, line, column } = positionOf(manifest, [...path, 'metadata', 'name']);
  return {
    identity: identityOf(apiVersion, kind, namespace, metadata.name ?? ''),
    by: `the ${kind} at ${file}:${line}:${column}`,
  };
}

/** What KubeRay itself makes for an owner, of the kinds that we make too. */
function kuberayClaims({ body }: Resource, kind: keyof typeof rayKinds, namespace: string): Claim[] {
  const name = body.metadata.name ?? '';
  const by = `an object that KubeRay makes for ${kind} ${referTo(body).name ?? ''}`;
  const groups = valueAt(body, [...rayKinds[kind].specPath, 'workerGroupSpecs']);
  const groupNames = Array.isArray(groups) ? groups.map((group) => String(valueAt(group, ['groupName']))) : [];
  const service = (part: string): string => identityOf('v1', 'Service', namespace, `${name}-${part}`);
  const policy = (part: string): string =>
    identityOf('networking.k8s.io/v1', 'NetworkPolicy', namespace, `${name}-${part}`);
  const named = valueAt(body, [...rayKinds[kind].specPath, 'headGroupSpec', 'headService', 'metadata', 'name']);
  return [
    ...['head-svc', 'serve-svc', 'headless'].map(service),
    ...(typeof named === 'string' ? [identityOf('v1', 'Service', namespace, named)] : []),
    ...['head', ...groupNames.map((group) => `workers-${group}`)].map(policy),
  ].map((identity) => ({ identity, by }));
}
