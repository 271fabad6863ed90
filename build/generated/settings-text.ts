// Values and rows of the settings table as Markdown and plain text.
import { defaultText } from '../../plugin/settings/default-text.ts';
import { environmentName, flagName } from '../../plugin/settings/names.ts';
import { type SettingName, settingNames, settingOf } from '../../plugin/settings/table.ts';

const code = (text: string): string => (text === '' ? '' : `\`${text}\``);

// A bar would end the cell.
const cell = (text: string): string => text.replaceAll('|', '\\|');

const rowsOf = (columns: (name: SettingName) => readonly string[], head: readonly string[]): string =>
  [head, head.map(() => '---'), ...settingNames.map(columns)]
    .map((row) => `| ${row.map(cell).join(' | ')} |\n`)
    .join('');

/** The short table: what a reader of the README looks up. */
export const printShortTable = (): string =>
  rowsOf(
    (name) => [code(name), code(defaultText(name)), settingOf(name).description],
    ['setting', 'default', 'what it does'],
  );

/** The whole table, with every spelling. */
export const printTable = (): string =>
  rowsOf(
    (name) => [
      code(name),
      code(`--${flagName(name)}`),
      code(environmentName(name)),
      code(defaultText(name)),
      `${settingOf(name).description} Example: ${code(settingOf(name).example)}`,
    ],
    ['file key, Argo CD parameter', 'flag', 'environment', 'default', 'what it does'],
  );
