// From a CRD's structural schema to strict JSON Schema: what the API server prunes or refuses with fieldValidation=Strict
// is refused, and nothing else is kept. Formats that it checks: k8s.io/kube-openapi/pkg/validation/{strfmt,validate}
import type { Schema, StructuralSchema } from './schema.ts';

// RFC 4648 section 4 with padding, as kube-openapi's strfmt reads the format `byte`.
const base64 = '^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$';

const integerRange = (bits: 32 | 64): Schema => ({ minimum: -(2 ** (bits - 1)), maximum: 2 ** (bits - 1) - 1 });

const formats: Readonly<Record<string, Schema>> = {
  int32: integerRange(32),
  int64: integerRange(64),
  byte: { pattern: base64 },
  'date-time': { format: 'date-time' },
  // Names of Go types that every JSON number fits.
  double: {},
  float: {},
};

const constraints = new Set([
  ...['enum', 'pattern', 'minLength', 'maxLength', 'minItems', 'maxItems'],
  ...['minProperties', 'maxProperties', 'minimum', 'maximum'],
]);

const shape = new Set(['type', 'format', 'nullable', 'required', 'properties', 'items', 'additionalProperties']);

const dropped = new Set(['description', 'default', 'title', 'example', 'externalDocs']);

/**
 * The strict JSON schema of a structural schema, without descriptions. Throws where a keyword or format is met whose
 * meaning would be lost: a newer upstream then has to be looked at.
 */
export function buildStrict(node: StructuralSchema): Schema {
  const { additionalProperties, items, properties } = node;
  return {
    ...(isIntOrString(node) ? intOrString(node) : typeOf(node)),
    ...keptConstraints(node),
    ...requiredOf(node),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([key, child]) => [key, buildStrict(child)])),
    }),
    ...(items && { items: buildStrict(items) }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: buildStrict(additionalProperties) }),
    ...(isClosed(node) && { additionalProperties: false }),
  };
}

const isIntOrString = (node: StructuralSchema): boolean => node['x-kubernetes-int-or-string'] === true;

/** Whether the API server prunes every field that is not named, so that strict validation refuses it. */
function isClosed(node: StructuralSchema): boolean {
  return (
    node.type === 'object' &&
    node.additionalProperties === undefined &&
    node['x-kubernetes-preserve-unknown-fields'] !== true
  );
}

function intOrString(node: StructuralSchema): Schema {
  const types = node.nullable ? ['integer', 'string', 'null'] : ['integer', 'string'];
  return { anyOf: types.map((type) => ({ type })) };
}

function typeOf({ type, nullable }: StructuralSchema): Schema {
  if (type === undefined) return {};
  return { type: nullable ? [type, 'null'] : type };
}

function keptConstraints(node: StructuralSchema): Schema {
  const kept: Record<string, unknown> = { ...formatOf(node) };
  for (const [keyword, value] of Object.entries(node)) {
    if (constraints.has(keyword)) kept[keyword] = narrower(keyword, kept[keyword], value);
    else if (!isAccountedFor(keyword, node)) {
      throw new Error(`the keyword ${keyword} is not supported: decide in structural.ts what it becomes`);
    }
  }
  if (node.nullable && Array.isArray(kept['enum'])) kept['enum'] = [...kept['enum'], null];
  return kept;
}

// Defaults are set before an object is validated, so that a field with one may be left out.
function requiredOf({ required = [], properties = {} }: StructuralSchema): Schema {
  const needed = required.filter((name) => properties[name]?.default === undefined);
  return needed.length === 0 ? {} : { required: needed };
}

const isAccountedFor = (keyword: string, node: StructuralSchema): boolean =>
  shape.has(keyword) ||
  dropped.has(keyword) ||
  keyword.startsWith('x-kubernetes-') ||
  (keyword === 'anyOf' && isIntOrString(node));

// A format's range and an explicit bound may meet on one node.
function narrower(keyword: string, fromFormat: unknown, explicit: unknown): unknown {
  if (typeof fromFormat !== 'number' || typeof explicit !== 'number') return explicit;
  return keyword === 'minimum' ? Math.max(fromFormat, explicit) : Math.min(fromFormat, explicit);
}

function formatOf({ format }: StructuralSchema): Schema {
  if (format === undefined) return {};
  const kept = formats[format];
  if (!kept)
    throw new Error(`the format ${format} is not known: add to structural.ts what the API server checks of it`);
  return kept;
}
