// Policies of the user's own over pods of an isolated owner. Policies add up: one of them can open again what the isolation
// closes. https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation
import type { Report } from '../findings/finding.ts';
import type { Opened, Opener } from '../findings/words/isolation.ts';
import { runningContainers } from '../ray/listening-ports.ts';
import { findPodLabels } from '../ray/pod-labels.ts';
import type { PodGroup, PolicyPeer, RaySpec } from '../ray/spec.ts';
import { mustClose } from '../settings/platform.ts';
import type { Platform, Settings } from '../settings/settings.ts';
import { buildIsolation } from './build.ts';
import { findSurplus, type Rule } from './coverage.ts';
import { isEveryone } from './exposure.ts';
import { type ReadPolicy, readPolicy } from './read-policy.ts';
import { podsIn, udpAndTCP } from './rules.ts';
import { mayTake } from './selector.ts';
import { findPoliciesOver, type PolicyOver } from './user-rules.ts';

// Often written for a whole namespace without the labels of the DNS pods, which changes nothing that matters.
const usualDNS: Rule = { peers: [podsIn('kube-system')], ports: udpAndTCP(53) };

/** Reports each policy of the input that opens to, or from, pods of the owner more than its isolation does. */
export function checkPolicies(spec: RaySpec, settings: Settings, report: Report): void {
  const policies = findPoliciesOver(spec);
  if (spec.isolation === undefined || policies.length === 0) return;
  // What is wrong with them has been said by whoever prints them.
  const built = buildIsolation(spec, settings, () => undefined).map(readPolicy);
  const own = built.filter((policy) => policy !== undefined);
  reportOpeners(spec, policies, { own, platform: settings.platform }, report);
}

/** What keeps an owner closed: the policies of its isolation, and the platform that may ask for it. */
interface Closed {
  readonly own: readonly ReadPolicy[];
  readonly platform: Platform;
}

/** Reports each of `policies` that opens more than the isolation does. */
export function reportOpeners(
  spec: RaySpec,
  policies: readonly PolicyOver[],
  { own, platform }: Closed,
  report: Report,
): void {
  const at = spec.isolation?.path ?? [];
  for (const one of policies) {
    const [ingress, egress] = [findOpened(spec, one, own, 'ingress'), findOpened(spec, one, own, 'egress')];
    if (ingress === undefined && egress === undefined) continue;
    const isAll = one.groups.length === spec.workers.length + 1;
    report(
      'POLICY_OPENS_MORE',
      at,
      {
        policy: one.name,
        place: one.place,
        pods: isAll ? [] : one.groups.map(nameGroup),
        ...(ingress === undefined ? {} : { ingress }),
        ...(egress === undefined ? {} : { egress }),
      },
      'key',
    );
    const opened = { ingress, egress };
    if (directions.some((direction) => opened[direction] && mustClose(platform, direction))) {
      const facts = { file: platform.file, policy: one.name, place: one.place };
      report('PLATFORM_POLICY_OPENS', at, facts, 'key');
    }
  }
}

const directions = ['ingress', 'egress'] as const;

/** How messages name a group. */
export const nameGroup = ({ role, name }: PodGroup): string => (role === 'head' ? 'the head' : `the group ${name}`);

function findOpened(
  spec: RaySpec,
  { policy, groups }: PolicyOver,
  own: readonly ReadPolicy[],
  direction: 'ingress' | 'egress',
): Opened | undefined {
  // A direction that the isolation leaves open is not its concern.
  if (own.every((one) => one[direction] === undefined)) return undefined;
  const surplus = groups.flatMap((group) => {
    const labels = findPodLabels(spec, group);
    const allowed = own.filter(({ selector }) => mayTake(selector, labels)).flatMap((one) => one[direction] ?? []);
    if (direction === 'egress') {
      return (policy.egress ?? []).map((rule) => findSurplus(rule, [...allowed, usualDNS], spec.namespace));
    }
    const numbered = allowed.map((rule) => numberPorts(rule, group));
    return (policy.ingress ?? []).map((rule) => findSurplus(numberPorts(rule, group), numbered, spec.namespace));
  });
  const rules = surplus.filter((rule) => rule !== undefined);
  return rules.length === 0 ? undefined : describe(rules, spec.namespace);
}

/** The rule with the numbers that names of ports stand for in the group's pods; a name that none of them has stays. */
const numberPorts = ({ peers, ports }: Rule, group: PodGroup): Rule => ({
  peers,
  ports: ports.flatMap((port) => {
    const named = runningContainers(group)
      .flatMap((container) => container.ports ?? [])
      .filter(({ name }) => name !== undefined && name === port.port);
    return named.length === 0 ? [port] : named.map(({ containerPort }) => ({ ...port, port: containerPort }));
  }),
});

function describe(rules: readonly Rule[], namespace: string): Opened {
  const ports = rules.flatMap(({ ports }) =>
    ports.map(({ port, endPort, protocol = 'TCP' }) => ({ port, endPort, protocol })),
  );
  const isAll = rules.some((rule) => rule.ports.length === 0);
  return {
    to: [
      ...new Set(
        rules.flatMap(({ peers }) =>
          isEveryone(peers) ? ['everyone' as const] : peers.map((peer) => classify(peer, namespace)),
        ),
      ),
    ],
    ports: isAll ? [] : [...new Set(ports.map(printPort))],
  };
}

const printPort = ({
  port,
  endPort,
  protocol,
}: {
  port?: number | string | undefined;
  endPort?: number | undefined;
  protocol: string;
}): string =>
  `${port ?? 'all'}${endPort === undefined ? '' : `-${endPort}`}${protocol === 'TCP' ? '' : `/${protocol}`}`;

function classify({ ipBlock, namespaceSelector }: PolicyPeer, namespace: string): Opener {
  if (ipBlock !== undefined) return 'addresses';
  const named = namespaceSelector?.matchLabels?.['kubernetes.io/metadata.name'];
  return namespaceSelector === undefined || named === namespace
    ? 'pods of its own namespace'
    : 'pods of other namespaces';
}
