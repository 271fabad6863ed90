// The autoscaler under TLS: hand-made TLS in its options, a version that is blind to DNS names, a port it does not dial.
import type { Report } from '../findings/finding.ts';
import { portOf, rayPorts } from '../ray/ports.ts';
import type { RaySpec } from '../ray/spec.ts';
import type { Settings } from '../settings/settings.ts';
import { findAutoscalerVersion } from './autoscaler-version.ts';
import { checkEnvironment } from './check-environment.ts';
import { loopbackVariable } from './environment.ts';

export function checkAutoscaler(spec: RaySpec, settings: Settings, report: Report): void {
  const { autoscalerOptions: options, enableInTreeAutoscaling } = spec.cluster;
  checkEnvironment(options ?? {}, [...spec.path, 'autoscalerOptions'], [loopbackVariable.name], report);
  if (enableInTreeAutoscaling !== true) return;
  checkVersion(spec, settings, report);
  const port = portOf(spec.head, 'gcs');
  const usual = rayPorts.gcs.number;
  // run_autoscaler.py in Ray joins the pod's address and its default port.
  if (port !== usual) report('TLS_AUTOSCALER_PORT', [...spec.head.path, 'rayStartParams', 'port'], { port, usual });
}

function checkVersion(spec: RaySpec, settings: Settings, report: Report): void {
  const { is, by, at, release } = findAutoscalerVersion(spec);
  // KubeRay 1.4 brought autoscalerOptions.version, to ray.io/v1 alone.
  const hasField = settings.kuberayVersion !== '1.3' && spec.owner.body.apiVersion === 'ray.io/v1';
  const remedy = hasField ? 'version' : 'variable';
  if (is === 'v1') report('TLS_AUTOSCALER_V1', at, { by, remedy, ...(release === undefined ? {} : { release }) });
  if (is === 'unknown') report('TLS_AUTOSCALER_UNKNOWN', at, { by: by === 'variable' ? by : 'release', remedy });
}
