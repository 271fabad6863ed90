// Gives every schema that occurs more than once a place in `$defs` and refers to it: a pod template written out at each
// of its places is some twenty times as long.

import { nameField, singular } from './def-names.ts';
import { mapChildren, type Schema } from './schema.ts';

/**
 * The same schema with equal objects and maps written once, under `$defs`. A shared schema is named by `names`
 * (content as JSON -> name), else after the field where it is first met; a second one of a name gets a number.
 */
export function shareDefinitions(root: Schema, names: ReadonlyMap<string, string> = new Map()): Schema {
  const pool = new Map<string, Schema>();
  const top = intern(root, pool);
  const contents = new Map([...pool].map(([content, schema]) => [schema, content]));
  const knownName = (schema: Schema): string | undefined => names.get(contents.get(schema) ?? '');
  const canShare = (schema: Schema): boolean => schema !== top && (hasParts(schema) || knownName(schema) !== undefined);
  const places = countPlaces(pool, canShare);
  const chosen = new Map<Schema, string>();
  const definitions = new Map<string, Schema>();

  const write = (schema: Schema, field: string, outer: string): Schema => {
    if (!canShare(schema) || (places.get(schema) ?? 0) < 2) return writeChildren(schema, field || singular(outer));
    const name = chosen.get(schema) ?? freeName(knownName(schema) ?? nameField(schema, field, outer), definitions);
    if (!chosen.has(schema)) {
      chosen.set(schema, name);
      definitions.set(name, {});
      definitions.set(name, writeChildren(schema, name));
    }
    return { $ref: `#/$defs/${name}` };
  };
  const writeChildren = (schema: Schema, name: string): Schema =>
    mapChildren(schema, (child, field) => write(child, field, name));

  const written = writeChildren(top, '');
  const sorted = [...definitions].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.length === 0 ? written : { ...written, $defs: Object.fromEntries(sorted) };
}

// Equal schemas become one object, so that identity stands for equality.
function intern(schema: Schema, pool: Map<string, Schema>): Schema {
  const own = mapChildren(schema, (child) => intern(child, pool));
  const content = JSON.stringify(own);
  const known = pool.get(content);
  if (known) return known;
  pool.set(content, own);
  return own;
}

// How often each schema is written: a shared one stands for one place whatever the number of its own. Outer schemas come
// last in the pool, so they are counted first.
function countPlaces(
  pool: ReadonlyMap<string, Schema>,
  canShare: (schema: Schema) => boolean,
): ReadonlyMap<Schema, number> {
  const places = new Map<Schema, number>();
  for (const schema of [...pool.values()].reverse()) {
    const written = canShare(schema) ? 1 : (places.get(schema) ?? 1);
    mapChildren(schema, (child) => {
      places.set(child, (places.get(child) ?? 0) + written);
      return child;
    });
  }
  return places;
}

const hasParts = (schema: Schema): boolean =>
  schema.anyOf !== undefined || schema.properties !== undefined || typeof schema.additionalProperties === 'object';

function freeName(name: string, taken: ReadonlyMap<string, Schema>): string {
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name}${number}`)) number += 1;
  return `${name}${number}`;
}
