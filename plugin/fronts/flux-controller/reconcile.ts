// One ExpandedSource to its ExternalArtifact: fetch the source's artifact, render and expand it, keep and announce what came out. Where
// that fails the last good artifact stays, and the condition says why. https://github.com/fluxcd/flux2/tree/main/rfcs/0012-external-artifact
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Given } from '../../settings/resolve.ts';
import { announce, isOurs } from './announce.ts';
import {
  type Artifact,
  type ArtifactHolder,
  type ExpandedSource,
  externalArtifactOf,
  type Key,
  keyOf,
  requestedAt,
  sourceOf,
} from './api.ts';
import type { Cluster } from './cluster.ts';
import type { Verdict } from './condition.ts';
import { DownloadFailure, download } from './download.ts';
import { readInterval } from './interval.ts';
import type { Render, Rendered } from './rendering.ts';
import type { Storage } from './storage.ts';

export interface ReconcileOptions {
  readonly cluster: Pick<Cluster, 'read' | 'apply' | 'patchStatus'>;
  readonly storage: Storage;
  readonly render: Render;
  /** Where consumers find the storage, `http://host:port/`. */
  readonly address: string;
  readonly allowsCrossNamespace: boolean;
  readonly flags: readonly Given[];
  readonly temporaryFolder: string;
  readonly stop: AbortSignal;
  readonly onVerdict: (key: Key, verdict: Verdict) => void;
}

/** The reason of a failure that may pass by itself, so that it is tried again soon. */
export class Passing extends Error {}

export interface Reconciler {
  /** After how many milliseconds it is to be done again; undefined where it is over. */
  reconcile(object: ExpandedSource): Promise<number | undefined>;
  /** Forgets an object that has gone, with all that is stored of it. */
  forget(key: Key): void;
}

interface Done {
  readonly inputs: string;
  readonly at: number;
  /** Whether an artifact came of it. */
  readonly isGood: boolean;
}

const maxArtifactBytes = 104_857_600;
const pauses = [500, 1000, 2000];

export function makeReconciler(options: ReconcileOptions): Reconciler {
  const { cluster, storage, onVerdict } = options;
  const done = new Map<Key, Done>();
  const fail = async (object: ExpandedSource, held: ArtifactHolder | undefined, verdict: Verdict): Promise<void> => {
    await announce({ object, held, verdict }, options);
    onVerdict(keyOf(object), verdict);
  };
  /** Makes the artifact anew; whether there is one. */
  const renew = async (object: ExpandedSource, held: ArtifactHolder | undefined, artifact: Artifact) => {
    const made = await make(object, artifact, options);
    if (!('verdict' in made)) {
      await publish(object, held, { ...made, source: artifact }, options);
      onVerdict(keyOf(object), { reason: 'Succeeded', message: made.said });
      return true;
    }
    await fail(object, held, made.verdict);
    if (made.isPassing) throw new Passing(made.verdict.message);
    return false;
  };
  return {
    async reconcile(object) {
      const key = keyOf(object);
      if (object.spec.suspend === true) return undefined;
      const interval = readInterval(object.spec.interval);
      const held = await cluster.read<ArtifactHolder>(externalArtifactOf(key));
      const refused = findRefusal(object, held, options);
      const found = refused === undefined ? await readSource(object, options) : { verdict: refused };
      if ('verdict' in found) {
        done.delete(key);
        await fail(object, refused?.reason === 'NameTaken' ? undefined : held, found.verdict);
        return interval;
      }
      const before = done.get(key);
      const inputs = describeInputs(object, found.artifact);
      const rest = before === undefined ? 0 : before.at + interval - performance.now();
      if (before?.inputs === inputs && rest > 0 && (!before.isGood || isKept(held, storage))) return rest;
      done.delete(key);
      const isGood = await renew(object, held, found.artifact);
      done.set(key, { inputs, at: performance.now(), isGood });
      return interval;
    },
    forget(key) {
      done.delete(key);
      storage.removeAll(key);
    },
  };
}

/** All that an artifact is made of; the same inputs make the same artifact. */
const describeInputs = ({ metadata, spec }: ExpandedSource, artifact: Artifact): string =>
  JSON.stringify([metadata.uid, spec, metadata.annotations?.[requestedAt], artifact.digest, artifact.revision]);

/** Whether what has been announced is there to be fetched. */
const isKept = (held: ArtifactHolder | undefined, storage: Storage): boolean => {
  const artifact = held?.status?.artifact;
  return artifact !== undefined && storage.holds(artifact.path, artifact.digest);
};

