import { expect, test } from 'vitest';
import { valueAt } from '../../../plugin/manifests/edit.ts';
import { labelTemplates } from '../../../plugin/ray/owner-label.ts';
import { makeRaySpec, type SpecParts } from '../../support/ray-spec.ts';

const labels = (parts: SpecParts): unknown[] => {
  const spec = makeRaySpec(parts);
  const cluster = labelTemplates(spec, spec.cluster);
  const groups = [['headGroupSpec'], ['workerGroupSpecs', 0]];
  return groups.map((path) => valueAt(cluster, [...path, 'template', 'metadata', 'labels', 'rayshield.io/owner']));
};

test.each<[string, SpecParts, string | undefined]>([
  ['a RayJob that is isolated', { kind: 'RayJob', isolation: {} }, 'demo-rayjob'],
  ['a RayJob with TLS', { kind: 'RayJob', tls: {} }, 'demo-rayjob'],
  [
    'a RayJob whose TLS retires under isolation',
    { kind: 'RayJob', isolation: {}, tls: { retiring: true } },
    'demo-rayjob',
  ],
  ['a RayJob whose TLS retires: its templates are plain', { kind: 'RayJob', tls: { retiring: true } }, undefined],
  ['a RayCluster: it is found by its name', { isolation: {}, tls: {} }, undefined],
])('%s', (_, parts, label) => {
  expect(labels(parts)).toEqual([label, label]);
});
