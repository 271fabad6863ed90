import { expect, test } from 'vitest';
import { buildDnsNames } from '../../../plugin/tls/dns-names.ts';
import { hasTLS } from '../../../plugin/tls/request.ts';
import { makeRaySpec, type SpecParts } from '../../support/ray-spec.ts';
import { makeSettings } from '../../support/settings.ts';

function namesOf(role: 'head' | 'worker', parts: SpecParts, clusterDomain = 'cluster.local'): readonly string[] {
  const spec = makeRaySpec({ tls: {}, ...parts });
  if (!hasTLS(spec)) throw new Error('no TLS');
  return buildDnsNames(spec, makeSettings({ clusterDomain }), role);
}
const fourForms = (service: string): string[] =>
  ['', '.ml', '.ml.svc', '.ml.svc.cluster.local'].map((rest) => `${service}${rest}`);
const named = { group: { headService: { metadata: { name: 'front' } } } };
const everyService = '*.ml.svc.cluster.local';

test('the head of a RayCluster has its Service in four forms and no name of others', () => {
  expect(namesOf('head', {})).toEqual([
    'localhost',
    ...fourForms('demo-head-svc'),
    '*.demo-raycluster-head-nodes.ml.svc.cluster.local',
  ]);
});

test('a head Service that the user named takes the place of the default', () => {
  expect(namesOf('head', { head: named })).toEqual([
    'localhost',
    ...fourForms('front'),
    '*.demo-raycluster-head-nodes.ml.svc.cluster.local',
  ]);
});

test.each(['RayJob', 'RayService'] as const)('a %s has the Service of its own name and every Service', (kind) => {
  expect(namesOf('head', { kind })).toEqual([
    'localhost',
    ...fourForms('demo-head-svc'),
    everyService,
    `*.demo-${kind.toLowerCase()}-head-nodes.ml.svc.cluster.local`,
  ]);
});

test('a RayCronJob has every Service, since no name of its runs is known', () => {
  expect(namesOf('head', { kind: 'RayCronJob' })).toEqual([
    'localhost',
    everyService,
    '*.demo-raycronjob-head-nodes.ml.svc.cluster.local',
  ]);
});

test('a RayJob that fixes the name of its head Service needs no other Service', () => {
  const names = namesOf('head', { kind: 'RayJob', head: named });
  expect(names).toEqual(expect.arrayContaining([...fourForms('front'), ...fourForms('demo-head-svc')]));
  expect(names).not.toContain(everyService);
});

test.each(['RayCluster', 'RayJob', 'RayService', 'RayCronJob'] as const)(
  'a worker of a %s has no name of the head, nor an extra name',
  (kind) => {
    const worker = namesOf('worker', { kind, tls: { extraDnsNames: ['ray.corp.example'] } });
    expect(worker).toEqual(['localhost', `*.demo-${kind.toLowerCase()}-worker-nodes.ml.svc.cluster.local`]);
  },
);

test('extra names come last, each once', () => {
  const extraDnsNames = ['ray.corp.example', '*.corp.example', 'localhost'];
  expect(namesOf('head', { tls: { extraDnsNames } }).slice(-2)).toEqual(['ray.corp.example', '*.corp.example']);
});

test('the cluster domain ends all full names', () => {
  expect(namesOf('head', { kind: 'RayJob' }, 'corp.internal')).toEqual(
    expect.arrayContaining(['demo-head-svc.ml.svc.corp.internal', '*.ml.svc.corp.internal']),
  );
});
