// schemas/rayshield.io/rayshield_v1alpha1.json: the settings document, for editors and for kubeconform.

import { settingsApiVersion, settingsKind, settingsMetadata } from '../../plugin/settings/document.ts';
import { isolationModes } from '../../plugin/settings/platform.ts';
import { ownSigners } from '../../plugin/settings/platform-document.ts';
import { settingNames, settingOf } from '../../plugin/settings/table.ts';
import { readSecurityFieldSchemas } from './security-field-schemas.ts';

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

const described = (description: string, schema: object): object => ({ description, ...schema });

/** The keys of the platform file beside spec. */
const platform = (fields: object): object => ({
  lock: described('In the platform file: settings that no later layer may change.', {
    type: 'array',
    items: { enum: settingNames },
  }),
  require: described(
    'In the platform file: what every Ray spec must at least have, and gets where it does not speak of it.',
    object({
      networkIsolation: { enum: isolationModes.flatMap((mode) => [mode, mode.replace('d', 'D')]) },
      tls: { type: 'boolean' },
    }),
  ),
  default: described('In the platform file: the fields that Ray specs get which do not speak of them.', object(fields)),
  allowedIssuers: described(
    `In the platform file: all that may sign. ${ownSigners.join(' and ')} are no issuers: the CA that an owner gets, and Secrets of the user.`,
    { type: 'array', minItems: 1, items: settingOf('issuerRef').schema },
  ),
  failOn: described(
    'In the platform file: the setting, which no later layer may then change.',
    settingOf('failOn').schema,
  ),
});

/** The schema as JSON text. */
export function settingsSchema(): string {
  const { fields, definitions } = readSecurityFieldSchemas();
  return `${JSON.stringify(
    {
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: `${settingsKind} ${settingsApiVersion}`,
      ...object(
        {
          apiVersion: { const: settingsApiVersion },
          kind: { const: settingsKind },
          metadata: object(metadata(), ['name']),
          spec: object({ settings: object(settings()) }),
          ...platform(fields),
        },
        ['apiVersion', 'kind', 'metadata'],
      ),
      $defs: definitions,
    },
    undefined,
    2,
  )}\n`;
}
