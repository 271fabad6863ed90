// Names of the Secrets that pods mount. Each ends in a hash of what signs: with another CA, issuer or generation all names
// change at once and so do the pod templates; the same spec finds the same Secrets again after deletion (design.md 5).
import { baseName, fitName, shortHash } from '../ray/names.ts';
import type { Settings } from '../settings/settings.ts';
import { describeAuthority } from './certificates.ts';
import { findSharedIssuer, type TLSSpec } from './request.ts';

export interface SecretNames {
  readonly authority: string;
  readonly head: string;
  readonly worker: string;
  readonly client: (name: string) => string;
}

/** The user's own Secrets where there are any (the worker's defaults to the head's), else generated names. */
export function findSecretNames(spec: TLSSpec, settings: Settings): SecretNames {
  const { certificateSecretName: head, workerCertificateSecretName: worker } = spec.tls;
  const hash = hashSigner(spec, settings);
  const generate = (part: string): string => fitName(`${baseName(spec)}-${part}-${hash}`, 253);
  return {
    authority: generate('ca'),
    head: head ?? generate('head'),
    worker: worker ?? head ?? generate('worker'),
    client: (name) => generate(`client-${name}`),
  };
}

function hashSigner(spec: TLSSpec, settings: Settings): string {
  const signer = findSharedIssuer(spec, settings) ?? describeAuthority(spec);
  // As text, since a large integer may be read as a BigInt, which JSON cannot hold.
  return shortHash(printCanonical({ signer, generation: String(spec.tls.generation ?? 0) }));
}

/** JSON with sorted keys: the order in which a spec is written down here must not rename Secrets. */
function printCanonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printCanonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, child]) => `${JSON.stringify(key)}:${printCanonical(child)}`).join(',')}}`;
}
