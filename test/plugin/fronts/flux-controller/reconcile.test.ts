import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type {
  ArtifactHolder,
  ExpandedSource,
  KubernetesObject,
  Reference,
} from '../../../../plugin/fronts/flux-controller/api.ts';
import { makeReconciler, Passing } from '../../../../plugin/fronts/flux-controller/reconcile.ts';
import type { Rendered } from '../../../../plugin/fronts/flux-controller/rendering.ts';
import { openStorage } from '../../../../plugin/fronts/flux-controller/storage.ts';

const top = mkdtempSync(join(tmpdir(), 'rayshield-reconcile-'));
const bytes = Buffer.from('source');
const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const server = createServer((request, response) => {
  response.writeHead(request.url === '/gone' ? 404 : 200).end(bytes);
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  server.close();
  rmSync(top, { recursive: true, force: true });
});
const urlOf = (path: string): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`;

const rendered = (text: string): Rendered => ({
  is: 'rendered',
  archive: Buffer.from(text),
  hash: createHash('sha256').update(text).digest('hex'),
  said: '',
});

const object: ExpandedSource = {
  apiVersion: 'flux.rayshield.io/v1alpha1',
  kind: 'ExpandedSource',
  metadata: { name: 'ray', namespace: 'ml', uid: 'u1', generation: 3 },
  spec: { sourceRef: { kind: 'GitRepository', name: 'src' } },
};

/** A world with one source, and what has been written into it. */
function makeWorld() {
  const objects = new Map<string, ArtifactHolder>();
  const writes: string[] = [];
  let answer: Rendered = rendered('one');
  let renderings = 0;
  const nameOf = ({ kind, namespace, name }: Reference) => `${kind} ${namespace}/${name}`;
  const refOf = ({ apiVersion, kind, metadata }: KubernetesObject) => ({
    apiVersion,
    kind,
    namespace: metadata.namespace ?? '',
    name: metadata.name,
  });
  const setSource = (revision: string, path = 'a'): void => {
    const artifact = { digest, revision, url: urlOf(path), path, lastUpdateTime: '2026-01-01T00:00:00Z' };
    const metadata = { name: 'src', namespace: 'ml' };
    objects.set('GitRepository ml/src', { apiVersion: '', kind: 'GitRepository', metadata, status: { artifact } });
  };
  const folder = mkdtempSync(join(top, 'world-'));
  const storage = openStorage(join(folder, 'storage'));
  const reconciler = makeReconciler({
    cluster: {
      read: async (ref) => objects.get(nameOf(ref)) as never,
      apply: async (given) => {
        writes.push(`apply ${given.kind}`);
        const before = objects.get(nameOf(refOf(given)));
        objects.set(nameOf(refOf(given)), { ...before, ...given });
        return given;
      },
      patchStatus: async (ref, status) => {
        writes.push(`status ${ref.kind}`);
        const before = objects.get(nameOf(ref)) ?? object;
        objects.set(nameOf(ref), { ...before, status: { ...before.status, ...status } });
      },
    },
    storage,
    render: async () => {
      renderings += 1;
      return answer;
    },
    address: 'http://here/',
    allowsCrossNamespace: false,
    flags: [],
    temporaryFolder: folder,
    stop: new AbortController().signal,
    onVerdict: () => {},
  });
  setSource('main@1');
  return {
    folder,
    storage,
    reconciler,
    writes,
    setSource,
    objects,
    answerWith: (given: Rendered) => {
      answer = given;
    },
    renderings: () => renderings,
    reconcile: (given: Partial<ExpandedSource> = {}) => {
      writes.length = 0;
      const status = objects.get('ExpandedSource ml/ray')?.status;
      return reconciler.reconcile({ ...object, ...(status && { status: status as never }), ...given });
    },
    artifact: () => objects.get('ExternalArtifact ml/ray')?.status?.artifact,
    ready: () => objects.get('ExpandedSource ml/ray')?.status?.conditions?.[0],
  };
}

test('the object is applied, then its status; the same again writes nothing and renders nothing', async () => {
  const world = makeWorld();
  expect(await world.reconcile()).toBe(600_000);
  expect(world.writes).toEqual(['apply ExternalArtifact', 'status ExternalArtifact', 'status ExpandedSource']);
  expect(world.artifact()).toMatchObject({ revision: expect.stringMatching(/^latest@sha256:[0-9a-f]{64}$/), size: 3 });
  expect(world.artifact()?.url).toBe(`http://here/${world.artifact()?.path}`);
  expect(world.ready()).toMatchObject({ status: 'True', reason: 'Succeeded', observedGeneration: 3 });
  expect(await world.reconcile()).toBeLessThanOrEqual(600_000);
  expect([world.writes, world.renderings()]).toEqual([[], 1]);
  // Nothing of the work is left behind.
  expect(readdirSync(world.folder)).toEqual(['storage']);
});

