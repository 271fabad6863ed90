// The facts that docs/findings.md is made with, where a finding says different things: one entry for each of them.
import type { Code, FactsOf } from '../../plugin/findings/table.ts';
import { ruleProblems } from '../../plugin/findings/words/isolation.ts';
import { reach } from '../../plugin/findings/words/platform.ts';
import { deletionProblems } from '../../plugin/findings/words/ray.ts';

type Variants = { readonly [C in Code]?: readonly Partial<FactsOf<C>>[] };

type Keys<T> = readonly (keyof T)[];

const variants: Variants = {
  PLATFORM_PATH: [{ problem: 'relative' }, { problem: 'empty' }],
  PLATFORM_TLS: [{ problem: 'off' }, { problem: 'retiring' }],
  PLATFORM_RULE_OPEN: [
    { direction: 'ingress', several: false },
    { direction: 'egress', several: true },
  ],
  PLATFORM_OUT_OF_REACH: (Object.keys(reach) as Keys<typeof reach>).map((problem) => ({ problem })),
  PARAMETER_TYPE: [{ takes: ['array', 'string'] }],
  KIND_NOT_INSTALLED: [{ apiVersion: 'ray.io/v1' }, {}],
  SETTING_INVALID: [{ expected: 'one-of', entry: undefined as never }],
  SOURCE_LEFT_OUT: [{ tool: 'helm' }, { tool: 'kustomize' }],
  RENDER_SOURCE: [{ count: 0 }, { count: 2 }],
  FLUX_NAME: [
    { flag: '--flux-name', isGiven: true, limit: 54 },
    { flag: '--flux-name', isGiven: false },
  ],
  OUT_STALE: [{ count: 1, isThere: true }, { count: 3, isThere: true }, { isThere: false }],
  YAML_LINE_BREAK: [{ character: 'U+2028' }, { character: 'U+FEFF' }],
  SCHEMA_UNKNOWN_FIELD: [{}, { nearest: undefined as never }],
  SCHEMA_MISSING_FIELD: [
    { elsewhere: undefined as never, isEmpty: undefined as never },
    { isEmpty: undefined as never },
    { elsewhere: undefined as never, isEmpty: true },
  ],
  SCHEMA_TYPE: [
    { found: { is: 'number', value: 8265 }, expected: ['string'] },
    { found: { is: 'number', value: 2.1, written: '2.10' }, expected: ['string'] },
    { found: { is: 'number', value: 8, written: '010' }, expected: ['string'] },
    { found: { is: 'boolean', value: true, written: 'yes' }, expected: ['string'] },
    { found: { is: 'text', looksLike: 'number' }, expected: ['integer'] },
    { found: { is: 'text', looksLike: 'boolean' }, expected: ['boolean'] },
    { found: { is: 'text', meant: 'true' }, expected: ['boolean'] },
    { found: { is: 'map' }, expected: ['array'] },
    { found: { is: 'list' }, expected: ['object'] },
    { found: { is: 'null' }, expected: ['object'] },
  ],
  SCHEMA_RANGE: [{ bound: 'at least' }, { bound: 'at most' }],
  SCHEMA_LENGTH: [
    { bound: 'at least', limit: 1, of: 'items' },
    { bound: 'at most', of: 'items' },
  ],
  SCHEMA_NOT_ALLOWED: [
    { readAs: undefined as never },
    { given: undefined as never, nearest: undefined as never, readAs: undefined as never },
    { given: 'off', nearest: undefined as never, readAs: 'false' },
  ],
  DOCUMENT_WITHOUT_KIND: [
    { lacks: ['apiVersion', 'kind'], stray: undefined as never },
    { lacks: ['kind'], stray: { found: 'Kind', meant: 'kind' } },
    { lacks: [], stray: undefined as never },
  ],
  FIELD_UNSUPPORTED_KIND: [
    { lacks: 'version', stray: undefined as never },
    { lacks: 'kind', stray: undefined as never },
    { lacks: 'metadata', stray: 'metdata' },
  ],
  FIELD_MISPLACED: [{ above: undefined as never }, { above: { found: 'rayClustrSpec', meant: 'rayClusterSpec' } }],
  FIELD_EMPTY: [{}, { name: undefined }],
  KIND_UNKNOWN: [{}, { nearest: undefined }, { kind: 'RayCluster', kinds: ['RayCluster'] }],
  OBJECT_INCOMPLETE: [
    { field: 'kind', isOdd: undefined as never, stray: undefined as never },
    { field: 'metadata', isOdd: undefined as never, stray: 'metdata' },
    { field: 'apiVersion', isOdd: true, stray: undefined as never },
  ],
  RULE_PORT_NAME_UNKNOWN: [{}, { nearest: undefined as never }],
  ISSUER_VENAFI: [
    { given: [], allowed: ['tpp', 'cloud', 'ngts'] },
    { given: ['tpp', 'cloud'], allowed: ['tpp', 'cloud', 'ngts'] },
  ],
  FUNCTION_INPUT: [{ problem: 'has no list of items' }],
  FUNCTION_CONFIG_KEY: [{}, { nearest: undefined as never }],
  FLAG_VALUE_UNKNOWN: [{}, { nearest: undefined as never }],
  KIND_NOT_SERVED: [{ apiVersion: 'ray.io/v1' }, {}],
  DELETION_STRATEGY: (Object.keys(deletionProblems) as Keys<typeof deletionProblems>).map((problem) => ({ problem })),
  POLICY_OPENS_MORE: [
    { pods: [], ingress: { to: ['everyone'], ports: ['8265'] }, egress: undefined as never },
    { ingress: undefined as never, egress: { to: ['addresses'], ports: [] } },
  ],
  HEAD_PUBLISHED_CLOSED: [
    { by: 'Ingress', other: undefined as never },
    { by: 'LoadBalancer', other: undefined as never },
    { by: 'NodePort', other: { name: '`<name>`', place: '`<place>`' } },
    { by: 'HTTPRoute', other: { name: '`<name>`', place: '`<place>`' } },
  ],
  RUNTIME_ENV_CLOSED: [{ job: undefined as never }, { job: { name: '`<name>`', place: '`<place>`' } }],
  CLOUD_IDENTITY_CLOSED: [{ provider: 'AWS' }, { provider: 'Google Cloud' }, { provider: 'Azure' }],
  ISOLATION_NEW_PODS: [{ kind: 'RayJob' }, { kind: 'RayService', isHeld: false }, { kind: 'RayService', isHeld: true }],
  RULE_INVALID: (Object.keys(ruleProblems) as Keys<typeof ruleProblems>).map((problem) => ({ problem })),
  TLS_NEXT_CLUSTER: [{ kind: 'RayJob' }, { kind: 'RayService', isHeld: false }, { kind: 'RayService', isHeld: true }],
  TLS_REFERENCE_ELSEWHERE: [{ kind: 'Secret' }, { kind: 'Issuer' }],
  TLS_ISSUER_UNFIT: [{ type: 'acme' }, { type: 'selfSigned' }, { type: 'none' }],
  TLS_KEY_SIZE: [{ algorithm: 'ECDSA' }, { algorithm: 'RSA' }],
  TLS_SHARED_ISSUER_WILDCARD: [{ canFix: true }],
  TLS_PODS_STAY: [{ hasField: true }, { hasField: false }],
  TLS_RAY_MIXED: [
    { by: 'image', than: 'head' },
    { by: 'rayVersion', than: 'head' },
  ],
  TLS_AUTOSCALER_V1: [
    { by: 'version', remedy: 'version' },
    { by: 'variable', remedy: 'version' },
    { by: 'release', remedy: 'variable' },
  ],
  EXPANDED_NAMESPACE_MOVED: [{}, { namespace: '' }],
  EXPANDED_OBJECT_MISSING: [{ place: undefined as never }, {}],
  EXPANDED_OWNER_MISSING: [{ others: 0 }, { others: 8 }],
  EXPANDED_SELECTS_NOTHING: [{ kind: 'NetworkPolicy' }, { kind: 'Service' }],
  EXPANDED_SELECTOR_CHANGED: [{ takesOthers: false }, { misses: [], takesOthers: true }],
  EXPANDED_PEER_LOST: [
    { direction: 'ingress', who: 'own pods' },
    { direction: 'ingress', who: 'operator' },
  ],
  TLS_AUTOSCALER_UNKNOWN: [
    { by: 'variable', remedy: 'version' },
    { by: 'release', remedy: 'variable' },
  ],
};

/** At least one: without an entry all facts are placeholders. */
export const variantsOf = (code: string): readonly object[] => variants[code as Code] ?? [{}];
