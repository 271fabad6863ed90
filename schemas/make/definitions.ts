// Kubernetes' own kinds, from the OpenAPI v2 definitions that the API server publishes (`_definitions.json`), as the
// structural schemas that CRDs use. Only what a kind refers to is read.

import type { Definition, Definitions } from './definition.ts';
import type { StructuralSchema } from './schema.ts';
import { serverChecks } from './server-checks.ts';

/**
 * The structural schema of one definition with every reference resolved, and with what the API server does in code
 * (server-checks.ts). Each definition passed on the way is told to `onDefinition`, by its short name.
 */
export function resolveDefinition(
  definitions: Definitions,
  name: string,
  onDefinition: (shortName: string, schema: StructuralSchema) => void = () => {},
): StructuralSchema {
  const resolveNamed = (full: string, outer: readonly string[]): StructuralSchema => {
    const definition = definitions[full];
    if (!definition) throw new Error(`the definitions have no ${full}`);
    if (outer.includes(full)) throw new Error(`the definition ${full} refers to itself`);
    const resolved = resolveNode(withChecks(full, definition), [...outer, full]);
    onDefinition(full.split('.').at(-1) ?? full, resolved);
    return resolved;
  };
  const resolveNode = (node: Definition, outer: readonly string[]): StructuralSchema => {
    if (node.$ref) return resolveNamed(node.$ref.replace('#/definitions/', ''), outer);
    if (node.oneOf) return intOrString(node);
    const { $ref: _, oneOf: __, properties, items, additionalProperties, ...rest } = node;
    return {
      ...rest,
      ...(properties && {
        properties: Object.fromEntries(
          Object.entries(properties).map(([key, child]) => [key, resolveNode(child, outer)]),
        ),
      }),
      ...(items && { items: resolveNode(items, outer) }),
      ...(additionalProperties !== undefined && {
        additionalProperties:
          typeof additionalProperties === 'object' ? resolveNode(additionalProperties, outer) : additionalProperties,
      }),
      ...(isOpen(node) && { 'x-kubernetes-preserve-unknown-fields': true }),
    };
  };
  return resolveNamed(name, []);
}

function withChecks(name: string, definition: Definition): Definition {
  const checks = serverChecks[name.split('.').at(-1) ?? ''];
  if (!checks) return definition;
  const properties = Object.entries(definition.properties ?? {}).map(([key, node]): [string, Definition] => [
    key,
    checks[key] ? withConstraints(node, checks[key]) : node,
  ]);
  return { ...definition, properties: Object.fromEntries(properties) };
}

// A reference cannot carry constraints of its own: such a check gives the whole type.
function withConstraints({ $ref: _, ...node }: Definition, check: Definition): Definition {
  return { ...node, ...check };
}

// The one choice in these definitions is IntOrString.
function intOrString(node: Definition): StructuralSchema {
  const types = node.oneOf?.map((choice) => choice.type).sort();
  if (types?.join() !== 'integer,string') throw new Error(`a choice of ${types?.join(', ')} is not supported`);
  return { 'x-kubernetes-int-or-string': true };
}

// An object without fields stands for any object here (FieldsV1), where in a CRD it stands for an empty one.
const isOpen = (node: Definition): boolean =>
  node.type === 'object' && node.properties === undefined && node.additionalProperties === undefined;
