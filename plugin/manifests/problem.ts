// Why a document cannot be read as Kubernetes reads it, and the limits of what is read at all.

export interface Limits {
  readonly maxDepth: number;
  readonly maxAliases: number;
  readonly maxKeys: number;
}

/** Documents of others are not ours to judge: what is beyond these is left unread. */
export const limitsForOthers: Limits = { maxDepth: 200, maxAliases: 1000, maxKeys: 1_000_000 };

/** Why a document cannot be read as Kubernetes reads it; `offset` in the text of the document. */
export type Problem = { readonly offset: number } & (
  | { readonly code: 'YAML_SYNTAX'; readonly facts: { readonly problem: string } }
  | { readonly code: 'YAML_DUPLICATE_KEY' | 'YAML_MERGE_ORDER'; readonly facts: { readonly key: string } }
  // `isDropped` where the value of the key is not read either.
  | { readonly code: 'YAML_KEY'; readonly facts: { readonly found: string; readonly isDropped?: true } }
  | { readonly code: 'YAML_TAG'; readonly facts: { readonly tag: string } }
  | { readonly code: 'YAML_ALIAS'; readonly facts: { readonly alias: string; readonly problem: string } }
  | { readonly code: 'YAML_NUMBER' | 'YAML_CHARACTER'; readonly facts: Record<string, never> }
  | { readonly code: 'TOO_DEEP' | 'TOO_MANY_ALIASES' | 'TOO_MANY_KEYS'; readonly facts: { readonly limit: number } }
);
