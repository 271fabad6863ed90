// schemas/rayshield.io/rayshield_v1alpha1.json: the settings document, for editors and for kubeconform.
import { settingsApiVersion, settingsKind, settingsMetadata } from '../../plugin/settings/document.ts';
import { settingNames, settingOf } from '../../plugin/settings/table.ts';

const stringMap = { type: 'object', additionalProperties: { type: 'string' } };

const object = (properties: object, required: readonly string[] = []): object => ({
  type: 'object',
  ...(required.length > 0 ? { required } : {}),
  properties,
  additionalProperties: false,
});

const settings = (): object =>
  Object.fromEntries(
    settingNames.map((name) => {
      const { title, description, default: value, schema } = settingOf(name);
      return [name, { title, description, ...(value === undefined ? {} : { default: value }), ...schema }];
    }),
  );

const metadata = (): object =>
  Object.fromEntries(
    settingsMetadata.map((field) => [
      field,
      field === 'labels' || field === 'annotations' ? stringMap : { type: 'string', minLength: 1 },
    ]),
  );

/** The schema as JSON text. */
export const settingsSchema = (): string =>
  `${JSON.stringify(
    {
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: `${settingsKind} ${settingsApiVersion}`,
      ...object(
        {
          apiVersion: { const: settingsApiVersion },
          kind: { const: settingsKind },
          metadata: object(metadata(), ['name']),
          spec: object({ settings: object(settings()) }),
          lock: {
            description: 'In the platform file: settings that no later layer may change.',
            type: 'array',
            items: { enum: settingNames },
          },
        },
        ['apiVersion', 'kind', 'metadata'],
      ),
    },
    undefined,
    2,
  )}\n`;
