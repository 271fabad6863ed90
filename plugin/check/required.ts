// What the platform file requires of every Ray spec. Nothing of it can be accepted by the owner's annotation.
import type { Report } from '../findings/finding.ts';
import { closesEgress, closesIngress } from '../ray/mode.ts';
import type { RaySpec } from '../ray/spec.ts';
import { mustClose } from '../settings/platform.ts';
import type { Settings } from '../settings/settings.ts';

/** Reports what a spec has less than is required, and says to its author what the platform has given it. */
export function checkRequired(spec: RaySpec, { platform }: Settings, report: Report): void {
  const { file, isolation: required, tls } = platform;
  if (spec.given.length > 0) report('PLATFORM_GIVES', spec.path, { fields: spec.given, file }, 'key');
  const open = [
    ...(mustClose(platform, 'ingress') && !closesIngress(spec) ? ['ingress'] : []),
    ...(mustClose(platform, 'egress') && !closesEgress(spec) ? ['egress'] : []),
  ];
  if (required !== undefined && open.length > 0) {
    // A spec that does not speak of isolation has been given it.
    const { path, mode } = spec.isolation ?? { path: spec.path, mode: 'none' };
    report('PLATFORM_ISOLATION', [...path, 'mode'], { file, required, mode, open });
  }
  const at = [...spec.path, 'tlsOptions'];
  // A spec that does not speak of TLS has been given it.
  if (tls && spec.tls === undefined) report('PLATFORM_TLS', [...at, 'enabled'], { file, problem: 'off' });
  if (tls && spec.tls?.retiring === true) report('PLATFORM_TLS', [...at, 'retiring'], { file, problem: 'retiring' });
}
