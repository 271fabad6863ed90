// Every port on which a group's pods are known to listen: Ray's own, by default or by a start parameter, and what containers
// tell of. Ray's: https://docs.ray.io/en/latest/ray-core/configure.html#ports-configurations
import { valueAt } from '../manifests/edit.ts';
import { readEmbedded } from '../manifests/embedded.ts';
import { portOf } from './ports.ts';
import type { Container, PodGroup, RaySpec } from './spec.ts';

/** Both ends included. */
export type PortRange = readonly [first: number, last: number];

const single = (port: number): PortRange => [port, port];

const everyNode = ['metrics', 'serve'] as const;
const headAlone = ['gcs', 'dashboard', 'client', 'autoscalerMetrics', 'dashboardMetrics'] as const;
const workerPorts = { first: 10002, last: 19999 };

/** The containers that run as long as the pod: https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/ */
export const runningContainers = ({ template }: PodGroup): readonly Container[] => [
  ...template.spec.containers,
  ...(template.spec.initContainers ?? []).filter((container) => container['restartPolicy'] === 'Always'),
];

/** The port of the dashboard's agent, which runs on every node: Ray's default, unless a start parameter has a fixed one. */
export function agentPortOf({ rayStartParams }: PodGroup): number {
  const given = rayStartParams['dashboard-agent-listen-port'] ?? '';
  return /^[1-9]\d*$/.test(given) ? Number(given) : 52365;
}

/** Undefined where a container beside Ray's tells of no ports: it may listen on any. */
export function findListeningPorts(spec: RaySpec, group: PodGroup): readonly PortRange[] | undefined {
  const containers = runningContainers(group);
  const isTold = containers.every((one) => one === group.rayContainer || (one.ports ?? []).length > 0);
  if (!isTold) return undefined;
  const { rayStartParams: parameters, role } = group;
  const given = Object.entries(parameters).filter(([name]) => name.includes('port'));
  return [
    ...[...everyNode, ...(role === 'head' ? headAlone : [])].map((name) => single(portOf(group, name))),
    ...given.flatMap(([, text]) => text.split(',').map((port) => single(Number(port)))),
    [
      Number(parameters['min-worker-port'] ?? workerPorts.first),
      Number(parameters['max-worker-port'] ?? workerPorts.last),
    ],
    single(agentPortOf(group)),
    ...containers.flatMap(({ ports = [] }) => ports.map(({ containerPort }) => single(containerPort))),
    ...findServePorts(spec).map(single),
  ];
}

/**
 * Where serveConfigV2 tells the proxies of Serve to listen, HTTP first:
 * https://docs.ray.io/en/latest/serve/production-guide/config.html
 */
export function findProxyPorts({ kind, owner }: RaySpec): readonly number[] {
  if (kind !== 'RayService') return [];
  const config = readEmbedded(valueAt(owner.body, ['spec', 'serveConfigV2']));
  const ports = ['http_options', 'grpc_options'].map((options) => valueAt(config, [options, 'port']));
  return ports.filter((port) => typeof port === 'number');
}

/** Every port that serveConfigV2 speaks of: its applications may listen too. */
function findServePorts({ kind, owner }: RaySpec): number[] {
  const text = kind === 'RayService' ? valueAt(owner.body, ['spec', 'serveConfigV2']) : undefined;
  return [...String(text ?? '').matchAll(/\bport["']?\s*:\s*(\d+)/g)].map(([, port]) => Number(port));
}
