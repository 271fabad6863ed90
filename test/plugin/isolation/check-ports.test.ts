import { expect, test } from 'vitest';
import { checkRayPorts } from '../../../plugin/isolation/check-ports.ts';
import type { Settings } from '../../../plugin/settings/settings.ts';
import { makeRaySpec, type SpecParts } from '../../support/ray-spec.ts';
import { collectReports } from '../../support/reports.ts';
import { makeSettings } from '../../support/settings.ts';

const check = (parts: SpecParts, settings: Partial<Settings> = {}): string[] =>
  collectReports((report) =>
    checkRayPorts(makeRaySpec({ isolation: {}, ...parts }), makeSettings(settings), report),
  ).map(({ code, path }) => `${code} ${path}`);
const named = (name: string, containerPort: number): SpecParts => ({
  head: { ray: { ports: [{ name, containerPort }] } },
});

test('two dashboards', () => {
  const parts = { head: { rayStartParams: { 'dashboard-port': '8500' }, ...named('dashboard', 8265).head } };
  expect(check(parts)).toEqual([
    'DASHBOARD_PORT_TWICE spec.headGroupSpec.template.spec.containers.0.ports.0.containerPort',
  ]);
  expect(check({ head: { ...parts.head, rayStartParams: { 'dashboard-port': '8265' } } })).toEqual([]);
});

test('what is opened for metrics is not the way to Ray Client', () => {
  const parts = { worker: { rayStartParams: { 'metrics-export-port': '10001' } } };
  expect(check(parts)).toEqual([]);
  expect(check(parts, { monitoringNamespaces: ['monitoring'] })).toEqual(['PORT_SHARED spec.workerGroupSpecs.0']);
});

test('what is opened for the proxy of a RayService is not the way to Ray Client', () => {
  expect(check(named('serve', 10001))).toEqual([]);
  expect(check({ kind: 'RayService', ...named('serve', 10001) })).toEqual([
    'PORT_SHARED spec.rayClusterConfig.headGroupSpec',
  ]);
});

test('nor is what the head itself is scraped on', () => {
  const parts = { head: { rayStartParams: { 'dashboard-port': '44217' } } };
  expect(check(parts, { monitoringNamespaces: ['monitoring'] })).toEqual(['PORT_SHARED spec.headGroupSpec']);
});
