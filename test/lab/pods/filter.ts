// From NetworkPolicies to what one pod's packet filter lets through: addresses and ports, no selectors any more. Who is meant is
// asked of the project's own evaluator (../../support), so that a test can hold the filter against its answers.
// https://kubernetes.io/docs/concepts/services-networking/network-policies/
import type { PolicyPeer, PolicyPort } from '../../../plugin/ray/spec.ts';
import { hasDirection, rulesOf, selectsPod } from '../../support/network-policy.ts';
import { matchesPeer, type Rule } from '../../support/policy-rules.ts';
import type { Direction, Pod, Protocol, World } from '../../support/world.ts';

/** The other side: these addresses, a range with exceptions, or anybody. */
export type Remote =
  | { readonly addresses: readonly string[] }
  | { readonly cidr: string; readonly except: readonly string[] }
  | 'anybody';

/** The target's ports; all of them where `from` and `to` are absent. */
export interface Ports {
  readonly protocol: Protocol;
  readonly from?: number;
  readonly to?: number;
}

export interface Opening {
  readonly remote: Remote;
  /** All protocols where absent. */
  readonly ports?: Ports;
}

/** What a direction lets through; `open` where no policy closes it. */
export type Openings = 'open' | readonly Opening[];

export interface Filter {
  readonly ingress: Openings;
  readonly egress: Openings;
}

interface Place {
  readonly world: World;
  readonly namespace: string;
}

interface Subject extends Place {
  readonly pod: Pod;
  readonly direction: Direction;
}

const podsOf = (peer: PolicyPeer, place: Place): readonly Pod[] =>
  place.world.pods.filter((pod) => matchesPeer(peer, pod, place));

function remotesOf(peers: Rule['peers'] = [], place: Place): Remote[] {
  if (peers.length === 0) return ['anybody'];
  return peers.map((peer) =>
    peer.ipBlock
      ? { cidr: peer.ipBlock.cidr, except: peer.ipBlock.except ?? [] }
      : { addresses: podsOf(peer, place).map(({ ip }) => ip) },
  );
}

const portsNamed = (pod: Pod, name: string, protocol: Protocol): Ports[] =>
  pod.ports
    .filter((port) => port.name === name && (port.protocol ?? 'TCP') === protocol)
    .map(({ containerPort }) => ({ protocol, from: containerPort, to: containerPort }));

/** A name is looked up on the target: this pod for what comes in, each pod that the peers mean for what goes out. */
function openName(name: string, protocol: Protocol, { peers = [] }: Rule, subject: Subject): Opening[] {
  if (subject.direction === 'Ingress') {
    const ports = portsNamed(subject.pod, name, protocol);
    return remotesOf(peers, subject).flatMap((remote) => ports.map((one) => ({ remote, ports: one })));
  }
  const targets = peers.length === 0 ? subject.world.pods : peers.flatMap((peer) => podsOf(peer, subject));
  return targets.flatMap((pod) =>
    portsNamed(pod, name, protocol).map((ports) => ({ remote: { addresses: [pod.ip] }, ports })),
  );
}

function openPort({ port, endPort, protocol: text = 'TCP' }: PolicyPort, rule: Rule, subject: Subject): Opening[] {
  const protocol = text as Protocol;
  if (typeof port === 'string') return openName(port, protocol, rule, subject);
  const ports = port === undefined ? { protocol } : { protocol, from: port, to: endPort ?? port };
  return remotesOf(rule.peers, subject).map((remote) => ({ remote, ports }));
}

function openRule(rule: Rule, subject: Subject): Opening[] {
  const { ports = [] } = rule;
  if (ports.length === 0) return remotesOf(rule.peers, subject).map((remote) => ({ remote }));
  return ports.flatMap((port) => openPort(port, rule, subject));
}

const isSomebody = ({ remote }: Opening): boolean =>
  remote === 'anybody' || 'cidr' in remote || remote.addresses.length > 0;

function openDirection(pod: Pod, world: World, direction: Direction): Openings {
  const policies = world.policies.filter((policy) => selectsPod(policy, pod) && hasDirection(policy, direction));
  if (policies.length === 0) return 'open';
  return policies.flatMap((policy) => {
    const subject = { pod, world, direction, namespace: policy.metadata.namespace ?? 'default' };
    return rulesOf(policy, direction).flatMap((rule) => openRule(rule, subject).filter(isSomebody));
  });
}

/** What the policies of the world leave open to one of its pods, beside what is always open: itself, and its node coming in. */
export const buildFilter = (pod: Pod, world: World): Filter => ({
  ingress: openDirection(pod, world, 'Ingress'),
  egress: openDirection(pod, world, 'Egress'),
});
