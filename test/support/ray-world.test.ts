// The world itself, under a policy written by hand: whom the labels of each place make it.
import { expect, test } from 'vitest';
import type { RayKind } from '../../plugin/ray/spec.ts';
import { buildOwner } from './ray-owner.ts';
import { buildRayWorld, type Place } from './ray-world.ts';

const takes = (kind: RayKind, matchLabels: Readonly<Record<string, string>>, place: Place): boolean => {
  const spec = { podSelector: { matchLabels }, policyTypes: ['Ingress'] };
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'closed', namespace: 'ml' },
    spec,
  };
  return !buildRayWorld([policy, buildOwner(kind)])('internet', place, 8265);
};

const cluster = { 'ray.io/cluster': 'demo' };

test.each<Place>(['head', 'small', 'gpu', 'late', 'next', 'redisCleanup'])(
  'ray.io/cluster takes %s of a RayCluster',
  (place) => {
    expect(takes('RayCluster', cluster, place)).toBe(true);
  },
);

test.each<Place>(['neighbourHead', 'namesakeHead', 'namesakeWorker', 'submitter', 'stranger'])(
  'ray.io/cluster does not take %s',
  (place) => {
    expect(takes('RayCluster', cluster, place)).toBe(false);
  },
);

test.each<RayKind>(['RayJob', 'RayService', 'RayCronJob'])('the cluster of a %s does not bear its name', (kind) => {
  expect(takes(kind, cluster, 'head')).toBe(false);
});

test.each<[role: string, place: Place, is: boolean]>([
  ['head', 'head', true],
  ['head', 'next', true],
  ['head', 'small', false],
  ['head', 'redisCleanup', false],
  ['worker', 'small', true],
  ['worker', 'redisCleanup', false],
])('ray.io/node-type %s: %s, %j', (role, place, is) => {
  expect(takes('RayJob', { 'ray.io/node-type': role }, place)).toBe(is);
});

test.each<[kind: RayKind, place: Place, jobName: string]>([
  ['RayJob', 'submitter', 'demo'],
  ['RayJob', 'oldSubmitter', 'demo'],
  ['RayCronJob', 'submitter', 'demo-29731425'],
  ['RayJob', 'visitor', 'visit'],
])('for a %s, %s is a pod of the Job %s', (kind, place, jobName) => {
  expect(takes(kind, { 'batch.kubernetes.io/job-name': jobName }, place)).toBe(true);
});

test.each<[place: Place, is: boolean]>([
  ['submitter', true],
  ['oldSubmitter', false],
])('KubeRay 1.7 marks a submitter as a RayJob’s: %s, %j', (place, is) => {
  expect(takes('RayJob', { 'ray.io/originated-from-crd': 'RayJob' }, place)).toBe(is);
});
