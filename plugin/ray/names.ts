// Names of generated objects and label values, and KubeRay's own names for the same owner, which ours must not meet.
// Limits: DNS labels (RFC 1123) 63, X.509 commonName 64 (RFC 5280, ub-common-name), other Kubernetes names 253.
import { hash } from 'node:crypto';

/** The first eight hexadecimal digits of the SHA-256 of a text. */
export const shortHash = (text: string): string => hash('sha256', text).slice(0, 8);

/**
 * `name`, or where it is longer than `limit` its beginning, a dash and the hash of the whole: two long names
 * that differ only at the end stay different.
 */
export function fitName(name: string, limit: 63 | 64 | 253): string {
  if (name.length <= limit) return name;
  return `${name.slice(0, limit - 9).replace(/[-.]+$/, '')}-${shortHash(name)}`;
}

/** The stem of all names for an owner: its name and kind, so that a RayJob and a RayCluster of one name stay apart. */
export const baseName = (spec: { readonly name: string; readonly kind: string }): string =>
  `${spec.name}-${spec.kind.toLowerCase()}`;

/** The headless Service that gives the pods of a role their DNS names. */
export const nodesServiceName = (
  spec: { readonly name: string; readonly kind: string },
  role: 'head' | 'worker',
): string => fitName(`${baseName(spec)}-${role}-nodes`, 63);
