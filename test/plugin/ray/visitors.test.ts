import { expect, test } from 'vitest';
import { splitStream } from '../../../plugin/manifests/split.ts';
import { findVisitors } from '../../../plugin/ray/visitors.ts';
import { makeSettings } from '../../support/settings.ts';

const find = (text: string): unknown =>
  Object.fromEntries(findVisitors(splitStream({ file: 'f', text }), makeSettings({ namespace: 'caller' })));
const job = (metadata: string, spec = '', apiVersion = 'ray.io/v1'): string =>
  `apiVersion: ${apiVersion}\nkind: RayJob\nmetadata: {${metadata}}\nspec: {clusterSelector: {ray.io/cluster: shared}${spec}}\n---\n`;

test('jobs are found by namespace and cluster, in input order', () => {
  expect(find(job('name: b, namespace: ml') + job('name: a, namespace: ml') + job('name: c'))).toEqual({
    'ml/shared': ['b', 'a'],
    'caller/shared': ['c'],
  });
});

test('a generated name is no name', () => {
  expect(find(job('generateName: x-, namespace: ml'))).toEqual({ 'ml/shared': [''] });
});

test.each([
  ['a mode without a submitter pod', job('name: a', ', submissionMode: HTTPMode')],
  ["somebody else's RayJob", job('name: a', '', 'batch.example/v1')],
])('%s is none', (_, text) => {
  expect(find(text)).toEqual({});
});
