// The form of `_definitions.json`, the OpenAPI v2 definitions that the API server publishes.
import type { StructuralSchema } from './schema.ts';

/** A node of `_definitions.json`. */
export interface Definition extends Omit<StructuralSchema, 'properties' | 'items' | 'additionalProperties'> {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Definition>>;
  readonly items?: Definition;
  readonly additionalProperties?: boolean | Definition;
  readonly oneOf?: readonly Definition[];
}

/** `definitions` of `_definitions.json`, keyed by full name as `io.k8s.api.core.v1.Service`. */
export type Definitions = Readonly<Record<string, Definition>>;
