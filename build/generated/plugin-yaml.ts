// plugin.yaml: what Argo CD's sidecar is told about rayshield. No `discover`, which would let it take over the applications
// of others; no `version`, which would become a part of the name that applications write.
// https://argo-cd.readthedocs.io/en/stable/operator-manual/config-management-plugins/#write-the-plugin-configuration-file
import { stringify } from 'yaml';
import { type SettingName, settingNames, settingOf } from '../../plugin/settings/table.ts';
import { defaultText } from './settings-text.ts';

const itemTypes = { string: 'string', list: 'string', boolean: 'boolean', integer: 'number' } as const;

/** What the user interface shows. Argo CD does not send the values announced here: they must be the defaults. */
function announce(name: SettingName): object {
  const { kind, title, description, default: value } = settingOf(name);
  const text = defaultText(name);
  return {
    name,
    title,
    tooltip: description,
    itemType: itemTypes[kind],
    collectionType: kind === 'list' ? 'array' : 'string',
    ...(kind === 'list' && Array.isArray(value) && value.length > 0 ? { array: value } : {}),
    ...(kind !== 'list' && text !== '' ? { string: text } : {}),
  };
}

export const pluginYAML = (): string =>
  `# Made from plugin/settings/table.ts; rewrite with: UPDATE=1 npx vitest run test/generated.test.ts\n${stringify(
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'ConfigManagementPlugin',
      metadata: { name: 'rayshield' },
      spec: {
        generate: { command: ['rayshield', 'generate'] },
        parameters: { static: settingNames.map(announce) },
      },
    },
    { lineWidth: 0 },
  )}`;
