// Every rule about networkIsolation that a schema cannot say (design.md 2 and 4).
import type { Report } from '../findings/finding.ts';
import { hasFixedClusterName, keepsCluster } from '../ray/labels.ts';
import type { RaySpec } from '../ray/spec.ts';
import type { Settings } from '../settings/settings.ts';
import { checkFetching } from './check-fetching.ts';
import { checkPolicies } from './check-policies.ts';
import { checkRayPorts } from './check-ports.ts';
import { checkPublished } from './check-published.ts';
import { checkRequiredRules } from './check-required-rules.ts';
import { checkRulePorts } from './check-rule-ports.ts';
import { checkRules } from './check-rules.ts';

/** Reports what keeps an isolation from holding, and what its owner should know of it. */
export function checkIsolation(spec: RaySpec, settings: Settings, report: Report): void {
  checkRules(spec, report);
  checkRequiredRules(spec, settings, report);
  if (spec.isolation === undefined) return;
  for (const group of [spec.head, ...spec.workers]) {
    const at = [...group.path, 'template', 'spec', 'hostNetwork'];
    if (group.template.spec.hostNetwork === true) report('HOST_NETWORK_ISOLATED', at, {});
  }
  checkRayPorts(spec, settings, report);
  checkRulePorts(spec, report);
  checkPolicies(spec, settings, report);
  checkPublished(spec, report);
  checkFetching(spec, report);
  if (!hasFixedClusterName(spec))
    report('ISOLATION_NEW_PODS', spec.isolation.path, { kind: spec.kind, isHeld: keepsCluster(spec) }, 'key');
}
