// The size of a group that the autoscaler decides.
import { expect, test } from 'vitest';
import { checkReplicas } from '../../../plugin/check/replicas.ts';
import type { RayKind } from '../../../plugin/ray/spec.ts';
import { makeRaySpec } from '../../support/ray-spec.ts';
import { collectReports } from '../../support/reports.ts';

const found = (group: object, enableInTreeAutoscaling = true, kind: RayKind = 'RayCluster'): number =>
  collectReports((report) =>
    checkReplicas(makeRaySpec({ kind, cluster: { enableInTreeAutoscaling }, worker: { group: { ...group } } }), report),
  ).length;

test('is told where manifest and autoscaler both decide', () => {
  expect(found({ replicas: 2, maxReplicas: 5 })).toBe(1);
  expect(found({ replicas: 2 })).toBe(1);
  expect(found({ minReplicas: 1, maxReplicas: 5 })).toBe(0);
  expect(found({ replicas: 2, minReplicas: 2, maxReplicas: 2 })).toBe(0);
  expect(found({ replicas: 2, maxReplicas: 5 }, false)).toBe(0);
  expect(found({ replicas: 2, maxReplicas: 5 }, true, 'RayService')).toBe(0);
});