function findRefusal(
  object: ExpandedSource,
  held: ArtifactHolder | undefined,
  { allowsCrossNamespace }: ReconcileOptions,
): Verdict | undefined {
  const { metadata, spec } = object;
  const source = sourceOf(object);
  if (source.namespace !== metadata.namespace && !allowsCrossNamespace) {
    const message = `spec.sourceRef.namespace is another namespace; put the ExpandedSource beside its source, or start the controller with --allow-cross-namespace-refs`;
    return { reason: 'AccessDenied', message };
  }
  if (
    spec.sourceRef.kind === 'ExternalArtifact' &&
    source.name === metadata.name &&
    source.namespace === metadata.namespace
  ) {
    return {
      reason: 'AccessDenied',
      message: 'spec.sourceRef names the artifact that this object makes; name another source',
    };
  }
  if (held === undefined || isOurs(held, object)) return undefined;
  const message = `there is an ExternalArtifact ${metadata.name} of somebody else; give this object another name`;
  return { reason: 'NameTaken', message };
}

async function readSource(
  object: ExpandedSource,
  { cluster }: ReconcileOptions,
): Promise<{ readonly artifact: Artifact } | { readonly verdict: Verdict }> {
  const ref = sourceOf(object);
  const source = await cluster.read<ArtifactHolder>(ref);
  const name = `${ref.kind} ${ref.namespace}/${ref.name}`;
  if (source === undefined) {
    const message = `there is no ${name}; make it, or correct spec.sourceRef`;
    return { verdict: { reason: 'SourceNotFound', message } };
  }
  const artifact = source.status?.artifact;
  if (artifact !== undefined) return { artifact };
  return { verdict: { reason: 'SourceNotReady', message: `${name} has no artifact yet; see its own conditions` } };
}

type Made = Extract<Rendered, { is: 'rendered' }> | { readonly verdict: Verdict; readonly isPassing: boolean };

/** Fetches and renders in a folder that is removed after. */
async function make(object: ExpandedSource, artifact: Artifact, options: ReconcileOptions): Promise<Made> {
  const folder = mkdtempSync(join(options.temporaryFolder, 'source-'));
  try {
    const archive = join(folder, 'artifact.tar.gz');
    await fetchArtifact(object, artifact, archive, options);
    const { metadata, spec } = object;
    const { path = '.', settings = {} } = spec;
    const { flags } = options;
    const rendered = await options.render({ archive, folder, path, settings, flags, name: metadata.name });
    if (rendered.is === 'rendered') return rendered;
    const verdict: Verdict = { reason: 'RenderFailed', message: rendered.said };
    return { verdict, isPassing: rendered.is === 'failed' };
  } catch (error) {
    if (!(error instanceof DownloadFailure)) throw error;
    return { verdict: { reason: 'FetchFailed', message: error.message }, isPassing: true };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Old artifacts vanish: one that has gone is asked for once more where the source says now. */
async function fetchArtifact(
  object: ExpandedSource,
  artifact: Artifact,
  file: string,
  options: ReconcileOptions,
): Promise<void> {
  const request = { file, maxBytes: maxArtifactBytes, pauses, stop: options.stop };
  try {
    await download({ ...request, url: artifact.url, digest: artifact.digest });
  } catch (error) {
    if (!(error instanceof DownloadFailure && error.isGone)) throw error;
    const again = await readSource(object, options);
    if ('verdict' in again || again.artifact.url === artifact.url) throw error;
    await download({ ...request, url: again.artifact.url, digest: again.artifact.digest });
  }
}

async function publish(
  object: ExpandedSource,
  held: ArtifactHolder | undefined,
  made: { readonly archive: Uint8Array; readonly hash: string; readonly said: string; readonly source: Artifact },
  options: ReconcileOptions,
): Promise<void> {
  const { storage } = options;
  const key = keyOf(object);
  try {
    const stored = storage.put(key, made.hash, made.archive);
    const verdict: Verdict = { reason: 'Succeeded', message: printSuccess(made.source, made.said) };
    await announce({ object, held, verdict, stored: { ...stored, hash: made.hash, source: made.source } }, options);
    storage.prune(key);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error && 'path' in error)) throw error;
    const message = `the artifact cannot be stored: ${'code' in error ? String(error.code) : error.name}`;
    await announce({ object, held, verdict: { reason: 'StorageOperationFailed', message } }, options);
    throw new Passing(message);
  }
}

const printSuccess = ({ revision }: Artifact, said: string): string =>
  `expanded revision ${revision}${said === '' ? '' : `\n${said}`}`;
