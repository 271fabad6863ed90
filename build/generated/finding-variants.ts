// The facts that docs/findings.md is made with, where a finding says different things: one entry for each of them.
import type { Code, FactsOf } from '../../plugin/findings/table.ts';
import { ruleProblems } from '../../plugin/findings/words/isolation.ts';

type Variants = { readonly [C in Code]?: readonly Partial<FactsOf<C>>[] };

type Keys<T> = readonly (keyof T)[];

const variants: Variants = {
  SETTING_INVALID: [{ expected: 'one-of', entry: undefined as never }],
  SCHEMA_UNKNOWN_FIELD: [{}, { nearest: undefined as never }],
  SCHEMA_TYPE: [
    { found: { is: 'number', value: 2.52 }, expected: ['string'] },
    { found: { is: 'text', looksLike: 'number' }, expected: ['integer'] },
    { found: { is: 'map' }, expected: ['array'] },
    { found: { is: 'list' }, expected: ['object'] },
    { found: { is: 'null' }, expected: ['object'] },
  ],
  SCHEMA_RANGE: [{ bound: 'at least' }, { bound: 'at most' }],
  SCHEMA_LENGTH: [
    { bound: 'at least', limit: 1, of: 'items' },
    { bound: 'at most', of: 'items' },
  ],
  SCHEMA_NOT_ALLOWED: [{}, { given: undefined as never, nearest: undefined as never }],
  FIELD_UNSUPPORTED_KIND: [{ lacks: 'version' }, { lacks: 'kind' }, { lacks: 'metadata' }],
  KIND_NOT_SERVED: [{ apiVersion: 'ray.io/v1' }, {}],
  RULE_INVALID: (Object.keys(ruleProblems) as Keys<typeof ruleProblems>).map((problem) => ({ problem })),
  TLS_KEY_SIZE: [{ algorithm: 'ECDSA' }, { algorithm: 'RSA' }],
  TLS_SHARED_ISSUER_WILDCARD: [{ canFix: true }],
  TLS_PODS_STAY: [{ hasField: true }, { hasField: false }],
  TLS_AUTOSCALER_V1: [
    { by: 'version', remedy: 'version' },
    { by: 'variable', remedy: 'version' },
    { by: 'release', remedy: 'variable' },
  ],
  TLS_AUTOSCALER_UNKNOWN: [
    { by: 'variable', remedy: 'version' },
    { by: 'release', remedy: 'variable' },
  ],
};

/** At least one: without an entry all facts are placeholders. */
export const variantsOf = (code: string): readonly object[] => variants[code as Code] ?? [{}];
