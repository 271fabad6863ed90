// The names of all fields of a schema, which a validator carries as text for messages about fields at the wrong place.
import type { Fields, FieldTable } from '../plugin/check/field-places.ts';
import type { Schema } from '../schemas/make/schema.ts';

/** The table as JSON. A status is left out: nobody means to set one. */
export function printFieldTable(schema: Schema): string {
  const { status: _, ...properties } = schema.properties ?? {};
  const table: Record<string, Fields> = { '': fieldsOf({ properties }) };
  for (const [name, shared] of Object.entries(schema.$defs ?? {})) {
    if (shared.properties) table[name] = fieldsOf(shared);
  }
  return JSON.stringify(table satisfies FieldTable);
}

function fieldsOf({ properties = {} }: Schema): Fields {
  return Object.fromEntries(
    Object.entries(properties).map(([name, field]) =>
      field.items ? [`${name}[]`, below(field.items)] : [name, below(field)],
    ),
  );
}

function below(field: Schema): Fields | string | 0 {
  if (field.$ref) return field.$ref.replace('#/$defs/', '');
  return field.properties ? fieldsOf(field) : 0;
}
