// What the user interface of Argo CD shows of settings: ParameterAnnouncement, in plugin.yaml and from `rayshield parameters`.
// https://argo-cd.readthedocs.io/en/stable/operator-manual/config-management-plugins/#using-parameters-in-your-plugin
import { defaultText } from '../../settings/default-text.ts';
import { type SettingName, settingOf } from '../../settings/table.ts';

export interface Announcement {
  readonly name: SettingName;
  readonly title: string;
  readonly tooltip: string;
  readonly itemType: 'string' | 'boolean' | 'number';
  readonly collectionType: 'string' | 'array' | 'map';
  readonly string?: string;
  readonly array?: readonly string[];
}

const itemTypes = { string: 'string', list: 'string', map: 'string', boolean: 'boolean', integer: 'number' } as const;

/** One setting. Argo CD does not send the values announced here: they must be the defaults. */
export function announce(name: SettingName): Announcement {
  const { kind, title, description, default: value } = settingOf(name);
  const text = defaultText(name);
  const shared = { name, title, tooltip: description, itemType: itemTypes[kind] };
  if (kind === 'map') return { ...shared, collectionType: 'map' };
  if (kind !== 'list') return { ...shared, collectionType: 'string', ...(text === '' ? {} : { string: text }) };
  const isGiven = Array.isArray(value) && value.length > 0;
  return { ...shared, collectionType: 'array', ...(isGiven ? { array: value } : {}) };
}
