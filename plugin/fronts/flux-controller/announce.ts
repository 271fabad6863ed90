// What others are told: the ExternalArtifact, which consumers read, and the status of the ExpandedSource, which people do.
// The object itself is applied, its status patched after: the API server drops a status that comes with the object.
import {
  type Artifact,
  type ArtifactHolder,
  type ExpandedSource,
  externalArtifactOf,
  fluxApiVersion,
  keyOf,
  ownApiVersion,
  ownKind,
  type Reference,
  requestedAt,
} from './api.ts';
import type { Cluster } from './cluster.ts';
import { makeReady, printTime, type Verdict } from './condition.ts';
import type { Stored } from './storage.ts';

export interface Announcement {
  readonly object: ExpandedSource;
  /** The ExternalArtifact as it is; undefined where there is none, or where it is not ours. */
  readonly held: ArtifactHolder | undefined;
  readonly verdict: Verdict;
  /** The new artifact; without it the last good one stays. */
  readonly stored?: Stored & { readonly hash: string; readonly source: Artifact };
}

interface Announcer {
  readonly cluster: Pick<Cluster, 'apply' | 'patchStatus'>;
  readonly address: string;
}

/** Whether `held` says of itself that it is made from `object`. */
export function isOurs({ spec }: ArtifactHolder, { metadata }: ExpandedSource): boolean {
  const { apiVersion = '', kind, name, namespace = metadata.namespace } = spec?.sourceRef ?? {};
  const [group] = apiVersion.split('/');
  const isOfGroup = group === ownApiVersion.split('/')[0];
  return isOfGroup && kind === ownKind && name === metadata.name && namespace === metadata.namespace;
}

/** Writes what has changed, and nothing else: each write wakes all who watch. */
export async function announce(announcement: Announcement, { cluster, address }: Announcer): Promise<void> {
  const { object, stored } = announcement;
  const { held } = announcement;
  const ref = externalArtifactOf(keyOf(object));
  const now = new Date();
  const ready = (previous: ArtifactHolder['status']) =>
    makeReady(announcement.verdict, object.metadata.generation ?? 0, previous?.conditions, now);
  const artifact =
    stored === undefined ? held?.status?.artifact : describe(stored, held?.status?.artifact, address, now);
  if (stored !== undefined && (held === undefined || !isOwned(held, object)))
    await cluster.apply(makeObject(ref, object));
  if (artifact !== undefined) {
    // The conditions are a list without keys: a patch replaces all of it.
    await patchChanged(cluster, ref, held?.status, { artifact, conditions: [ready(held?.status)] });
  }
  const own: Reference = { ...ref, apiVersion: ownApiVersion, kind: ownKind };
  await patchChanged(cluster, own, object.status, {
    observedGeneration: object.metadata.generation ?? 0,
    lastHandledReconcileAt: object.metadata.annotations?.[requestedAt],
    sourceRevision: stored?.source.revision,
    artifact: artifact && { revision: artifact.revision, digest: artifact.digest, url: artifact.url },
    conditions: [ready(object.status)],
  });
}

/** Whether the garbage collector knows that it goes with `object`. */
const isOwned = ({ metadata }: ArtifactHolder, object: ExpandedSource): boolean =>
  (metadata as { ownerReferences?: readonly { uid: string }[] }).ownerReferences?.some(
    ({ uid }) => uid === object.metadata.uid,
  ) === true;

function makeObject(ref: Reference, object: ExpandedSource) {
  const { namespace, name, uid } = object.metadata;
  const sourceRef = { apiVersion: ownApiVersion, kind: ownKind, name, namespace };
  const owner = { apiVersion: ownApiVersion, kind: ownKind, name, uid, controller: true, blockOwnerDeletion: true };
  return {
    apiVersion: fluxApiVersion,
    kind: ref.kind,
    metadata: {
      name: ref.name,
      namespace: ref.namespace,
      labels: { 'app.kubernetes.io/managed-by': 'rayshield' },
      ownerReferences: [owner],
    },
    spec: { sourceRef },
  };
}

/** Consumers wake where the revision changes, which it does with the content alone. */
function describe(
  { path, digest, size, hash, source }: NonNullable<Announcement['stored']>,
  before: Artifact | undefined,
  address: string,
  now: Date,
): Artifact {
  const revision = `latest@sha256:${hash}`;
  const isSame = before?.revision === revision && before.digest === digest;
  const origin = source.metadata?.['org.opencontainers.image.revision'] ?? source.revision;
  return {
    digest,
    lastUpdateTime: isSame ? before.lastUpdateTime : printTime(now),
    path,
    revision,
    size,
    url: `${address}${path}`,
    metadata: { 'org.opencontainers.image.revision': origin },
  };
}

async function patchChanged(
  cluster: Pick<Cluster, 'patchStatus'>,
  ref: Reference,
  before: object | undefined,
  status: object,
): Promise<void> {
  const changed = Object.entries(status).filter(
    ([field, value]) => value !== undefined && !isEqual(value, (before as Record<string, unknown>)?.[field]),
  );
  if (changed.length > 0) await cluster.patchStatus(ref, Object.fromEntries(changed));
}

/** Whatever the order of keys: the API server keeps its own. */
function isEqual(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  if (keys.length !== others.length) return false;
  return keys.every((key) => isEqual((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}
