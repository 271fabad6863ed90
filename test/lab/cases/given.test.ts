// Whose a field is: the user's, or rayshield's.
import { expect, test } from 'vitest';
import { printPath } from './difference.ts';
import { findOwnPaths, isOnWay, withoutOwnFields } from './given.ts';
import { listRewritings } from './rewriting.ts';

const rayJob = (rayClusterSpec: object): Parameters<typeof withoutOwnFields>[0] => ({
  apiVersion: 'ray.io/v1',
  kind: 'RayJob',
  metadata: { name: 'a' },
  spec: { entrypoint: 'b', rayClusterSpec },
});

test('our fields are taken out of the place where the kind has them, and all else stays', () => {
  const given = rayJob({ networkIsolation: {}, tlsOptions: {}, networkPolicy: {}, rayVersion: '2' });
  expect(withoutOwnFields(given)).toEqual(rayJob({ rayVersion: '2' }));
  const other = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, spec: { tlsOptions: {} } };
  expect(withoutOwnFields(other)).toEqual(other);
});

test('what the user did not write, or wrote otherwise, is made by rayshield', () => {
  const given = rayJob({ rayVersion: '2', env: [{ name: 'A' }] });
  const printed = rayJob({ rayVersion: '3', env: [{ name: 'A' }, { name: 'B' }] });
  expect(findOwnPaths(given, printed).map(printPath)).toEqual([
    'spec.rayClusterSpec.rayVersion',
    'spec.rayClusterSpec.env[1].name',
  ]);
});

test.each([
  [['a', 'b'], ['a'], true],
  [['a'], ['a', 'b'], true],
  [['a', 0], ['a', 1], false],
  [['a', 'b'], ['b'], false],
])('%j and %j are on one way: %s', (one, other, same) => {
  expect(isOnWay(one, other)).toBe(same);
});

test('a rewriting is told by what it adds and drops', () => {
  const [before, after] = [rayJob({ groups: [{ a: 0 }] }), rayJob({ groups: [{ b: {} }] })];
  expect(listRewritings(before, after).map(({ text }) => text)).toEqual([
    'RayJob adds rayClusterSpec.groups[].b: {}',
    'RayJob drops rayClusterSpec.groups[].a: 0',
  ]);
});
