// Everything that contradicts tlsOptions, or that its user should know (design.md 2 and 5).
import type { Report } from '../findings/finding.ts';
import type { RaySpec } from '../ray/spec.ts';
import type { Settings } from '../settings/settings.ts';
import { checkAllowedIssuers } from './check-allowed-issuers.ts';
import { checkAutoscaler } from './check-autoscaler.ts';
import { checkCertificate } from './check-certificate.ts';
import { checkCertificateNames } from './check-certificate-names.ts';
import { checkEnvFrom } from './check-env-from.ts';
import { checkIssuer } from './check-issuer.ts';
import { checkNamedObjects } from './check-named-objects.ts';
import { checkOwnSecrets } from './check-own-secrets.ts';
import { checkPodTemplate } from './check-pod-template.ts';
import { checkRayVersion } from './check-ray-version.ts';
import { checkReferences } from './check-references.ts';
import { checkSidecars } from './check-sidecars.ts';
import { checkStartCommand } from './check-start-command.ts';
import { checkSurroundings } from './check-surroundings.ts';
import { hasOwnSecrets, hasTLS } from './request.ts';

/** Reports on a spec that has passed its schema. While `retiring` pods are plain, so their templates may hold what they like. */
export function checkTLS(spec: RaySpec, settings: Settings, report: Report): void {
  if (!hasTLS(spec)) return;
  checkSurroundings(spec, settings, report);
  checkReferences(spec, settings, report);
  checkAllowedIssuers(spec, settings, report);
  checkNamedObjects(spec, settings, report);
  if (hasOwnSecrets(spec)) checkOwnSecrets(spec, report);
  else {
    checkIssuer(spec, settings, report);
    checkCertificate(spec, settings, report);
    checkCertificateNames(spec, report);
  }
  if (spec.tls.retiring === true) return;
  for (const group of [spec.head, ...spec.workers]) {
    checkPodTemplate(group, report);
    checkStartCommand(spec, group, report);
    checkSidecars(spec, group, report);
    checkEnvFrom(spec, group, report);
  }
  checkRayVersion(spec, report);
  checkAutoscaler(spec, settings, report);
}
