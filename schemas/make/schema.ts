// The two dialects that the generator stands between: OpenAPI v3 "structural schemas" of CRDs
// (https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema)
// and JSON Schema draft-07, which kubeconform and editors read.

/** What both dialects spell alike and mean alike. */
interface Constraints {
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** A node of a CRD's openAPIV3Schema. */
export interface StructuralSchema extends Constraints {
  readonly type?: string;
  readonly format?: string;
  readonly nullable?: boolean;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, StructuralSchema>>;
  readonly items?: StructuralSchema;
  readonly additionalProperties?: boolean | StructuralSchema;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-validations'?: readonly { readonly rule: string }[];
}

/** A node of a JSON schema, draft-07. */
export interface Schema extends Constraints {
  readonly $schema?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: boolean | Schema;
  readonly anyOf?: readonly Schema[];
}

/** A copy of `schema` with every direct child changed; `field` is the key that the child stands under, `''` for a list's items. */
export function mapChildren(schema: Schema, change: (child: Schema, field: string) => Schema): Schema {
  const { properties, items, additionalProperties } = schema;
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([key, child]) => [key, change(child, key)])),
    }),
    ...(items && { items: change(items, '') }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: change(additionalProperties, '') }),
  };
}
