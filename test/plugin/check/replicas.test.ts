// The size of a group that the autoscaler decides.
import { expect, test } from 'vitest';
import { checkHabits } from '../../../plugin/check/owner.ts';
import { makeRaySpec } from '../../support/ray-spec.ts';
import { collectReports } from '../../support/reports.ts';

const found = (dropsReplicas: boolean): string[] => {
  const cluster = { enableInTreeAutoscaling: true };
  const spec = makeRaySpec({ cluster, worker: { group: { replicas: 2, maxReplicas: 5 } } });
  return collectReports((report) => checkHabits(spec, dropsReplicas, report)).map(({ code }) => code);
};

test('is told where manifest and autoscaler both decide, unless the number is dropped', () => {
  expect(found(false)).toEqual(['REPLICAS_AUTOSCALED']);
  expect(found(true)).toEqual([]);
});
