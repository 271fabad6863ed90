// The settings document, as rayshield.yaml, as the platform file, and later as a KRM functionConfig: apiVersion
// rayshield.io/v1alpha1, kind RayShield, metadata.name, spec.settings, and in the platform file also what binds applications.
import type { Report } from '../findings/finding.ts';
import { readPlatform } from './platform-document.ts';
import { checkKeys, checkMap, type Fields, nearestOf, platformKeys } from './read-map.ts';
import type { Given, Layer } from './resolve.ts';
import { isSettingName, type SettingName, settingNames } from './table.ts';

/** Whose document it is: the application's own, or that of the people who run the platform. */
export type DocumentRole = 'source' | 'platform';

export const settingsApiVersion = 'rayshield.io/v1alpha1';
export const settingsKind = 'RayShield';
/** What the API server and kustomize put into metadata is no concern of ours. */
export const settingsMetadata = ['name', 'namespace', 'labels', 'annotations'];
const headerKeys = ['apiVersion', 'kind', 'metadata', 'spec'];
// Beside spec the platform file binds; `failOn` there is the setting and its lock in one.
const keysOf = { source: headerKeys, platform: [...headerKeys, ...platformKeys, 'failOn'] };

/** The layer of settings in a parsed document; what is wrong with it goes to `report`. */
export function readSettingsDocument(value: unknown, role: DocumentRole, report: Report): Layer {
  const name = role === 'source' ? 'settings file' : 'platform file';
  if (!checkMap(value, [], report)) return { name, given: [], lock: [], report };
  checkHeader(value, report);
  checkKeys(value, [], keysOf[role], report);
  const given = readSettings(value, role, report);
  if (role === 'source') return { name, given, lock: [], report };
  const { lock, failOn } = value;
  const spelling = 'failOn of the platform file';
  const bound: Given[] = failOn === undefined ? [] : [{ setting: 'failOn', raw: failOn, spelling, path: ['failOn'] }];
  return {
    name,
    given: [...given, ...bound],
    lock: [...readLock(lock, report), ...bound.map(({ setting }) => setting)],
    platform: { file: '', ...readPlatform(value, report) },
    report,
  };
}

function checkHeader(document: Fields, report: Report): void {
  const expected = { apiVersion: settingsApiVersion, kind: settingsKind };
  for (const [field, wanted] of Object.entries(expected)) {
    if (document[field] !== wanted) report('SETTINGS_HEADER', [field], { field, wanted });
  }
  const { metadata } = document;
  const path = ['metadata', 'name'];
  if (metadata === undefined) report('SETTINGS_HEADER', path, { field: 'metadata.name', wanted: 'a name' });
  else if (checkMap(metadata, ['metadata'], report)) {
    checkKeys(metadata, ['metadata'], settingsMetadata, report);
    const { name } = metadata;
    if (typeof name !== 'string' || name === '') {
      report('SETTINGS_HEADER', path, { field: 'metadata.name', wanted: 'a name' });
    }
  }
}

function readSettings({ spec = {} }: Fields, role: DocumentRole, report: Report): Given[] {
  const given: Given[] = [];
  if (!checkMap(spec, ['spec'], report)) return given;
  checkKeys(spec, ['spec'], ['settings'], report);
  const { settings = {} } = spec;
  if (!checkMap(settings, ['spec', 'settings'], report)) return given;
  for (const [setting, raw] of Object.entries(settings)) {
    const path = ['spec', 'settings', setting];
    const spelling = role === 'platform' ? `${setting} of the platform file` : setting;
    if (isSettingName(setting)) given.push({ setting, raw, spelling, path });
    else report('SETTING_UNKNOWN', path, unknownSetting(spelling, setting), 'key');
  }
  return given;
}

function readLock(lock: unknown, report: Report): SettingName[] {
  if (lock === undefined) return [];
  if (!Array.isArray(lock) || !lock.every((name) => typeof name === 'string')) {
    report('SETTINGS_FORM', ['lock'], { field: 'lock', expected: 'a list of names of settings' });
    return [];
  }
  for (const [index, name] of lock.entries()) {
    if (!isSettingName(name)) report('SETTING_UNKNOWN', ['lock', index], unknownSetting(name, name));
  }
  return lock.filter(isSettingName);
}

/** Facts for a name that is no setting, in camelCase. */
export const unknownSetting = (
  spelling: string,
  name: string,
): { readonly spelling: string; readonly nearest?: string; readonly known: readonly string[] } => ({
  spelling,
  known: settingNames,
  ...nearestOf(name, settingNames),
});
