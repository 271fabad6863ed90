// The names that ask for security, in every spelling that was ever current: KubeRay 1.7 calls isolation networkPolicy, and
// the proposal behind this project called TLS enableMTLS and mTLSOptions (kuberay#4566, kuberay#5016).
import { distanceOf } from '../findings/nearest.ts';
import type { RayClusterSpec } from './spec.ts';

export const isolationFields = ['networkIsolation', 'networkPolicy'] as const;
export const tlsField = 'tlsOptions';
export const securityFields: readonly string[] = [...isolationFields, tlsField];

const formerFields: readonly string[] = ['enableMTLS', 'mTLSOptions'];
const seen = new Map<string, SecurityKey | undefined>();

/** What a key has to do with security: one of our fields, a former spelling, or a slip of `meant`. */
export type SecurityKey =
  | { readonly is: 'field' }
  | { readonly is: 'former' }
  | { readonly is: 'slip'; readonly meant: string };

/** Undefined for the many keys that are far from all of them. Pure: the memory only saves the arithmetic. */
export function readSecurityKey(key: string): SecurityKey | undefined {
  if (!seen.has(key)) seen.set(key, classify(key));
  return seen.get(key);
}

function classify(key: string): SecurityKey | undefined {
  if (securityFields.includes(key)) return { is: 'field' };
  if (formerFields.includes(key)) return { is: 'former' };
  for (const name of [...securityFields, ...formerFields]) {
    if (Math.abs(name.length - key.length) <= 2 && distanceOf(name, key, 2) <= 2) {
      return { is: 'slip', meant: securityFields.includes(name) ? name : tlsField };
    }
  }
  return undefined;
}

/** A cluster spec without our fields: what any KubeRay takes. */
export function dropSecurityFields(cluster: RayClusterSpec): RayClusterSpec {
  const { networkIsolation: _i, networkPolicy: _p, tlsOptions: _t, ...rest } = cluster;
  return rest as RayClusterSpec;
}
