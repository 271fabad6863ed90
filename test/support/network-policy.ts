// Whether NetworkPolicies let a connection through: https://kubernetes.io/docs/concepts/services-networking/network-policies/
// Out of scope: pods with hostNetwork (policies treat them as their node), and traffic from a pod's own node, which is
// always let in. What the API server would refuse is an exception here, never an answer.
import { isSameAddress } from './ip-block.ts';
import { matchesSelector } from './label-selector.ts';
import { matchesRule, type Rule } from './policy-rules.ts';
import type { Connection, Direction, Endpoint, NetworkPolicy, Pod, World } from './world.ts';

// Where `kubectl apply` puts an object that names no namespace.
const namespaceOf = (policy: NetworkPolicy): string => policy.metadata.namespace ?? 'default';

/** Whether a policy holds a pod. */
export const selectsPod = (policy: NetworkPolicy, pod: Pod): boolean =>
  namespaceOf(policy) === pod.namespace && matchesSelector(policy.spec.podSelector ?? {}, pod.labels);

/** The API server's defaulting: Ingress always, Egress where there is an egress rule (an empty list is none). */
export function hasDirection({ spec }: NetworkPolicy, direction: Direction): boolean {
  if (spec.policyTypes && spec.policyTypes.length > 0) return spec.policyTypes.includes(direction);
  return direction === 'Ingress' || (spec.egress ?? []).length > 0;
}

/** The rules of a policy in one direction. */
export const rulesOf = ({ spec }: NetworkPolicy, direction: Direction): readonly Rule[] =>
  direction === 'Ingress'
    ? (spec.ingress ?? []).map(({ from, ports }) => ({ peers: from, ports }))
    : (spec.egress ?? []).map(({ to, ports }) => ({ peers: to, ports }));

function isOpen(world: World, connection: Connection, direction: Direction): boolean {
  const [subject, peer] = direction === 'Ingress' ? [connection.to, connection.from] : [connection.from, connection.to];
  if (typeof subject === 'string') return true;
  const isolating = world.policies.filter((one) => selectsPod(one, subject) && hasDirection(one, direction));
  const opens = (policy: NetworkPolicy): boolean =>
    rulesOf(policy, direction).some((rule) =>
      matchesRule(rule, peer, connection, { world, namespace: namespaceOf(policy) }),
    );
  return isolating.length === 0 || isolating.some(opens);
}

function isItself(from: Endpoint, to: Endpoint): boolean {
  if (typeof from === 'string' || typeof to === 'string') return false;
  return from.namespace === to.namespace && from.name === to.name;
}

/** Whether the policies of the world let a connection through: out of its source and into its target. */
export function isAllowed(world: World, connection: Connection): boolean {
  const findEndpoint = (endpoint: Endpoint): Endpoint =>
    typeof endpoint === 'string' ? (world.pods.find((pod) => isSameAddress(pod.ip, endpoint)) ?? endpoint) : endpoint;
  const found = { ...connection, from: findEndpoint(connection.from), to: findEndpoint(connection.to) };
  return isItself(found.from, found.to) || (isOpen(world, found, 'Egress') && isOpen(world, found, 'Ingress'));
}
