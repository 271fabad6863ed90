// Resolved settings as a table and as JSON: value, layer, and where in it. Nothing of them is secret.

import { layerNames, type Resolved } from '../../settings/resolve.ts';
import type { Platform } from '../../settings/settings.ts';
import { settingNames } from '../../settings/table.ts';

/** Enough to see what a list is like: a cluster's API versions are hundreds. */
const shownEntries = 8;

/** For people. */
export function printSettings({ settings, origins }: Resolved): string {
  const rows = settingNames.map((name) => {
    const { layer, from, isLocked } = origins[name];
    return [name, show(settings[name]), layer, `${from}${isLocked ? ' (locked)' : ''}`.trim()];
  });
  const platform = settings.platform.file === '' ? '' : `\n${printPlatform(settings.platform)}`;
  return `Of these layers a later one wins: ${layerNames.join(', ')}.\n\n${printRows(['setting', 'value', 'layer', 'from'], rows)}${platform}`;
}

function printPlatform({ file, isolation, tls, gives, allowedIssuers }: Platform): string {
  const rows = [
    ['require.networkIsolation', isolation ?? ''],
    ['require.tls', String(tls)],
    ['to specs that say nothing', show(gives)],
    ['allowedIssuers', show(allowedIssuers)],
  ];
  return `The platform file ${file} asks for more:\n\n${printRows([], rows)}`;
}

function printRows(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = head.length > 0 ? [head, ...rows] : rows;
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) => `${row.map((cell, column) => (cell || '-').padEnd(widths[column] ?? 0)).join('   ')}`.trimEnd())
    .map((line) => `${line}\n`)
    .join('');
}

function show(value: unknown): string {
  if (value === undefined) return '';
  if (!Array.isArray(value)) return typeof value === 'object' ? JSON.stringify(value) : String(value);
  const rest = value.length - shownEntries;
  return `${value.slice(0, shownEntries).map(show).join(',')}${rest > 0 ? `, and ${rest} more` : ''}`;
}

/** For programs. */
export function printSettingsJSON({ settings, origins }: Resolved): string {
  const { file, isolation, tls, gives, allowedIssuers } = settings.platform;
  const report = {
    apiVersion: 'rayshield.io/v1alpha1',
    kind: 'SettingsReport',
    layers: layerNames,
    settings: settingNames.map((name) => {
      const { layer, from, isLocked } = origins[name];
      return { name, value: settings[name] ?? null, layer, ...(from === '' ? {} : { from }), locked: isLocked };
    }),
    platform:
      file === ''
        ? null
        : {
            file,
            require: { networkIsolation: isolation ?? null, tls },
            gives,
            allowedIssuers: allowedIssuers ?? null,
          },
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
