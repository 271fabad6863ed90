// What a functionConfig says: settings, as the document that rayshield.yaml is or as data of a ConfigMap, and whether the function
// only checks, as kustomize's validators must: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/validators/
import type { Finding, Report } from '../../findings/finding.ts';
import { findNearest } from '../../findings/nearest.ts';
import { valueAt } from '../../manifests/edit.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import {
  readSettingsDocument,
  settingsApiVersion,
  settingsKind,
  settingsMetadata,
  unknownSetting,
} from '../../settings/document.ts';
import type { Given, Layer } from '../../settings/resolve.ts';
import { isSettingName } from '../../settings/table.ts';
import { readSettingsPart } from '../settings/file.ts';

/** Set to "true", nothing is expanded. A container gets no arguments, so that --check alone would not do. */
const checkAnnotation = 'rayshield.io/check';
const prefix = 'rayshield.io/';
const known = ['apiVersion', 'kind', 'metadata', 'data'];

export interface FunctionConfig {
  readonly layer: Layer | undefined;
  readonly isCheck: boolean;
}

/** The settings of a functionConfig; without one there are none. */
export function readFunctionConfig(config: Manifest | undefined, findings: Finding[]): FunctionConfig {
  if (config === undefined) return { layer: undefined, isCheck: false };
  let isCheck = false;
  const read = (value: unknown, report: Report): Layer => {
    isCheck = readCheck(value, report);
    const [apiVersion, kind] = [valueAt(value, ['apiVersion']), valueAt(value, ['kind'])];
    if (apiVersion === 'v1' && kind === 'ConfigMap') return readConfigMap(Object(value), report);
    if (kind === settingsKind) return readSettingsDocument(value, 'source', report);
    report('FUNCTION_CONFIG_KIND', ['kind'], { versions: [`${settingsApiVersion} ${settingsKind}`, 'v1 ConfigMap'] });
    return { name: 'settings file', given: [], report };
  };
  return { layer: readSettingsPart(config, read, findings), isCheck };
}

function readCheck(value: unknown, report: Report): boolean {
  const annotations = Object(valueAt(value, ['metadata', 'annotations'])) as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(annotations)) {
    if (!key.startsWith(prefix) || key === checkAnnotation) continue;
    const facts = { key, known: [checkAnnotation], nearest: checkAnnotation };
    report('FUNCTION_CONFIG_KEY', ['metadata', 'annotations', key], facts, 'key');
  }
  const check = annotations[checkAnnotation];
  if (check !== undefined && check !== 'true' && check !== 'false')
    report('FUNCTION_CONFIG_CHECK', ['metadata', 'annotations', checkAnnotation], { annotation: checkAnnotation });
  return check === 'true';
}

/** A ConfigMap's data: a text for each setting, as in the environment. */
function readConfigMap(config: Readonly<Record<string, unknown>>, report: Report): Layer {
  checkKeys(config, [], known, report);
  checkKeys(Object(config['metadata']), ['metadata'], settingsMetadata, report);
  const data: unknown = config['data'] ?? {};
  const given: Given[] = [];
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    report('SETTINGS_FORM', ['data'], { field: 'data', expected: 'a map of texts' });
    return { name: 'settings file', given, report };
  }
  for (const [setting, raw] of Object.entries(data)) {
    const path = ['data', setting];
    if (!isSettingName(setting)) report('SETTING_UNKNOWN', path, unknownSetting(setting, setting), 'key');
    // An empty text gives none, as an empty variable.
    else if (raw !== '' && raw !== null) given.push({ setting, raw, spelling: setting, path });
  }
  return { name: 'settings file', given, report };
}

function checkKeys(map: object, path: readonly string[], allowed: readonly string[], report: Report): void {
  for (const key of Object.keys(map)) {
    if (allowed.includes(key)) continue;
    const nearest = findNearest(key, allowed);
    const facts = { key, known: allowed, ...(nearest === undefined ? {} : { nearest }) };
    report('FUNCTION_CONFIG_KEY', [...path, key], facts, 'key');
  }
}
