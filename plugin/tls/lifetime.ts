// How long certificates live and when they are renewed, in seconds. cert-manager's minimums:
// https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec (duration, renewBefore)
import type { TLSRequest } from '../ray/spec.ts';
import type { Settings } from '../settings/settings.ts';
import { readSeconds } from './duration.ts';

const hour = 3600;

export interface Lifetime {
  readonly duration: number;
  readonly renewBefore: number;
}

/** The least that cert-manager's webhook takes. */
export const leastLifetime: Lifetime = { duration: hour, renewBefore: 300 };

/** Of an own CA: ten years, renewed 30 days before their end. */
export const authorityLifetime: Lifetime = { duration: 87_600 * hour, renewBefore: 720 * hour };

/**
 * Of the leaves. A field that cannot be read counts as absent: check-certificate.ts reports it. Without a renewBefore of
 * the user's, one that does not fit into the duration becomes a third of it, which is cert-manager's own default.
 */
export function resolveLifetime(tls: TLSRequest, settings: Settings): Lifetime {
  const read = (text: string | undefined): number | undefined => (text === undefined ? undefined : readSeconds(text));
  const duration = read(tls.duration) ?? readSeconds(settings.certificateDuration) ?? 0;
  const asked = read(tls.renewBefore);
  if (asked !== undefined) return { duration, renewBefore: asked };
  const usual = readSeconds(settings.certificateRenewBefore) ?? 0;
  return { duration, renewBefore: usual < duration ? usual : Math.floor(duration / 3) };
}