test('a new revision of the source with the same content keeps revision, digest and time', async () => {
  const world = makeWorld();
  await world.reconcile();
  const before = world.artifact();
  world.setSource('main@2');
  await world.reconcile();
  expect(world.renderings()).toBe(2);
  expect(world.artifact()).toEqual({ ...before, metadata: { 'org.opencontainers.image.revision': 'main@2' } });
});

test('a refusal keeps the artifact, says why in both objects, and is not tried again until something changes', async () => {
  const world = makeWorld();
  await world.reconcile();
  const good = world.artifact();
  world.setSource('main@2');
  world.answerWith({ is: 'refused', said: 'a.yaml:1:1: error\n' });
  expect(await world.reconcile()).toBe(600_000);
  await world.reconcile();
  expect(world.renderings()).toBe(2);
  expect(world.artifact()).toEqual(good);
  expect(existsSync(join(world.storage.root, good?.path ?? ''))).toBe(true);
  const condition = { status: 'False', reason: 'RenderFailed', message: 'a.yaml:1:1: error' };
  expect(world.ready()).toMatchObject(condition);
  expect(world.objects.get('ExternalArtifact ml/ray')?.status?.conditions).toMatchObject([condition]);
  world.setSource('main@3');
  world.answerWith(rendered('two'));
  await world.reconcile();
  expect(world.artifact()?.revision).not.toBe(good?.revision);
  expect(world.ready()).toMatchObject({ status: 'True' });
});

test('a refusal of the very first rendering announces no artifact at all', async () => {
  const world = makeWorld();
  world.answerWith({ is: 'refused', said: 'no' });
  await world.reconcile();
  expect(world.writes).toEqual(['status ExpandedSource']);
  expect(world.objects.has('ExternalArtifact ml/ray')).toBe(false);
});

test('what the host fails at is tried again soon', async () => {
  const world = makeWorld();
  world.answerWith({ is: 'failed', said: 'TOOL_MISSING' });
  await expect(world.reconcile()).rejects.toThrow(Passing);
  expect(world.ready()).toMatchObject({ status: 'False', reason: 'RenderFailed', message: 'TOOL_MISSING' });
  await expect(world.reconcile()).rejects.toThrow(Passing);
  expect(world.renderings()).toBe(2);
});

test('an artifact that has gone is a failure to fetch, which is tried again', async () => {
  const world = makeWorld();
  world.setSource('main@1', 'gone');
  await expect(world.reconcile()).rejects.toThrow(/no longer has/);
  expect(world.ready()).toMatchObject({ reason: 'FetchFailed' });
});

test('what is missing from the storage is rendered again, under the same revision', async () => {
  const world = makeWorld();
  await world.reconcile();
  const before = world.artifact();
  rmSync(join(world.storage.root, before?.path ?? ''));
  await world.reconcile();
  expect(world.artifact()).toEqual(before);
  expect(world.storage.holds(before?.path ?? '', before?.digest ?? '')).toBe(true);
});

test('an ExternalArtifact of somebody else is not touched', async () => {
  const world = makeWorld();
  const foreign = { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'ExternalArtifact', metadata: object.metadata };
  const sourceRef = { apiVersion: 'example.com/v1', kind: 'ExpandedSource', name: 'ray' };
  const held = { ...foreign, spec: { sourceRef }, status: { conditions: [] } };
  world.objects.set('ExternalArtifact ml/ray', held);
  await world.reconcile();
  expect(world.ready()).toMatchObject({ status: 'False', reason: 'NameTaken' });
  expect(world.objects.get('ExternalArtifact ml/ray')).toEqual(held);
});

test('a source of another namespace is refused without being read, and a suspended object left alone', async () => {
  const world = makeWorld();
  await world.reconcile({ spec: { sourceRef: { kind: 'GitRepository', name: 'src', namespace: 'other' } } });
  expect(world.ready()).toMatchObject({ reason: 'AccessDenied' });
  expect(world.renderings()).toBe(0);
  expect(await world.reconcile({ spec: { ...object.spec, suspend: true } })).toBeUndefined();
  expect(world.writes).toEqual([]);
});

test('a message is cut where the API server would refuse it', async () => {
  const world = makeWorld();
  world.answerWith({ is: 'refused', said: 'a line of words\n'.repeat(10_000) });
  await world.reconcile();
  const message = world.ready()?.message ?? '';
  expect(message.length).toBeLessThanOrEqual(32_768);
  expect(message).toMatch(/a line of words\n\.\.\. \(cut\)$/);
});

test('what is forgotten is gone from the disk', async () => {
  const world = makeWorld();
  await world.reconcile();
  world.reconciler.forget('ml/ray');
  expect(world.storage.keys()).toEqual([]);
});
