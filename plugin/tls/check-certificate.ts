// How long leaves live and what keys they have: what cert-manager's webhook would refuse, and what would outlive its CA.
// internal/apis/certmanager/validation/certificate.go in https://github.com/cert-manager/cert-manager
// The settings' own values are checked where they are read.
import type { Report } from '../findings/finding.ts';
import { isKeySize } from '../settings/key-size.ts';
import type { Settings } from '../settings/settings.ts';
import { printDuration, readSeconds } from './duration.ts';
import { authorityLifetime, leastLifetime, resolveLifetime } from './lifetime.ts';
import { resolvePrivateKey } from './private-key.ts';
import { findSharedIssuer, type TLSSpec } from './request.ts';

export function checkCertificate(spec: TLSSpec, settings: Settings, report: Report): void {
  checkField(spec, 'duration', report);
  checkField(spec, 'renewBefore', report);
  checkLifetime(spec, settings, report);
  checkPrivateKey(spec, settings, report);
}

function checkField({ tls }: TLSSpec, field: 'duration' | 'renewBefore', report: Report): void {
  const text = tls[field];
  if (text === undefined) return;
  const at = [...tls.path, field];
  const seconds = readSeconds(text);
  const least = leastLifetime[field];
  if (seconds === undefined) report('TLS_DURATION_INVALID', at, { field });
  else if (seconds < least) {
    report('TLS_DURATION_SHORT', at, { field, found: printDuration(seconds), least: printDuration(least) });
  }
}

function checkLifetime(spec: TLSSpec, settings: Settings, report: Report): void {
  const { tls } = spec;
  const { duration, renewBefore } = resolveLifetime(tls, settings);
  if (tls.renewBefore !== undefined && renewBefore >= duration) {
    const facts = { renewBefore: printDuration(renewBefore), duration: printDuration(duration) };
    report('TLS_RENEW_BEFORE_LONG', [...tls.path, 'renewBefore'], facts);
  }
  if (findSharedIssuer(spec, settings) === undefined && duration >= authorityLifetime.duration) {
    const facts = { duration: printDuration(duration), authority: printDuration(authorityLifetime.duration) };
    report('TLS_DURATION_BEYOND_CA', [...tls.path, 'duration'], facts);
  }
}

function checkPrivateKey({ tls }: TLSSpec, settings: Settings, report: Report): void {
  const at = [...tls.path, 'privateKey'];
  const key = resolvePrivateKey(tls, settings);
  if (!isKeySize(key.algorithm, key.size)) report('TLS_KEY_SIZE', [...at, 'size'], { ...key });
}
