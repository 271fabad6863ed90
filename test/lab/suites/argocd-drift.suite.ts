// Whether Argo CD finds what it has synced: every case applied to a real API server as Argo CD applies it, and compared by Argo CD's
// own code at once and after KubeRay's and cert-manager's controllers have written.
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
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
    await execa(kubectl, ['--kubeconfig', plane.kubeconfig, 'apply', '--filename=-'], { input: JSON.stringify(list) });
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

  describe.each([
    ['by kubectl', 'client', applyByKubectl, () => ({})],
    ['on the server', 'server', applyOnServer, () => ({ serverSideApply: plane.kubeconfig })],
  ] as const)('applied %s', (_, prefix, apply, comparing) => {
    let synced: Synced;

    beforeAll(async () => {
      synced = await sync(prefix, apply);
    });

    test('everything is Synced at once', async () => {
      const drift = await findDrift(synced.first, comparing());
      expect(listFields(drift)).toEqual([]);
      expect(synced.first.length).toBeGreaterThan(500);
    });

    test('everything is Synced after the controllers have written', async () => {
      const drift = await findDrift(synced.settled, comparing());
      expect(listFields(drift)).toEqual([]);
    });

    test('a change by hand is found', async () => {
      const changed = synced.settled
        .filter(({ target }) => isRay(target) || target.kind === 'NetworkPolicy')
        .map(({ target, live }) => ({ target, live: { ...live, spec: {} } }));
      expect(changed.length).toBeGreaterThan(100);
      expect(await findDrift(changed, comparing())).toHaveLength(changed.length);
    });
  });
});
