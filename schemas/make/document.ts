// The schema of a whole Kubernetes object, from the schema of its fields: apiVersion and kind are fixed, metadata is
// Kubernetes' own ObjectMeta, and a status is let through, since people paste what they read from a cluster.
import type { Schema } from './schema.ts';

/** What names the kind that a schema describes. */
export interface KindName {
  readonly apiVersion: string;
  readonly kind: string;
  /** Where the schema comes from, for its title: `KubeRay 1.7`. */
  readonly product: string;
}

/** A self-contained schema for kubeconform and editors, not yet shared. `fields` is the strict schema of the whole kind. */
export function buildDocument({ apiVersion, kind, product }: KindName, fields: Schema, metadata: Schema): Schema {
  const { apiVersion: _, kind: __, metadata: ___, status, ...own } = fields.properties ?? {};
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `${kind} ${apiVersion} (${product})`,
    type: 'object',
    required: [...new Set(['apiVersion', 'kind', 'metadata', ...(fields.required ?? [])])],
    properties: {
      apiVersion: { type: 'string', const: apiVersion },
      kind: { type: 'string', const: kind },
      metadata,
      ...own,
      ...(status && { status: { type: 'object' } }),
    },
    additionalProperties: false,
  };
}

/** The path of a kind's schema inside its product's folder: kubeconform's `{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}`. */
export function documentPath({ apiVersion, kind }: Pick<KindName, 'apiVersion' | 'kind'>): string {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : [apiVersion, apiVersion];
  return `${group}/${kind.toLowerCase()}_${version}.json`;
}
