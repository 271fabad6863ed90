import { describe, expect, test } from 'vitest';
import { isAtLeast, isolationModes, mustClose, noPlatform } from '../../../plugin/settings/platform.ts';
import { readPlatform } from '../../../plugin/settings/platform-document.ts';
import { collectReports, type Reported } from '../../support/reports.ts';

function read(keys: object): { platform: object; reports: readonly Reported[] } {
  let platform: object = {};
  const reports = collectReports((report) => {
    platform = readPlatform(keys as Readonly<Record<string, unknown>>, report);
  });
  return { platform, reports };
}

test('a file without these keys asks for nothing', () => {
  expect(read({})).toEqual({ platform: { tls: false, gives: {} }, reports: [] });
  expect(read({ require: {}, default: {} })).toEqual({ platform: { tls: false, gives: {} }, reports: [] });
});

test('what is required is given, unless the default gives more', () => {
  expect(read({ require: { networkIsolation: 'DenyAllIngress', tls: true } }).platform).toEqual({
    isolation: 'denyAllIngress',
    tls: true,
    gives: { networkIsolation: { mode: 'denyAllIngress' }, tlsOptions: { mode: 'mTLS' } },
  });
  const rules = { mode: 'DenyAll', egressRules: [] };
  const { platform, reports } = read({
    require: { networkIsolation: 'denyAllEgress' },
    default: { networkIsolation: rules, tlsOptions: {} },
  });
  expect(reports).toEqual([]);
  expect(platform).toMatchObject({ gives: { networkIsolation: rules, tlsOptions: {} } });
});

test('issuers as texts and maps, and the two words', () => {
  const allowedIssuers = ['own-ca', 'own-secrets', 'Issuer/own-ca', 'a', { kind: 'ClusterIssuer', name: 'b' }];
  const group = 'cert-manager.io';
  expect(read({ allowedIssuers })).toEqual({
    platform: {
      tls: false,
      gives: {},
      allowedIssuers: [
        'own-ca',
        'own-secrets',
        { kind: 'Issuer', group, name: 'own-ca' },
        { kind: 'Issuer', group, name: 'a' },
        { kind: 'ClusterIssuer', group, name: 'b' },
      ],
    },
    reports: [],
  });
});

describe('what cannot be read is refused where it stands', () => {
  test.each<[object, string, string]>([
    [{ require: 'denyAll' }, 'SETTINGS_FORM', 'require'],
    [{ require: null }, 'SETTINGS_FORM', 'require'],
    [{ require: { networkIsolation: true } }, 'SETTINGS_FORM', 'require.networkIsolation'],
    [{ require: { networkIsolation: 'none' } }, 'SETTINGS_FORM', 'require.networkIsolation'],
    [{ require: { networkIsolation: { mode: 'denyAll' } } }, 'SETTINGS_FORM', 'require.networkIsolation'],
    [{ require: { networkIsolation: null } }, 'SETTINGS_FORM', 'require.networkIsolation'],
    [{ require: { tls: 'true' } }, 'SETTINGS_FORM', 'require.tls'],
    [{ require: { tlsOptions: true } }, 'SETTINGS_KEY_UNKNOWN', 'require.tlsOptions'],
    [{ default: [] }, 'SETTINGS_FORM', 'default'],
    [{ default: { networkIsolation: 'denyAll' } }, 'SETTINGS_FORM', 'default.networkIsolation'],
    [{ default: { networkPolicy: {} } }, 'SETTINGS_KEY_UNKNOWN', 'default.networkPolicy'],
    [{ default: { require: {} } }, 'SETTINGS_LOCK_PLACE', 'default.require'],
    [{ allowedIssuers: 'own-ca' }, 'SETTINGS_FORM', 'allowedIssuers'],
    [{ allowedIssuers: [] }, 'SETTINGS_FORM', 'allowedIssuers'],
    [{ allowedIssuers: ['own-ca', ''] }, 'SETTINGS_FORM', 'allowedIssuers.1'],
    [{ allowedIssuers: [{ name: 'a', kinds: 'Issuer' }] }, 'SETTINGS_FORM', 'allowedIssuers.0'],
  ])('%j', (keys, code, path) => expect(read(keys).reports).toMatchObject([{ code, path }]));

  test.each<[object, string]>([
    [{ networkIsolation: { mode: 'denyAllIngress' } }, 'default.networkIsolation.mode'],
    [{ tlsOptions: { enabled: false } }, 'default.tlsOptions.enabled'],
    [{ tlsOptions: { retiring: true } }, 'default.tlsOptions.retiring'],
  ])('a default %j that is less than required', (weak, path) => {
    const { platform, reports } = read({ require: { networkIsolation: 'denyAll', tls: true }, default: weak });
    expect(reports).toMatchObject([{ code: 'PLATFORM_DEFAULT_WEAK', path }]);
    expect(platform).toMatchObject({ gives: { networkIsolation: { mode: 'denyAll' }, tlsOptions: { mode: 'mTLS' } } });
  });
});

test('denyAll closes what the two other modes close, and they do not close each other', () => {
  const pairs = isolationModes.flatMap((mode) => isolationModes.map((least) => [mode, least] as const));
  expect(pairs.filter(([mode, least]) => !isAtLeast(mode, least))).toEqual([
    ['denyAllIngress', 'denyAll'],
    ['denyAllIngress', 'denyAllEgress'],
    ['denyAllEgress', 'denyAll'],
    ['denyAllEgress', 'denyAllIngress'],
  ]);
  const closed = isolationModes.map((isolation) =>
    (['ingress', 'egress'] as const).filter((direction) => mustClose({ ...noPlatform, isolation }, direction)),
  );
  expect(closed).toEqual([['ingress', 'egress'], ['ingress'], ['egress']]);
  expect(mustClose(noPlatform, 'ingress')).toBe(false);
});
