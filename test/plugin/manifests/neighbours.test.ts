// Objects beside Ray's, read where a rule asks for them.
import { expect, test } from 'vitest';
import { findNeighbours, type Neighbours } from '../../../plugin/manifests/neighbours.ts';
import { readManifests } from '../../../plugin/manifests/read.ts';

const find = (text: string): Neighbours =>
  findNeighbours(readManifests({ file: 'in.yaml', text }, { maxDocuments: 100 }).manifests, 'caller');

const text = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: first
  namespace: ml
---
{"apiVersion": "v1", "kind": "List", "items": [
  {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "second", "annotations": {"a": "b"}}},
  {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "other"}}]}
---
kind: ServiceAccount
metadata: {name: broken
---
subjects: [{kind: ServiceAccount, name: named}]
kind: RoleBinding
`;

test('gives the objects of a kind with namespace and place, and no others', () => {
  const found = find(text)('ServiceAccount').map(({ name, namespace, place }) => `${namespace}/${name} ${place}`);
  expect(found).toEqual(['ml/first in.yaml:4:9', 'caller/second in.yaml:8:71']);
});

test('gives with a sign only what a document with it holds', () => {
  const neighbours = find(text);
  expect(neighbours('ServiceAccount', /"a"/).map(({ name }) => name)).toEqual(['second']);
  expect(neighbours('Service').map(({ name }) => name)).toEqual(['other']);
  expect(neighbours('Ingress')).toEqual([]);
});

test.each([
  'kind: &kind Ingress\nmetadata: {name: web}\n',
  'kind: !!str Ingress\nmetadata: {name: web}\n',
  'kind:\n  Ingress\nmetadata: {name: web}\n',
  'kind: IngressList\nitems: [{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web}}]\n',
])('finds a kind however it is written: %j', (body) => {
  const neighbours = find(`apiVersion: networking.k8s.io/v1\n${body}`);
  expect(neighbours('Ingress').map(({ name }) => name)).toEqual(['web']);
});

test('reads a document once', () => {
  const neighbours = find(text);
  expect(neighbours('ServiceAccount')[0]).toBe(neighbours('ServiceAccount')[0]);
});
