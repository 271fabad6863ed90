// The rules of a NetworkPolicy: which peers and which ports one rule opens.
// https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/#NetworkPolicySpec
import type { PolicyPeer, PolicyPort } from '../../plugin/ray/spec.ts';
import { matchesBlock } from './ip-block.ts';
import { matchesSelector } from './label-selector.ts';
import type { Connection, Endpoint, Labels, World } from './world.ts';

/** An ingress or an egress rule, `from` and `to` under one name. */
export interface Rule {
  readonly peers: readonly PolicyPeer[] | undefined;
  readonly ports: readonly PolicyPort[] | undefined;
}

/** Where a rule stands, for selectors that mean the policy's own namespace. */
export interface Place {
  readonly world: World;
  readonly namespace: string;
}

/** The labels of a namespace with the one that the API server sets on each. */
function namespaceLabels(world: World, name: string): Labels {
  const namespace = world.namespaces.find((one) => one.name === name);
  if (!namespace) throw new Error(`the world has no namespace ${name}`);
  return { ...namespace.labels, 'kubernetes.io/metadata.name': name };
}

/** Whether a peer of a rule means this endpoint. */
export function matchesPeer(peer: PolicyPeer, endpoint: Endpoint, { world, namespace }: Place): boolean {
  const { ipBlock, namespaceSelector, podSelector } = peer;
  if (ipBlock ? namespaceSelector || podSelector : !namespaceSelector && !podSelector) {
    throw new Error('the API server refuses a peer that is empty, or that has an ipBlock and a selector');
  }
  if (ipBlock) return matchesBlock(ipBlock, typeof endpoint === 'string' ? endpoint : endpoint.ip);
  if (typeof endpoint === 'string') return false;
  const isInNamespace = namespaceSelector
    ? matchesSelector(namespaceSelector, namespaceLabels(world, endpoint.namespace))
    : endpoint.namespace === namespace;
  return isInNamespace && matchesSelector(podSelector ?? {}, endpoint.labels);
}

function matchesPort({ port, endPort, protocol = 'TCP' }: PolicyPort, connection: Connection): boolean {
  if (endPort !== undefined && (typeof port !== 'number' || endPort < port)) {
    throw new Error('the API server refuses an endPort without a number as port, or below it');
  }
  if (protocol !== connection.protocol) return false;
  if (port === undefined) return true;
  if (typeof port === 'number') return connection.port >= port && connection.port <= (endPort ?? port);
  // A name is looked up on the target whatever the direction: an address has no names.
  const names = typeof connection.to === 'string' ? [] : connection.to.ports;
  return names.some(
    (one) => one.name === port && one.containerPort === connection.port && (one.protocol ?? 'TCP') === protocol,
  );
}

/** Whether a rule opens the connection to or from `peer`. Absent and empty lists restrict nothing. */
export function matchesRule(rule: Rule, peer: Endpoint, connection: Connection, place: Place): boolean {
  const { peers = [], ports = [] } = rule;
  return (
    (peers.length === 0 || peers.some((one) => matchesPeer(one, peer, place))) &&
    (ports.length === 0 || ports.some((one) => matchesPort(one, connection)))
  );
}
