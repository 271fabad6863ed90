// The NetworkPolicies of every fixture under fixtures/expand, judged twice: by the project's evaluator and by np-guard's
// netpol-analyzer, on pods that bear the labels of each KubeRay version. Both must agree on every pair and port, and what
// is open must be what expected-openings.ts says.
import { beforeAll, describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../../plugin/manifests/manifest.ts';
import { isAllowed } from '../../support/network-policy.ts';
import { pathOfBinary } from '../parts/binary.ts';
import { compareJudges, remember } from '../policies/disagreements.ts';
import { exceptionalFixtures, findExpected } from '../policies/expected-openings.ts';
import { buildFixtureStage } from '../policies/fixture-world.ts';
import { expandFixture, listIsolatingFixtures } from '../policies/fixtures.ts';
import { askNpGuard } from '../policies/np-guard.ts';
import { describeOpenings } from '../policies/openings.ts';
import { findPorts } from '../policies/questions.ts';
import { kuberayMinors } from '../policies/synthetic-pods.ts';
import { labSuite } from '../suite.ts';

const isolating = listIsolatingFixtures();

labSuite('policies', { parts: ['np-guard'] }, () => {
  const expanded = new Map<string, readonly KubernetesObject[]>();
  beforeAll(async () => {
    for (const name of isolating) expanded.set(name, await expandFixture(name));
  });

  const objectsOf = (name: string): readonly KubernetesObject[] => expanded.get(name) ?? [];

  describe.each(isolating)('%s', (name) => {
    test.each(kuberayMinors)('KubeRay %s: both judges agree, and what is open should be', async (minor) => {
      const stage = buildFixtureStage(objectsOf(name), minor);
      const ports = findPorts(stage.world);
      const own = remember((connection) => isAllowed(stage.world, connection));
      const second = await askNpGuard(pathOfBinary('np-guard', 'netpolicy'), stage.world);
      expect(stage.owners.length).toBeGreaterThan(0);
      expect(compareJudges(stage, ports, [own, second]).differences).toEqual([]);
      for (const owner of stage.owners) {
        expect(describeOpenings({ stage, ports, judge: own }, owner)).toEqual(findExpected(name, owner, minor));
      }
    });
  });

  test('every expectation is that of a fixture that makes policies', () => {
    expect(isolating).toEqual(expect.arrayContaining([...exceptionalFixtures]));
  });

  // Were the world read wrongly, two judges could agree on nothing at all.
  test('without policies the second judge finds everything open', async () => {
    const objects = objectsOf('isolation-is-an-empty-map');
    const [owner] = buildFixtureStage(objects, '1.7').owners;
    const open = buildFixtureStage(
      objects.filter(({ kind }) => kind !== 'NetworkPolicy'),
      '1.7',
    );
    const judge = await askNpGuard(pathOfBinary('np-guard', 'netpolicy'), open.world);
    const inquiry = { stage: open, ports: findPorts(open.world), judge };
    const all = ['everyone > own: all', 'own > everyone: all', 'own > own: all'];
    expect(owner && describeOpenings(inquiry, owner)).toEqual(all);
  });
});
