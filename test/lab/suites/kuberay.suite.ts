// KubeRay's real operators make pods of what rayshield prints for each kind: a table of claims holds for every version, and the
// policies let those pods, and nobody else, reach each other.
import { beforeAll, describe, expect, test } from 'vitest';
import { isAllowed } from '../../support/network-policy.ts';
import { waitFor } from '../cluster/wait.ts';
import { type Captured, findOwnPods, findPods } from '../kuberay/captured.ts';
import { claimsOf } from '../kuberay/claims/all.ts';
import { checkLabels } from '../kuberay/claims/labels.ts';
import { checkNodesServices } from '../kuberay/claims/services.ts';
import { findExpectedWays } from '../kuberay/expected-ways.ts';
import { buildScene, type Scene, upgradeService } from '../kuberay/operator.ts';
import { namespace, ownersOf } from '../kuberay/owners.ts';
import { buildRealStage, findDialled } from '../kuberay/real-stage.ts';
import { pathOfBinary } from '../parts/binary.ts';
import { locatePart } from '../parts/locate.ts';
import { compareJudges } from '../policies/disagreements.ts';
import { askNpGuard } from '../policies/np-guard.ts';
import { describeOpenings, type Judge } from '../policies/openings.ts';
import { findPorts } from '../policies/questions.ts';
import type { KubeRayMinor } from '../policies/synthetic-pods.ts';
import { labSuite } from '../suite.ts';

const versions = ['1.6.2', '1.3.2', '1.7.0'] as const;

// Whom the operator must have asked, so that the fake dashboard has seen all that policies have to let in.
const asked = ['train head:8265', 'speech head:8265', 'speech head:8000'];

for (const version of versions) {
  const minor = version.slice(0, 3) as KubeRayMinor;
  const needs = { parts: ['control-plane', 'kuberay-crds', `kuberay-${version}`] } as const;
  labSuite(`kuberay-${version}`, needs, (life) => {
    let scene: Scene;
    beforeAll(async () => {
      scene = await buildScene(life, version);
    });

    const find = (name: string): Captured => {
      const found = scene.captured.find(({ owner }) => owner.name === name);
      if (found === undefined) throw new Error(`${name} was not captured`);
      return found;
    };

    for (const owner of ownersOf(minor)) {
      describe(`${owner.kind} ${owner.name}`, () => {
        for (const { title, check } of claimsOf(owner)) {
          test(title, () => check(find(owner.name), scene, life.folder('data')));
        }
      });
    }

    test('the policies let in whom they should, of the real pods', () => {
      const stage = buildRealStage(scene);
      const judge: Judge = (connection) => isAllowed(stage.world, connection);
      const inquiry = { stage, ports: findPorts(stage.world), judge };
      const found = stage.owners.map((owner) => [owner.name, describeOpenings(inquiry, owner)]);
      expect(Object.fromEntries(found)).toEqual(findExpectedWays(ownersOf(minor).filter(({ isLong }) => !isLong)));
    });

    const npGuard = locatePart('np-guard');
    const reason = 'missing' in npGuard ? ` (skipped, np-guard: ${npGuard.missing})` : '';
    test.skipIf(reason !== '')(`np-guard agrees with the evaluator on every pair${reason}`, async () => {
      const stage = buildRealStage(scene);
      const judge: Judge = (connection) => isAllowed(stage.world, connection);
      const second = await askNpGuard(pathOfBinary('np-guard', 'netpolicy'), stage.world);
      expect(compareJudges(stage, findPorts(stage.world), [judge, second]).differences).toEqual([]);
    });

    test('what the operator dials is open to it', async () => {
      const services = await scene.plane.api.list({ apiVersion: 'v1', kind: 'Service', namespace });
      const dialled = await waitFor('the operator to ask every dashboard', async () => {
        const calls = scene.dashboard.calls().flatMap(({ host, port }) => {
          const place = findDialled(scene, services, host);
          return place === undefined ? [] : [{ place, port }];
        });
        return asked.every((one) => calls.some(({ place, port }) => one === `${place}:${port}`)) ? calls : undefined;
      });
      const { world, places } = buildRealStage(scene);
      for (const { place, port } of dialled) {
        const [from, to] = [places.get('operator'), places.get(place)];
        if (from === undefined || to === undefined) throw new Error(`nobody stands at ${place}`);
        expect([place, port, isAllowed(world, { from, to, port, protocol: 'TCP' })]).toEqual([place, port, true]);
      }
    });

    test('both clusters of a RayService that is upgraded are led to by one pair of Services', async () => {
      const { owner, cluster } = find('speech');
      await upgradeService(scene, owner);
      const pods = await waitFor('a second cluster', async () => {
        const found = await findOwnPods(scene.plane.api, owner);
        return found.length === 2 * (owner.groups.length + 1) ? found : undefined;
      });
      expect(new Set(pods.map(({ metadata }) => metadata.labels?.['ray.io/cluster'])).size).toBe(2);
      expect(pods.map(({ metadata }) => metadata.labels?.['rayshield.io/owner'])).toEqual(
        pods.map(() => 'speech-rayservice'),
      );
      expect(pods.some(({ metadata }) => metadata.labels?.['ray.io/cluster'] === cluster.metadata.name)).toBe(true);
      await checkNodesServices(scene, owner);
    });

    test('the clean-up pod of a cluster with fault tolerance bears the labels by which policies are judged', async () => {
      const { api } = scene.plane;
      await api.remove({ apiVersion: 'ray.io/v1', kind: 'RayCluster', name: 'custom', namespace });
      const pod = await waitFor(
        'the clean-up pod',
        async () => (await findPods(api, 'ray.io/node-type=redis-cleanup'))[0],
      );
      checkLabels(find('custom'), pod, 'redis-cleanup', scene);
    });
  });
}
