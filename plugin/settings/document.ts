// The settings document, as rayshield.yaml, as the platform file, and later as a KRM functionConfig: apiVersion
// rayshield.io/v1alpha1, kind RayShield, metadata.name, spec.settings, and in the platform file also lock.
import type { FieldPath, Report } from '../findings/finding.ts';
import { findNearest } from '../findings/nearest.ts';
import type { Given, Layer } from './resolve.ts';
import { isSettingName, type SettingName, settingNames } from './table.ts';

/** Whose document it is: the application's own, or that of the people who run the platform. */
export type DocumentRole = 'source' | 'platform';

type Fields = Readonly<Record<string, unknown>>;

export const settingsApiVersion = 'rayshield.io/v1alpha1';
export const settingsKind = 'RayShield';
/** What the API server and kustomize put into metadata is no concern of ours. */
export const settingsMetadata = ['name', 'namespace', 'labels', 'annotations'];
// Keys that the contract has and this version does not obey: to ignore them would lose what they were written for.
const notYet = ['require', 'default', 'allowedIssuers'];

/** The layer of settings in a parsed document; what is wrong with it goes to `report`. */
export function readSettingsDocument(value: unknown, role: DocumentRole, report: Report): Layer {
  const layer = { given: [], lock: [], report };
  if (!checkMap(value, [], report)) return layer;
  checkHeader(value, report);
  checkKeys(value, [], ['apiVersion', 'kind', 'metadata', 'spec', ...(role === 'platform' ? ['lock'] : [])], report);
  const { spec = {} } = value;
  if (!checkMap(spec, ['spec'], report)) return layer;
  checkKeys(spec, ['spec'], ['settings'], report);
  const { settings = {} } = spec;
  if (!checkMap(settings, ['spec', 'settings'], report)) return layer;
  return {
    given: readGiven(settings, role, report),
    lock: role === 'platform' ? readLock(value['lock'], report) : [],
    report,
  };
}

function checkMap(value: unknown, path: FieldPath, report: Report): value is Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return true;
  report('SETTINGS_FORM', path, { field: path.join('.') || 'the document', expected: 'a map' });
  return false;
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

function checkKeys(map: Fields, path: FieldPath, known: readonly string[], report: Report): void {
  for (const key of Object.keys(map)) {
    if (known.includes(key)) continue;
    if (notYet.includes(key)) report('SETTINGS_KEY_NOT_YET', [...path, key], { key }, 'key');
    else if (key === 'lock') report('SETTINGS_LOCK_PLACE', [...path, key], {}, 'key');
    else report('SETTINGS_KEY_UNKNOWN', [...path, key], { key, known, ...nearestOf(key, known) }, 'key');
  }
}

function readGiven(settings: Fields, role: DocumentRole, report: Report): Given[] {
  const given: Given[] = [];
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

const nearestOf = (key: string, known: readonly string[]): { readonly nearest?: string } => {
  const nearest = findNearest(key, known);
  return nearest === undefined ? {} : { nearest };
};

/** Facts for a name that is no setting, in camelCase. */
export const unknownSetting = (
  spelling: string,
  name: string,
): { readonly spelling: string; readonly nearest?: string; readonly known: readonly string[] } => ({
  spelling,
  known: settingNames,
  ...nearestOf(name, settingNames),
});
