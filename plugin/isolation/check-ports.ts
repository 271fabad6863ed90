// The ports of a spec that policies are made of: no two that are opened to different callers may be one.
import type { Report } from '../findings/finding.ts';
import { portOf, rayPorts } from '../ray/ports.ts';
import type { PodGroup, RaySpec } from '../ray/spec.ts';
import type { Settings } from '../settings/settings.ts';

type PortName = keyof typeof rayPorts;

/** Reports ports that are not what they seem, or that would open more than they are for. */
export function checkRayPorts(spec: RaySpec, settings: Settings, report: Report): void {
  checkDashboardPort(spec, report);
  checkShared(spec, settings, report);
}

/** Ray listens where its parameter says, the operator dials the port that the container names: they must be one. */
function checkDashboardPort({ head }: RaySpec, report: Report): void {
  const { parameter, portName } = rayPorts.dashboard;
  const named = head.rayContainer.ports?.findIndex(({ name }) => name === portName) ?? -1;
  const port = head.rayContainer.ports?.[named]?.containerPort;
  if (port === undefined || head.rayStartParams[parameter] === undefined || port === portOf(head, 'dashboard')) return;
  report('DASHBOARD_PORT_TWICE', [...head.path, 'template', 'spec', 'containers', 0, 'ports', named, 'containerPort'], {
    named: port,
    listening: portOf(head, 'dashboard'),
  });
}

const ownMetrics = ['autoscalerMetrics', 'dashboardMetrics'] as const;

/** What is opened for metrics or for the proxy must not be the way to Ray Client, the GCS or the dashboard. */
function checkShared(spec: RaySpec, settings: Settings, report: Report): void {
  const control = (['dashboard', 'client', 'gcs'] as const).map((name) => [portOf(spec.head, name), name] as const);
  const scraped = settings.monitoringNamespaces.length > 0 ? [spec.head, ...spec.workers] : [];
  const opened: (readonly [PodGroup, PortName])[] = [
    ...scraped.map((group) => [group, 'metrics'] as const),
    ...(scraped.length > 0 ? ownMetrics.map((name) => [spec.head, name] as const) : []),
    ...(spec.kind === 'RayService' ? [[spec.head, 'serve'] as const] : []),
  ];
  for (const [group, name] of opened) {
    const port = portOf(group, name);
    const taken = control.find(([number]) => number === port);
    if (taken) report('PORT_SHARED', group.path, { port, opened: name, taken: taken[1] });
  }
}
