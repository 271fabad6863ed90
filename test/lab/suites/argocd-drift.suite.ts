// Whether Argo CD finds what it has synced: every case applied to a real API server as Argo CD applies it, and compared by Argo CD's
// own code at once and after KubeRay's and cert-manager's controllers have written.
import { readFileSync } from 'node:fs';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Drift, findDrift, type Pair, track } from '../argocd/drift.ts';
import { expandCase, listAllCases } from '../cases/expansion.ts';
import { inParallel } from '../cases/in-parallel.ts';
import { hasNamespace, makeNamespaceMaker, move } from '../cases/namespaces.ts';
import { isApplicable, isRay, printJson } from '../cases/printed.ts';
import { listSorted } from '../cases/rewriting.ts';
import { refOf, waitUntilSeen } from '../cases/settled.ts';
import type { KubernetesObject } from '../cluster/api.ts';
import { pathOfBinary } from '../parts/binary.ts';
import { startCertManager } from '../servers/cert-manager.ts';
import { type ControlPlane, startControlPlane } from '../servers/control-plane.ts';
import { startKubeRay } from '../servers/kuberay.ts';
import { labSuite } from '../suite.ts';

interface Synced {
  /** As they were right after the sync. */
  readonly first: readonly Pair[];
  /** As they were once the controllers had seen them. */
  readonly settled: readonly Pair[];
}

const madeKinds = ['NetworkPolicy', 'Service', 'Issuer', 'Certificate'];

const specOf = ({ spec }: KubernetesObject): Record<string, unknown> => (spec ?? {}) as Record<string, unknown>;

const shipped = new URL('../../../deploy/argocd/ignore-differences.yaml', import.meta.url);

/** What users are to put into argocd-cm. */
const readSettings = (): Record<string, string> => parse(readFileSync(shipped, 'utf8')).data;

const listFields = (drifts: readonly Drift[]): string[] => listSorted(drifts.flatMap(({ fields }) => fields));

labSuite('argocd-drift', { parts: ['control-plane', 'kuberay-crds', 'kuberay-1.6.2', 'argocd'] }, (life) => {
  let plane: ControlPlane;
  let makeNamespaces: ReturnType<typeof makeNamespaceMaker>;
  let printed: readonly KubernetesObject[];

  beforeAll(async () => {
    plane = await startControlPlane(life);
    await startCertManager(life, plane);
    await startKubeRay(life, plane, '1.6.2');
    makeNamespaces = makeNamespaceMaker(plane.api);
    const expanded = await inParallel(listAllCases(), (one) => expandCase(one, '1.6'), 1);
    printed = expanded.flatMap((one, index) =>
      one.printed
        .filter(({ object }) => isApplicable(object) && hasNamespace(object))
        .map(({ object }) => move(object, `${index}`)),
    );
  });

  /** As an application syncs by default: kubectl's own way of applying, which keeps what it applied in an annotation. */
  const applyByKubectl = async (objects: readonly KubernetesObject[]): Promise<void> => {
    const list = { apiVersion: 'v1', kind: 'List', items: objects };
    const kubectl = pathOfBinary('control-plane', 'kubectl');
    const options = ['--kubeconfig', plane.kubeconfig, '--validate=false', '--filename=-'];
    await execa(kubectl, ['apply', ...options], { input: JSON.stringify(list) });
  };

  /** As it syncs with ServerSideApply=true (common.ArgoCDSSAManager of Argo CD). */
  const applyOnServer = async (objects: readonly KubernetesObject[]): Promise<void> => {
    const options = { fieldManager: 'argocd-controller', force: true };
    await inParallel(objects, (object) => plane.api.apply(printJson(object), options));
  };

  async function sync(prefix: string, apply: (objects: readonly KubernetesObject[]) => Promise<void>): Promise<Synced> {
    const targets = printed.map((object) => track(move(object, prefix)));
    await makeNamespaces(targets);
    await apply(targets);
    const readBack = async (target: KubernetesObject): Promise<Pair> => ({
      target,
      live: await plane.api.read(refOf(target)),
    });
    const first = await inParallel(targets, readBack);
    const settled = await inParallel(targets, async (target) => ({
      target,
      live: await waitUntilSeen(plane.api, target),
    }));
    return { first, settled };
  }

  describe('synced as by default', () => {
    let synced: Synced;

    beforeAll(async () => {
      synced = await sync('client', applyByKubectl);
    });

    test('all four kinds of Ray and all that rayshield makes are there', () => {
      expect(listSorted(synced.settled.map(({ target }) => target.kind))).toEqual(
        expect.arrayContaining(['RayCluster', 'RayCronJob', 'RayJob', 'RayService', ...madeKinds]),
      );
      expect(synced.settled.length).toBeGreaterThan(500);
    });

    test('everything is Synced at once', async () => {
      expect(await findDrift(synced.first, { settings: readSettings() })).toEqual([]);
    });

    test('everything is Synced after the controllers have written', async () => {
      expect(await findDrift(synced.settled, { settings: readSettings() })).toEqual([]);
    });

    test('each entry of ignore-differences.yaml is needed, for a field that KubeRay drops', async () => {
      const drift = await findDrift(synced.settled);
      expect(listFields(drift)).toEqual(['RayJob spec.shutdownAfterJobFinishes: undefined to false']);
      expect(Object.keys(readSettings())).toEqual(['resource.customizations.ignoreDifferences.ray.io_RayJob']);
    });

    test('what was changed by hand is found, but for the field of that entry', async () => {
      const changed = synced.settled
        .filter(({ target }) => isRay(target) || madeKinds.includes(target.kind))
        .map(({ target, live }) => ({ target, live: { ...live, spec: {} } }));
      expect(await findDrift(changed, { settings: readSettings() })).toHaveLength(changed.length);
      const closing = synced.settled
        .filter(({ target }) => specOf(target)['shutdownAfterJobFinishes'] === false)
        .map(({ target, live }) => ({
          target,
          live: { ...live, spec: { ...specOf(live), shutdownAfterJobFinishes: true } },
        }));
      expect(closing.length).toBeGreaterThan(0);
      expect(await findDrift(closing)).toHaveLength(closing.length);
      expect(await findDrift(closing, { settings: readSettings() })).toEqual([]);
    });
  });

  // KubeRay's lists of groups and containers are one value each to the API server, and Argo CD's structured merge puts Git's in their
  // place: what the API server and KubeRay have filled in is then missing. Nothing of it is rayshield's.
  test('synced with ServerSideApply=true, only values that were filled into Ray objects differ', async ({
    annotate,
  }) => {
    const { settled } = await sync('server', applyOnServer);
    const drift = await findDrift(settled, { settings: readSettings(), serverSideApply: plane.kubeconfig });
    const fields = listFields(drift);
    for (const field of fields) await annotate(field);
    expect(fields.filter((field) => !/^Ray\w+ spec\..* to nothing$/.test(field))).toEqual([]);
    expect(fields.length).toBeGreaterThan(0);
  });
});
