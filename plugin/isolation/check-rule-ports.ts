// Ports in the user's ingress rules that nobody seems to listen on: such a rule opens nothing, and another is missing.
import type { FieldPath, Report } from '../findings/finding.ts';
import { findNearest } from '../findings/nearest.ts';
import { findListeningPorts, runningContainers } from '../ray/listening-ports.ts';
import type { PodGroup, PolicyPort, RaySpec, Rules } from '../ray/spec.ts';
import { isPortName } from './check-peers.ts';

/** Rules, where they stand, and the groups whose pods they hold for. */
interface Holder {
  readonly path: FieldPath;
  readonly rules: Rules;
  readonly groups: readonly PodGroup[];
}

/** Reports names of ports that no container has, and numbers of which nothing in the manifest speaks. */
export function checkRulePorts(spec: RaySpec, report: Report): void {
  for (const { path, rules, groups } of findHolders(spec).filter((holder) => holder.groups.length > 0)) {
    for (const [index, { ports = [] }] of (rules.ingressRules ?? []).entries()) {
      for (const [place, port] of ports.entries()) {
        const at = [...path, 'ingressRules', index, 'ports', place, 'port'];
        if (typeof port.port === 'string') checkName(port.port, groups, at, report);
        else if (isUnused(spec, groups, port)) report('RULE_PORT_UNUSED', at, { port: printRange(port) });
      }
    }
  }
}

const printRange = ({ port, endPort }: PolicyPort): string =>
  endPort === undefined ? `${port}` : `${port} to ${endPort}`;

function findHolders({ isolation, head, workers }: RaySpec): Holder[] {
  const { path = [], workerGroups = [] } = isolation ?? {};
  const named = workerGroups.map(({ groupName }) => groupName);
  return [
    { path, rules: isolation ?? {}, groups: [head, ...workers] },
    { path: [...path, 'head'], rules: isolation?.head ?? {}, groups: [head] },
    {
      path: [...path, 'worker'],
      rules: isolation?.worker ?? {},
      groups: workers.filter(({ name }) => !named.includes(name)),
    },
    ...workerGroups.map((rules, index) => ({
      path: [...path, 'workerGroups', index],
      rules,
      groups: workers.filter(({ name }) => name === rules.groupName),
    })),
  ];
}

function checkName(port: string, groups: readonly PodGroup[], at: FieldPath, report: Report): void {
  const ports = groups.flatMap(runningContainers).flatMap((container) => container.ports ?? []);
  // KubeRay gives the Ray container a port `metrics` where it has none (common/pod.go, BuildPod). What is no name of a port, as
  // a number in quotes, is reported as such.
  const isKnown = port === 'metrics' || ports.some(({ name }) => name === port) || !isPortName(port);
  if (isKnown) return;
  const known = [...new Set(['metrics', ...ports.flatMap(({ name }) => (name === undefined ? [] : [name]))])];
  const nearest = findNearest(port, known);
  report('RULE_PORT_NAME_UNKNOWN', at, { port, known, ...(nearest !== undefined && { nearest }) });
}

function isUnused(
  spec: RaySpec,
  groups: readonly PodGroup[],
  { port, endPort, protocol = 'TCP' }: PolicyPort,
): boolean {
  const last = endPort ?? Number(port);
  const isNamed = groups.some(({ rayContainer }) => rayContainer.ports?.some((one) => one.containerPort === port));
  if (port === undefined || protocol !== 'TCP' || last < Number(port) || isNamed) return false;
  return groups.every((group) => {
    const known = findListeningPorts(spec, group);
    return known !== undefined && !known.some(([from, to]) => from <= last && Number(port) <= to);
  });
}
