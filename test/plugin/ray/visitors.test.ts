import { expect, test } from 'vitest';
import { splitStream } from '../../../plugin/manifests/split.ts';
import { findVisitors } from '../../../plugin/ray/visitors.ts';
import { makeSettings } from '../../support/settings.ts';

const find = (text: string): unknown =>
  Object.fromEntries(findVisitors(splitStream({ file: 'f', text }), makeSettings({ namespace: 'caller' })));
const job = (metadata: string, spec = ''): string =>
  `apiVersion: ray.io/v1\nkind: RayJob\nmetadata: {${metadata}}\nspec: {clusterSelector: {ray.io/cluster: shared}${spec}}\n---\n`;

test('jobs are found by namespace and cluster, in input order', () => {
  expect(find(job('name: b, namespace: ml') + job('name: a, namespace: ml') + job('name: c'))).toEqual({
    'ml/shared': ['b', 'a'],
    'caller/shared': ['c'],
  });
});

test('a generated name is no name', () => {
  expect(find(job('generateName: x-, namespace: ml'))).toEqual({ 'ml/shared': [''] });
});

test("somebody else's RayJob is none, though it shares a List with one of Ray", () => {
  const item = (name: string, apiVersion: string): string =>
    `- {apiVersion: ${apiVersion}, kind: RayJob, metadata: {name: ${name}}, spec: {clusterSelector: {ray.io/cluster: shared}}}\n`;
  const list = `apiVersion: v1\nkind: List\nitems:\n${item('other', 'batch.example/v1')}${item('ours', 'ray.io/v1')}`;
  expect(find(list)).toEqual({ 'caller/shared': ['ours'] });
});

test.each([
  ['a mode without a submitter pod', job('name: a', ', submissionMode: HTTPMode')],
  [
    'a job without clusterSelector',
    'apiVersion: ray.io/v1\nkind: RayJob\nmetadata: {name: a}\nspec: {} # clusterSelector\n',
  ],
])('%s is none', (_, text) => {
  expect(find(text)).toEqual({});
});
