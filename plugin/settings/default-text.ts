// The default of a setting as a user would write it on the command line.
import { type SettingName, settingOf } from './table.ts';

/** Empty where there is none. */
export function defaultText(name: SettingName): string {
  const { kind, default: value } = settingOf(name);
  // No map has one.
  if (value === undefined || kind === 'map') return '';
  return Array.isArray(value) ? value.join(',') : String(value);
}
