// Keywords of our own for ajv, which stand for standard ones in the compiled validators: their errors carry what a message
// needs (names, allowed values), and their code carries no copy of the schema. Code keywords: https://ajv.js.org/keywords.html
import { _, type Ajv, type KeywordCxt, type Name, stringify } from 'ajv';
import { checkDataTypes, DataType } from 'ajv/dist/compile/validate/dataType.js';
import type { Schema } from '../schemas/make/schema.ts';

/** A schema for the compiler: `known` for closed objects, `allowed` for enum, `types` for more than one type. */
export function prepareSchema(schema: Schema): object {
  const { $schema: _schema, title: _title, description: _description, ...rest } = schema;
  const { properties, $defs, items, additionalProperties, enum: allowed, anyOf, type, ...constraints } = rest;
  const types = anyOf ? anyOf.map((choice) => choice.type) : Array.isArray(type) ? type : undefined;
  return {
    ...constraints,
    ...(types ? { types } : type !== undefined && { type }),
    ...(allowed && { allowed }),
    ...(properties && { properties: prepareAll(properties) }),
    ...($defs && { $defs: prepareAll($defs) }),
    ...(items && { items: prepareSchema(items) }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: prepareSchema(additionalProperties) }),
    ...(additionalProperties === false && { known: Object.keys(properties ?? {}) }),
  };
}

const prepareAll = (schemas: Readonly<Record<string, Schema>>): object =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, prepareSchema(schema)]));

/** Teaches an ajv instance the keywords of `prepareSchema`. */
export function addKeywords(ajv: Ajv): void {
  ajv.addKeyword({
    keyword: 'known',
    type: 'object',
    code: (context) => {
      const known = literal(context);
      context.gen.forIn('key', context.data, (name) => {
        context.gen.if(_`!${known}.includes(${name})`, () => context.error(false, { name, known }));
      });
    },
    error: { message: '', params: ({ params }) => _`{name: ${params['name']}, known: ${params['known']}}` },
  });
  ajv.addKeyword({
    keyword: 'allowed',
    code: (context) => {
      const allowed = literal(context);
      context.setParams({ allowed });
      context.fail(_`!${allowed}.includes(${context.data})`);
    },
    error: { message: '', params: ({ params }) => _`{allowed: ${params['allowed']}}` },
  });
  ajv.addKeyword({
    keyword: 'types',
    code: (context) => {
      context.setParams({ types: literal(context) });
      context.fail(
        checkDataTypes(context.schema as Parameters<typeof checkDataTypes>[0], context.data, false, DataType.Wrong),
      );
    },
    error: { message: '', params: ({ params }) => _`{types: ${params['types']}}` },
  });
}

// The keyword's value as a constant of the module, shared by all places with the same one.
function literal({ gen, schema }: KeywordCxt): Name {
  return gen.scopeValue('obj', { ref: schema, key: JSON.stringify(schema), code: stringify(schema) });
}
