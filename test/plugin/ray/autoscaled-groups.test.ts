// Which groups the autoscaler sizes, and what is left of them where their replicas are dropped.
import { describe, expect, test } from 'vitest';
import { dropAutoscaledReplicas, findAutoscaledGroups } from '../../../plugin/ray/autoscaled-groups.ts';
import type { RayKind } from '../../../plugin/ray/spec.ts';
import { makeRaySpec } from '../../support/ray-spec.ts';

const specOf = (group: object, enableInTreeAutoscaling = true, kind: RayKind = 'RayCluster') =>
  makeRaySpec({ kind, cluster: { enableInTreeAutoscaling }, worker: { group: { ...group } } });

test.each<[string, ReturnType<typeof specOf>, number]>([
  ['replicas between two bounds', specOf({ replicas: 2, maxReplicas: 5 }), 1],
  ['replicas without bounds', specOf({ replicas: 2 }), 1],
  ['no replicas', specOf({ minReplicas: 1, maxReplicas: 5 }), 0],
  ['bounds that leave nothing to decide', specOf({ replicas: 2, minReplicas: 2, maxReplicas: 2 }), 0],
  ['no autoscaler', specOf({ replicas: 2, maxReplicas: 5 }, false), 0],
  ['a RayService, whose clusters are not in Git', specOf({ replicas: 2, maxReplicas: 5 }, true, 'RayService'), 0],
])('%s', (_, spec, count) => {
  expect(findAutoscaledGroups(spec)).toHaveLength(count);
});

describe('dropping', () => {
  const workerOf = (spec: ReturnType<typeof specOf>): unknown => {
    const [worker] = dropAutoscaledReplicas(spec, spec.cluster)['workerGroupSpecs'] as readonly object[];
    return worker;
  };

  test('takes replicas away and leaves the bounds', () => {
    const worker = workerOf(specOf({ replicas: 2, minReplicas: 1, maxReplicas: 5 }));
    expect(worker).not.toHaveProperty('replicas');
    expect(worker).toMatchObject({ minReplicas: 1, maxReplicas: 5 });
  });

  test('changes nothing where the manifest alone decides', () => {
    expect(workerOf(specOf({ replicas: 2 }, false))).toMatchObject({ replicas: 2 });
  });
});
