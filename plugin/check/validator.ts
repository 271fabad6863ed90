// The compiled JSON schemas as the checks see them: a function from a value to what its schema has against it. The files
// are made by build/validators.ts; a front loads them. Keywords: https://ajv.js.org/json-schema.html and, for `known`,
// `allowed` and `types`, build/validator-keywords.ts.
import type { KubeRayVersion } from '../settings/settings.ts';

type Failure<Keyword extends string, Params> = {
  /** JSON pointer (RFC 6901) to the value, or for a missing or unknown field to the map around it. */
  readonly instancePath: string;
  readonly keyword: Keyword;
  readonly params: Readonly<Params>;
};

/** One thing that a schema has against a value. */
export type Problem =
  | Failure<'known', { name: string; known: readonly string[] }>
  | Failure<'required', { missingProperty: string }>
  | Failure<'type', { type: string }>
  | Failure<'types', { types: readonly string[] }>
  | Failure<'allowed', { allowed: readonly unknown[] }>
  | Failure<'const', { allowedValue: unknown }>
  | Failure<'pattern', { pattern: string }>
  | Failure<'format', { format: string }>
  | Failure<'minimum' | 'maximum', { limit: number }>
  | Failure<'minItems' | 'maxItems' | 'minLength' | 'maxLength' | 'minProperties' | 'maxProperties', { limit: number }>;

/** Gives every problem of a value, none for a valid one. */
export interface Validate {
  (value: unknown): readonly Problem[];
  /** All fields that the schema knows, as JSON of a `FieldTable`: read only where a field is unknown. */
  readonly fields?: string;
}

/** The validator of a kind as the cluster's KubeRay has it; undefined for what is not validated. */
export type LoadValidator = (apiVersion: string, kind: string, kuberayVersion: KubeRayVersion) => Validate | undefined;

const certManagerKinds = ['Certificate', 'ClusterIssuer', 'Issuer'];
const rayKinds = ['RayCluster', 'RayJob', 'RayService'];

/**
 * The name of a kind's schema and validator under schemas/ and dist/validators/, without ending, as
 * `kuberay-1.7/ray.io/raycluster_v1`; undefined where there is none.
 */
export function validatorName(...[apiVersion, kind, kuberayVersion]: Parameters<LoadValidator>): string | undefined {
  const folder = folderOf(apiVersion, kind, kuberayVersion);
  if (folder === undefined) return undefined;
  const parts = apiVersion.split('/');
  return `${folder}/${parts[0]}/${kind.toLowerCase()}_${parts.at(-1)}`;
}

function folderOf(...[apiVersion, kind, kuberayVersion]: Parameters<LoadValidator>): string | undefined {
  switch (apiVersion) {
    case 'ray.io/v1':
      return rayKinds.includes(kind) || (kind === 'RayCronJob' && kuberayVersion >= '1.6')
        ? `kuberay-${kuberayVersion}`
        : undefined;
    case 'ray.io/v1alpha1':
      return rayKinds.includes(kind) ? `kuberay-${kuberayVersion}` : undefined;
    case 'cert-manager.io/v1':
      return certManagerKinds.includes(kind) ? 'cert-manager' : undefined;
    case 'networking.k8s.io/v1':
      return kind === 'NetworkPolicy' ? 'kubernetes' : undefined;
    case 'v1':
      return kind === 'Service' ? 'kubernetes' : undefined;
    default:
      return undefined;
  }
}
