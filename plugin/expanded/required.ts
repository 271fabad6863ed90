// What the platform file requires of every Ray spec, asked of the final stream: an object that shows nothing of it never came
// by rayshield, whatever it carried before.
import type { Report } from '../findings/finding.ts';
import { closesEgress, closesIngress } from '../ray/mode.ts';
import type { RaySpec } from '../ray/spec.ts';
import { mustClose } from '../settings/platform.ts';
import type { Settings } from '../settings/settings.ts';
import { askedPath } from './asked.ts';

/** Reports what an object shows less than is required; `spec` has what was asked of it put back. */
export function checkRequiredShown(spec: RaySpec, { platform }: Settings, report: Report): void {
  const lacks = [
    ...(mustClose(platform, 'ingress') && !closesIngress(spec) ? ['closed ingress'] : []),
    ...(mustClose(platform, 'egress') && !closesEgress(spec) ? ['closed egress'] : []),
    ...(platform.tls && (spec.tls === undefined || spec.tls.retiring === true) ? ['TLS'] : []),
  ];
  if (lacks.length > 0) report('EXPANDED_BELOW_PLATFORM', askedPath, { file: platform.file, lacks });
}
