// Every port of Ray that a policy or an address is made of, with where its number comes from.
// Ray's defaults: https://docs.ray.io/en/latest/ray-core/configure.html#ports-configurations
import type { PodGroup } from './spec.ts';

export interface RayPort {
  readonly number: number;
  /** The rayStartParam that moves it. */
  readonly parameter?: string;
  /** The name of a port of the Ray container that KubeRay takes for it. */
  readonly portName?: string;
}

export const rayPorts = {
  // `ray start --port`; KubeRay's GetHeadPort looks at the parameter alone, so a named port does not move it.
  gcs: { number: 6379, parameter: 'port' },
  // KubeRay's DefaultDashboardPort and DashboardPortName.
  dashboard: { number: 8265, parameter: 'dashboard-port', portName: 'dashboard' },
  // KubeRay's DefaultClientPort and ClientPortName.
  client: { number: 10001, parameter: 'ray-client-server-port', portName: 'client' },
  // KubeRay's DefaultMetricsPort and MetricsPortName.
  metrics: { number: 8080, parameter: 'metrics-export-port', portName: 'metrics' },
  // KubeRay's DefaultServingPort and ServingPortName; Ray Serve's HTTP proxy has no start parameter.
  serve: { number: 8000, portName: 'serve' },
  // Ray's AUTOSCALER_METRIC_PORT and DASHBOARD_METRIC_PORT (python/ray/_private/ray_constants.py).
  autoscalerMetrics: { number: 44217 },
  dashboardMetrics: { number: 44227 },
} as const satisfies Record<string, RayPort>;

/** The port of a group's pods: an explicit start parameter, else the Ray container's port of that name, else Ray's default. */
export function portOf(group: PodGroup, port: keyof typeof rayPorts): number {
  const { number, parameter, portName }: RayPort = rayPorts[port];
  const explicit = parameter === undefined ? undefined : group.rayStartParams[parameter];
  if (explicit !== undefined && /^\d+$/.test(explicit)) return Number(explicit);
  return (
    group.rayContainer.ports?.find((one) => portName !== undefined && one.name === portName)?.containerPort ?? number
  );
}
