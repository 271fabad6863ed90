import { describe, expect, test } from 'vitest';
import { type Layer, type LayerName, type Resolved, resolveSettings } from '../../../plugin/settings/resolve.ts';
import { isSettingName, type SettingName, settingNames, settingTable } from '../../../plugin/settings/table.ts';
import { collectReports, type Reported } from '../../support/reports.ts';

type Values = Readonly<Partial<Record<SettingName, unknown>>>;
type Named = Readonly<{ name: string; layer?: LayerName; values: Values; lock?: readonly SettingName[] }>;

function resolve(...layers: readonly Named[]): Resolved & { readonly reports: readonly Reported[] } {
  let resolved = resolveSettings([]);
  const reports = collectReports((report) => {
    resolved = resolveSettings(
      layers.map(
        ({ name, layer = 'flags', values, lock }): Layer => ({
          name: layer,
          given: Object.entries(values).flatMap(([setting, raw]) =>
            isSettingName(setting) ? [{ setting, raw, spelling: `${name} ${setting}`, path: [setting] }] : [],
          ),
          report,
          ...(lock ? { lock } : {}),
        }),
      ),
    );
  });
  return { ...resolved, reports };
}

test('without layers every setting has its default', () => {
  const { settings, origins } = resolve();
  for (const name of settingNames) {
    expect(settings[name]).toEqual(settingTable[name].default);
    expect(origins[name]).toEqual({ layer: 'default', from: '', isLocked: false });
  }
});

test('the later layer wins, and the origin says which', () => {
  const { settings, origins, reports } = resolve(
    { name: 'file', layer: 'platform file', values: { namespace: 'a', dns: ['kube-dns'] }, lock: ['dns', 'apiServer'] },
    { name: 'flag', values: { namespace: 'b' } },
  );
  expect(reports).toEqual([]);
  expect(settings).toMatchObject({ namespace: 'b', dns: ['kube-dns'] });
  expect(origins).toMatchObject({
    namespace: { layer: 'flags', from: 'flag namespace', isLocked: false },
    dns: { layer: 'platform file', from: 'file dns', isLocked: true },
    apiServer: { layer: 'default', from: '', isLocked: true },
  });
});

test('a value that cannot be read is reported and leaves what was below it', () => {
  const { settings, reports } = resolve(
    { name: 'file', values: { namespace: 'a' } },
    { name: 'flag', values: { namespace: 'No Namespace' } },
  );
  expect(settings.namespace).toBe('a');
  expect(reports).toMatchObject([{ code: 'SETTING_INVALID', path: 'namespace' }]);
  expect(reports[0]?.message).toMatch(/^flag namespace must be the name of a namespace.*; write it as in ml$/);
});

test('a bad entry of a list is reported at the entry, counted from 1 in words', () => {
  const { reports } = resolve({ name: 'file', values: { dns: ['any', 'nonsense'] } });
  expect(reports).toMatchObject([{ code: 'SETTING_INVALID', path: 'dns.1' }]);
  expect(reports[0]?.message).toMatch(/^entry 2 of file dns must be any, kube-dns/);
});

test('a value is never quoted: it may come from an environment', () => {
  // No text is a wrong value of these.
  const judged = settingNames.filter((name) => !['include', 'exclude', 'helmValues', 'helmValueFiles'].includes(name));
  const { reports } = resolve({
    name: 'variable',
    values: Object.fromEntries(judged.map((name) => [name, 'S3cret!'])),
  });
  expect(reports).toHaveLength(judged.length);
  for (const { message } of reports) expect(message).not.toContain('S3cret');
});

describe('lock', () => {
  const platform: Named = {
    name: 'platform',
    values: { operatorNamespace: 'kuberay' },
    lock: ['operatorNamespace', 'dns'],
  };

  test('a later layer must not change a locked setting', () => {
    const { settings, reports } = resolve(platform, { name: 'flag', values: { operatorNamespace: 'mine' } });
    expect(settings.operatorNamespace).toBe('kuberay');
    expect(reports).toMatchObject([
      { code: 'SETTING_LOCKED', facts: { setting: 'operatorNamespace', spelling: 'flag operatorNamespace' } },
    ]);
  });

  test('a setting that is locked without a value keeps its default', () => {
    const { settings, reports } = resolve(platform, { name: 'flag', values: { dns: '10.0.0.1' } });
    expect(settings.dns).toEqual(['any']);
    expect(reports).toMatchObject([{ code: 'SETTING_LOCKED' }]);
  });

  test('the same value again, however it is written, is no change', () => {
    const { reports } = resolve(platform, { name: 'flag', values: { operatorNamespace: 'kuberay', dns: 'any' } });
    expect(reports).toEqual([]);
  });

  test('other settings stay free', () => {
    expect(resolve(platform, { name: 'flag', values: { namespace: 'ml' } }).settings.namespace).toBe('ml');
  });
});

describe('settings that belong together', () => {
  test('where only RSA is asked for, the size follows', () => {
    expect(resolve({ name: 'flag', values: { privateKeyAlgorithm: 'RSA' } }).settings.privateKeySize).toBe(2048);
  });

  test.each([
    ['ECDSA', 2048],
    ['ECDSA', 300],
    ['RSA', 256],
  ])('%s with %d bits is refused where the size was given', (privateKeyAlgorithm, privateKeySize) => {
    const { reports } = resolve(
      { name: 'a', values: { privateKeySize } },
      { name: 'b', values: { privateKeyAlgorithm } },
    );
    expect(reports).toMatchObject([{ code: 'KEY_SIZE_SETTING', facts: { spelling: 'a privateKeySize' } }]);
  });

  test.each([
    ['ECDSA', 521],
    ['RSA', 4096],
  ])('%s with %d bits is taken', (privateKeyAlgorithm, privateKeySize) => {
    expect(resolve({ name: 'a', values: { privateKeySize, privateKeyAlgorithm } }).reports).toEqual([]);
  });

  test('a renewal that is not shorter than the life is refused', () => {
    expect(resolve({ name: 'a', values: { certificateDuration: '2160h' } }).reports).toMatchObject([
      { code: 'RENEWAL_SETTING', facts: { spelling: 'a certificateDuration' } },
    ]);
    expect(
      resolve({ name: 'a', values: { certificateDuration: '2160h', certificateRenewBefore: '720h' } }).reports,
    ).toEqual([]);
  });
});
