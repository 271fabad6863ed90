// What is stored of every case after KubeRay's and cert-manager's controllers have settled, and what a second apply changes.
// Each case is applied in namespaces of its own, so that all of them can be there at once.
import { beforeAll, expect, test } from 'vitest';
import { findDifferences, printPath } from '../cases/difference.ts';
import { type Case, expandCase, listAllCases } from '../cases/expansion.ts';
import { findOwnPaths, isOnWay, readGiven, withoutOwnFields } from '../cases/given.ts';
import { inParallel } from '../cases/in-parallel.ts';
import { hasNamespace, makeNamespaceMaker, move } from '../cases/namespaces.ts';
import { isApplicable, isRay, nameOf, printJson } from '../cases/printed.ts';
import { hasWorkerGroups, isRewritten, listRewritings, listSorted } from '../cases/rewriting.ts';
import { haveSamples, isSample, withoutSamples } from '../cases/samples.ts';
import { refOf, waitUntilSeen } from '../cases/settled.ts';
import { ApiError, type KubernetesObject } from '../cluster/api.ts';
import { startCertManager } from '../servers/cert-manager.ts';
import { type ControlPlane, startControlPlane } from '../servers/control-plane.ts';
import { startKubeRay } from '../servers/kuberay.ts';
import { labSuite } from '../suite.ts';

interface Sent {
  readonly one: Case;
  /** As it was sent: what rayshield printed, moved to a namespace of its own. */
  readonly object: KubernetesObject;
  /** As the API server stored it before any controller saw it. */
  readonly first: KubernetesObject;
  readonly settled: KubernetesObject;
}

/** An object without its status and the API server's own bookkeeping, as a text. */
const printAsked = ({ status: _, metadata, ...object }: KubernetesObject): string =>
  JSON.stringify({ ...object, metadata: { ...metadata, resourceVersion: undefined, managedFields: undefined } });

const isConflict = (failure: unknown): boolean => failure instanceof ApiError && failure.status === 409;

labSuite('api-server-stored', { parts: ['control-plane', 'kuberay-crds', 'kuberay-1.6.2'] }, (life) => {
  let plane: ControlPlane;
  let makeNamespaces: ReturnType<typeof makeNamespaceMaker>;
  let all: Sent[];

  beforeAll(async () => {
    plane = await startControlPlane(life);
    await startCertManager(life, plane);
    await startKubeRay(life, plane, '1.6.2');
    makeNamespaces = makeNamespaceMaker(plane.api);
    const expanded = await inParallel(listAllCases(), async (one) => ({ one, ...(await expandCase(one, '1.6')) }), 1);
    const asked = expanded.flatMap(({ one, printed }, index) =>
      printed
        .filter(({ object }) => isApplicable(object) && hasNamespace(object))
        .map(({ object }) => ({ one, object: move(object, `case-${index}`) })),
    );
    await makeNamespaces(asked.map(({ object }) => object));
    const applied = await inParallel(asked, async ({ one, object }) => {
      return { one, object, first: await plane.api.apply(printJson(object)) };
    });
    all = await inParallel(applied, async (sent) => ({
      ...sent,
      settled: await waitUntilSeen(plane.api, sent.object),
    }));
  });

  test('no field that was sent has another value, and those that are gone were empty', async ({ annotate }) => {
    const found = all.flatMap(({ object, settled }) =>
      findDifferences(object, settled).map((one) => ({ object, ...one })),
    );
    for (const line of listSorted(found.map(({ object, path }) => `${object.kind} ${printPath(path)}`)))
      await annotate(line);
    expect(found.filter(({ means }) => means !== 'the zero value')).toEqual([]);
    expect(
      found.filter(({ object }) => object.metadata.labels?.['app.kubernetes.io/managed-by'] === 'rayshield'),
    ).toEqual([]);
    expect(all.length).toBeGreaterThan(500);
  });

  test('KubeRay rewrites owners of three kinds, and adds or drops only what is empty', async ({ annotate }) => {
    const found = all.flatMap(({ first, settled }) => listRewritings(first, settled));
    for (const line of listSorted(found.map(({ text }) => text))) await annotate(line);
    expect(found.filter(({ isEmpty }) => !isEmpty)).toEqual([]);
    expect(listSorted(found.map(({ kind }) => kind))).toEqual(['RayCluster', 'RayJob', 'RayService']);
  });

  test('nothing that KubeRay rewrites was made by rayshield', () => {
    const touched = all
      .filter(({ object }) => isRay(object))
      .flatMap(({ one, object, first, settled }) => {
        const given = readGiven(one).find(
          ({ kind, metadata }) => kind === object.kind && metadata?.name === object.metadata.name,
        );
        const own = given === undefined ? [] : findOwnPaths(given, object);
        return findDifferences(first['spec'], settled['spec'], ['spec'])
          .filter(({ path }) => own.some((mine) => isOnWay(mine, path)))
          .map(({ path }) => `${nameOf(object)} ${printPath(path)}`);
      });
    expect(touched).toEqual([]);
  });

  test.skipIf(!haveSamples)(`the samples are among them ${haveSamples ? '' : withoutSamples}`, () => {
    expect(all.filter(({ one }) => isSample(one)).length).toBeGreaterThan(300);
  });

  test('KubeRay finds no fault with a spec', async () => {
    const events = await plane.api.list({ apiVersion: 'v1', kind: 'Event' });
    const faults = events.filter(({ reason }) => `${reason}`.startsWith('Invalid')).map(({ message }) => message);
    expect(faults).toEqual([]);
  });

  test('a second apply makes no new generation, and moves nothing else', async () => {
    const calm = all.filter(({ settled }) => !(isRewritten(settled) && hasWorkerGroups(settled)));
    const changed = await inParallel(calm, async ({ object }) => {
      const before = await plane.api.read(refOf(object));
      const after = await plane.api.apply(printJson(object));
      return printAsked(after) === printAsked(before) ? [] : [nameOf(object)];
    });
    expect(changed.flat()).toEqual([]);
  });

  // The list of worker groups is one field to the API server, and KubeRay has put its empty fields into it.
  test('with worker groups that KubeRay rewrote it needs force, once, and then changes nothing either', async () => {
    const rewritten = all.filter(({ settled }) => isRewritten(settled) && hasWorkerGroups(settled));
    expect(rewritten.length).toBeGreaterThan(5);
    const generations = await inParallel(rewritten, async ({ object, settled }) => {
      await expect(plane.api.apply(printJson(object))).rejects.toSatisfy(isConflict);
      const forced = await plane.api.apply(printJson(object), { force: true });
      const third = await plane.api.apply(printJson(object));
      return [settled, forced, third].map(
        ({ metadata }) => (metadata.generation ?? 0) - (settled.metadata.generation ?? 0),
      );
    });
    for (const steps of generations) expect(steps).toEqual([0, 1, 1]);
  });

  test.each(['RayJob', 'RayService'])('a %s conflicts in the same way without rayshield', async (kind) => {
    const sent = all.find(
      ({ object, settled }) => object.kind === kind && isRewritten(settled) && hasWorkerGroups(settled),
    );
    const given = sent && readGiven(sent.one).find((object) => object.kind === kind);
    if (given === undefined) throw new Error(`no case has a ${kind} with worker groups`);
    const plain = move(withoutOwnFields(given), 'plain');
    await makeNamespaces([plain]);
    await plane.api.apply(printJson(plain));
    await waitUntilSeen(plane.api, plain);
    await expect(plane.api.apply(printJson(plain))).rejects.toSatisfy(isConflict);
  });
});
