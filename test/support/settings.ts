// The settings of a run in which nobody set anything, with what a test changes.
import type { Settings } from '../../plugin/settings/settings.ts';
import { settingNames, settingTable } from '../../plugin/settings/table.ts';

const defaults = Object.fromEntries(
  settingNames.map((name) => [name, settingTable[name].default]),
) as unknown as Settings;

export const makeSettings = (changes: Partial<Settings> = {}): Settings => ({ ...defaults, ...changes });
