import { expect, test } from 'vitest';
import { changeAt } from '../../../plugin/manifests/edit.ts';
import { findEmptyGroups, readRaySpec } from '../../../plugin/ray/read-spec.ts';
import { buildOwner } from '../../support/ray-owner.ts';

const source = { file: 'ray.yaml', text: '' };
const manifest = { source, offset: 0, prefix: '', text: '' };
const template = ['spec', 'workerGroupSpecs', 0, 'template'];

test.each([{}, { metadata: {} }, { spec: { containers: [] } }])('a template that has no container: %j', (empty) => {
  const body = changeAt(buildOwner('RayCluster'), template, () => empty);
  const candidate = { resource: { manifest, path: [], body }, kind: 'RayCluster' } as const;
  expect(readRaySpec(candidate, { namespace: '', visitors: new Map(), neighbours: () => [] })).toBeUndefined();
  expect(findEmptyGroups(candidate)).toEqual([[...template, 'spec', 'containers']]);
});
