import { describe, expect, test } from 'vitest';
import { type DocumentRole, readSettingsDocument } from '../../../plugin/settings/document.ts';
import type { Layer } from '../../../plugin/settings/resolve.ts';
import { collectReports, type Reported } from '../../support/reports.ts';

const header = { apiVersion: 'rayshield.io/v1alpha1', kind: 'RayShield', metadata: { name: 'rayshield' } };

function read(value: unknown, role: DocumentRole = 'source'): { layer?: Layer; reports: readonly Reported[] } {
  let layer: Layer | undefined;
  const reports = collectReports((report) => {
    layer = readSettingsDocument(value, role, report);
  });
  return { ...(layer ? { layer } : {}), reports };
}

test('the settings of a document, with their places', () => {
  const { layer, reports } = read({ ...header, spec: { settings: { namespace: 'ml', dns: ['any'] } } });
  expect(reports).toEqual([]);
  expect(layer?.given).toEqual([
    { setting: 'namespace', raw: 'ml', spelling: 'namespace', path: ['spec', 'settings', 'namespace'] },
    { setting: 'dns', raw: ['any'], spelling: 'dns', path: ['spec', 'settings', 'dns'] },
  ]);
});

test.each([{ ...header }, { ...header, spec: {} }, { ...header, spec: { settings: {} } }])(
  'a document without settings sets nothing: %j',
  (value) => expect(read(value)).toMatchObject({ layer: { given: [] }, reports: [] }),
);

test('labels and annotations, as kustomize adds them, are let be', () => {
  const metadata = { name: 'rayshield', namespace: 'argocd', labels: { a: 'b' }, annotations: { c: 'd' } };
  expect(read({ ...header, metadata }).reports).toEqual([]);
});

test.each([
  ['apiVersion', { ...header, apiVersion: 'rayshield.io/v1' }],
  ['kind', { ...header, kind: 'Rayshield' }],
  ['metadata.name', { ...header, metadata: {} }],
  ['metadata.name', { ...header, metadata: { name: '' } }],
  ['metadata.name', { apiVersion: header.apiVersion, kind: header.kind }],
])('%s is checked', (path, value) => {
  expect(read(value).reports).toMatchObject([{ code: 'SETTINGS_HEADER', path, facts: { field: path } }]);
});

test.each([
  ['', []],
  ['', null],
  ['spec', { ...header, spec: [] }],
  ['spec', { ...header, spec: null }],
  ['spec.settings', { ...header, spec: { settings: 'all' } }],
  ['metadata', { ...header, metadata: 'rayshield' }],
])('%s must be a map', (path, value) => {
  expect(read(value).reports).toMatchObject([{ code: 'SETTINGS_FORM', path }]);
});

describe('unknown keys', () => {
  test.each([
    ['spce', { ...header, spce: {} }, 'spec'],
    ['spec.setings', { ...header, spec: { setings: {} } }, 'settings'],
    ['metadata.nmae', { ...header, metadata: { name: 'a', nmae: 'b' } }, 'name'],
  ])('%s is refused with the nearest known one', (path, value, nearest) => {
    expect(read(value).reports).toMatchObject([{ code: 'SETTINGS_KEY_UNKNOWN', path, facts: { nearest } }]);
  });

  test('a misspelt setting is refused with the nearest', () => {
    const { reports, layer } = read({ ...header, spec: { settings: { clusterDomian: 'a.b' } } });
    expect(layer?.given).toEqual([]);
    expect(reports).toMatchObject([{ code: 'SETTING_UNKNOWN', path: 'spec.settings.clusterDomian' }]);
    expect(reports[0]?.message).toBe('clusterDomian is no setting; did you mean clusterDomain?');
  });

  test('a setting that nothing is near to lists what there is', () => {
    const { reports } = read({ ...header, spec: { settings: { extraordinarilyOdd: 1 } } });
    expect(reports[0]?.message).toMatch(/the known names are clusterDomain, namespace, /);
  });
});

describe('what the platform file binds applications to', () => {
  test('is read in the platform file', () => {
    const keys = { require: { tls: true }, allowedIssuers: ['own-ca'] };
    const { layer, reports } = read({ ...header, ...keys }, 'platform');
    expect(reports).toEqual([]);
    expect(layer?.platform).toMatchObject({ tls: true, allowedIssuers: ['own-ca'] });
  });

  test.each(['require', 'default', 'allowedIssuers'])('%s is refused elsewhere', (key) => {
    const { layer, reports } = read({ ...header, [key]: {} });
    expect(reports).toMatchObject([{ code: 'SETTINGS_LOCK_PLACE', path: key, facts: { key } }]);
    expect(layer?.platform).toBeUndefined();
    expect(read({ ...header, spec: { [key]: {} } }, 'platform').reports).toMatchObject([
      { code: 'SETTINGS_LOCK_PLACE', path: `spec.${key}` },
    ]);
  });

  test('failOn beside spec is the setting and its lock in one', () => {
    const { layer, reports } = read({ ...header, failOn: 'warning', lock: ['dns'] }, 'platform');
    expect(reports).toEqual([]);
    expect(layer).toMatchObject({ given: [{ setting: 'failOn', raw: 'warning' }], lock: ['dns', 'failOn'] });
    expect(read({ ...header, failOn: 'warning' }).reports).toMatchObject([{ code: 'SETTINGS_KEY_UNKNOWN' }]);
  });
});

describe('lock', () => {
  test('the platform file names the settings that it locks', () => {
    const { layer, reports } = read({ ...header, lock: ['dns', 'issuerRef'] }, 'platform');
    expect(reports).toEqual([]);
    expect(layer?.lock).toEqual(['dns', 'issuerRef']);
  });

  test('an unknown name is refused where it stands', () => {
    expect(read({ ...header, lock: ['dns', 'isuerRef'] }, 'platform').reports).toMatchObject([
      { code: 'SETTING_UNKNOWN', path: 'lock.1', facts: { nearest: 'issuerRef' } },
    ]);
  });

  test.each(['dns', [1], { dns: true }])('%j is no list of names', (lock) => {
    expect(read({ ...header, lock }, 'platform').reports).toMatchObject([{ code: 'SETTINGS_FORM', path: 'lock' }]);
  });

  test('only the platform file may lock, and only at the top', () => {
    expect(read({ ...header, lock: ['dns'] }).reports).toMatchObject([{ code: 'SETTINGS_LOCK_PLACE', path: 'lock' }]);
    expect(read({ ...header, lock: ['dns'] }).layer?.lock).toEqual([]);
    expect(read({ ...header, spec: { lock: ['dns'] } }, 'platform').reports).toMatchObject([
      { code: 'SETTINGS_LOCK_PLACE', path: 'spec.lock' },
    ]);
  });
});
