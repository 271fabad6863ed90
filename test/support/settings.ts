// The settings of a run in which nobody set anything, with what a test changes.
import { noPlatform } from '../../plugin/settings/platform.ts';
import type { Settings } from '../../plugin/settings/settings.ts';
import { settingNames, settingTable } from '../../plugin/settings/table.ts';

const defaults: Settings = {
  ...(Object.fromEntries(settingNames.map((name) => [name, settingTable[name].default])) as unknown as Settings),
  platform: noPlatform,
};

export const makeSettings = (changes: Partial<Settings> = {}): Settings => ({ ...defaults, ...changes });
