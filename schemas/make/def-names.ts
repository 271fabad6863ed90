// Names of shared schemas in `$defs`, readable and stable: after content where that has a name of its own, else after the field.

import type { Schema } from './schema.ts';
import { buildStrict } from './structural.ts';

/** The names of simple schemas that occur everywhere, by their content as JSON. */
export const simpleNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    anyObject: buildStrict({ type: 'object', 'x-kubernetes-preserve-unknown-fields': true }),
    int32: buildStrict({ type: 'integer', format: 'int32' }),
    int64: buildStrict({ type: 'integer', format: 'int64' }),
    dateTime: buildStrict({ type: 'string', format: 'date-time' }),
    intOrString: buildStrict({ 'x-kubernetes-int-or-string': true }),
    stringList: buildStrict({ type: 'array', items: { type: 'string' } }),
    stringMap: buildStrict({ type: 'object', additionalProperties: { type: 'string' } }),
  }).map(([name, schema]) => [JSON.stringify(schema), name]),
);

// Fields whose names say nothing without the field that they stand in.
const vague = new Set(['metadata', 'spec', 'status', 'template']);

/** The name of a schema met under `field` (empty: the items of a list or the values of a map) of what is named `outer`. */
export function nameField(schema: Schema, field: string, outer: string): string {
  if (schema.properties?.['containers']) return 'podSpec';
  if (schema.properties?.['spec']?.properties?.['containers']) return 'podTemplate';
  if (schema.anyOf && schema.pattern) return 'quantity';
  if (field === '') return singular(outer);
  return vague.has(field) && outer !== '' ? `${outer}${field.charAt(0).toUpperCase()}${field.slice(1)}` : field;
}

/** The name of one item of a list's field. */
export function singular(field: string): string {
  if (/ies$/.test(field)) return field.replace(/ies$/, 'y');
  if (/sses$/.test(field)) return field.replace(/es$/, '');
  return /[^su]s$/.test(field) ? field.replace(/s$/, '') : field;
}
