// The size of a group that the autoscaler decides.
import { expect, test } from 'vitest';
import { checkReplicas } from '../../../plugin/check/replicas.ts';
import { makeRaySpec } from '../../support/ray-spec.ts';
import { collectReports } from '../../support/reports.ts';
import { makeSettings } from '../../support/settings.ts';

const found = (dropAutoscaledReplicas: boolean): number => {
  const cluster = { enableInTreeAutoscaling: true };
  const spec = makeRaySpec({ cluster, worker: { group: { replicas: 2, maxReplicas: 5 } } });
  return collectReports((report) => checkReplicas(spec, makeSettings({ dropAutoscaledReplicas }), report)).length;
};

test('is told where manifest and autoscaler both decide, unless the number is dropped', () => {
  expect(found(false)).toBe(1);
  expect(found(true)).toBe(0);
});
