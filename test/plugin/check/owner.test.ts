import { expect, test } from 'vitest';
import { checkOwner } from '../../../plugin/check/owner.ts';
import type { Settings } from '../../../plugin/settings/settings.ts';
import { buildOwner } from '../../support/ray-owner.ts';
import { makeRaySpec, readSpec, type SpecParts } from '../../support/ray-spec.ts';
import { collectReports } from '../../support/reports.ts';
import { makeSettings } from '../../support/settings.ts';

const check = (parts: SpecParts, settings: Partial<Settings> = {}): string[] =>
  collectReports((report) => checkOwner(makeRaySpec(parts), makeSettings(settings), report)).map(
    ({ code, path }) => `${code} ${path}`,
  );

test.each([
  ['RayCluster', 53],
  ['RayJob', 47],
  ['RayService', 47],
  ['RayCronJob', 36],
] as const)('a %s may have a name of %d characters', (kind, limit) => {
  expect(check({ kind, name: 'a'.repeat(limit) })).toEqual([]);
  expect(check({ kind, name: 'a'.repeat(limit + 1) })).toEqual(['NAME_TOO_LONG metadata.name']);
});

test.each([
  ['RayCluster', 41],
  ['RayJob', 24],
  ['RayService', 24],
] as const)('with TLS on KubeRay 1.3 a %s may have %d, since Service names are clipped there', (kind, limit) => {
  const v13 = { kuberayVersion: '1.3' } as const;
  expect(check({ kind, tls: {}, name: 'a'.repeat(limit) }, v13)).toEqual([]);
  expect(check({ kind, tls: {}, name: 'a'.repeat(limit + 1) }, v13)).toEqual(['NAME_TOO_LONG metadata.name']);
  expect(check({ kind, isolation: {}, name: 'a'.repeat(limit + 1) }, v13)).toEqual([]);
});

test.each(['1a', 'A', 'a.b', 'a-', '-a'])('a name that is no DNS-1035 label: %s', (name) => {
  expect(check({ name })).toEqual(['NAME_INVALID metadata.name']);
});

test.each(['a.b', 'A', 'a'.repeat(64)])('a namespace that is no DNS-1123 label: %s', (namespace) => {
  expect(check({ namespace })).toEqual(['NAMESPACE_INVALID metadata.namespace']);
});

test.each(['0', '65536', '$PORT', 'x', '-1', ''])('a port that Ray would choose or nobody knows: %s', (value) => {
  expect(check({ head: { rayStartParams: { 'dashboard-port': value } } })).toEqual([
    'PORT_UNKNOWN spec.headGroupSpec.rayStartParams.dashboard-port',
  ]);
});

test.each([
  ['RayJob', 'spec.managedBy'],
  ['RayCronJob', 'spec.jobTemplate.managedBy'],
] as const)('a %s whose jobs another controller takes away', (kind, path) => {
  const managedBy = (controller: string): string[] =>
    collectReports((report) =>
      checkOwner(readSpec(buildOwner(kind, { job: { managedBy: controller } })), makeSettings(), report),
    ).map((one) => `${one.code} ${one.path}`);
  expect(managedBy('kueue.x-k8s.io/multikueue')).toEqual([`MANAGED_BY_OTHER ${path}`]);
  expect(managedBy('ray.io/kuberay-operator')).toEqual([]);
});

test('a named port that is none', () => {
  expect(
    check({
      head: {
        ray: {
          ports: [
            { name: 'x', containerPort: 1 },
            { name: 'dashboard', containerPort: 0 },
          ],
        },
      },
    }),
  ).toEqual(['PORT_UNKNOWN spec.headGroupSpec.template.spec.containers.0.ports.1.containerPort']);
});
