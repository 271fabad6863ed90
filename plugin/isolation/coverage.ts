// Whether a rule opens no more than other rules do. Rules add up, so each peer and port of it may be held by another one.
// https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
import type { LabelSelector, PolicyPeer, PolicyPort } from '../ray/spec.ts';
import { isStrictlyWithin } from './ip-range.ts';
import { isWithinSelector } from './selector.ts';

/** An ingress or an egress rule, `from` and `to` under one name; empty lists mean everyone and all ports. */
export interface Rule {
  readonly peers: readonly PolicyPeer[];
  readonly ports: readonly PolicyPort[];
}

/** One peer on one port: undefined means everyone, or all ports. */
interface Opening {
  readonly peer: PolicyPeer | undefined;
  readonly port: PolicyPort | undefined;
}

const openingsOf = ({ peers, ports }: Rule): Opening[] =>
  (peers.length === 0 ? [undefined] : peers).flatMap((peer) =>
    (ports.length === 0 ? [undefined] : ports).map((port) => ({ peer, port })),
  );

/** The part of `rule` that no single opening of `others` holds; undefined where they hold all. */
export function findSurplus(rule: Rule, others: readonly Rule[], namespace: string): Rule | undefined {
  const allowed = others.flatMap(openingsOf);
  const surplus = openingsOf(rule).filter(
    ({ peer, port }) => !allowed.some((one) => isPortWithin(port, one.port) && isPeerWithin(peer, one.peer, namespace)),
  );
  if (surplus.length === 0) return undefined;
  return { peers: collect(surplus, ({ peer }) => peer), ports: collect(surplus, ({ port }) => port) };
}

/** What openings have between them; where one means everything, all do. */
function collect<T>(openings: readonly Opening[], part: (opening: Opening) => T | undefined): readonly T[] {
  const parts = [...new Set(openings.map(part))].filter((one) => one !== undefined);
  return openings.some((opening) => part(opening) === undefined) ? [] : parts;
}

function isPortWithin(inner: PolicyPort | undefined, outer: PolicyPort | undefined): boolean {
  if (outer === undefined) return true;
  if (inner === undefined || (inner.protocol ?? 'TCP') !== (outer.protocol ?? 'TCP')) return false;
  if (outer.port === undefined) return true;
  if (typeof inner.port !== 'number' || typeof outer.port !== 'number') return inner.port === outer.port;
  return outer.port <= inner.port && (inner.endPort ?? inner.port) <= (outer.endPort ?? outer.port);
}

function isPeerWithin(inner: PolicyPeer | undefined, outer: PolicyPeer | undefined, namespace: string): boolean {
  if (outer === undefined) return true;
  if (inner === undefined) return false;
  if (inner.ipBlock || outer.ipBlock) return isBlockWithin(inner.ipBlock, outer.ipBlock);
  const [part, whole] = [namespacesOf(inner, namespace), namespacesOf(outer, namespace)];
  return isWithinSelector(part, whole) && isWithinSelector(inner.podSelector ?? {}, outer.podSelector ?? {});
}

type Block = PolicyPeer['ipBlock'];

// An exception of the inner only makes it smaller; one of the outer could lie anywhere.
const isBlockWithin = (inner: Block, outer: Block): boolean =>
  inner !== undefined &&
  outer !== undefined &&
  (outer.except ?? []).length === 0 &&
  (inner.cidr === outer.cidr || isStrictlyWithin(inner.cidr, outer.cidr));

/** A peer that names no namespace means the policy's own, which the API server labels with its name. */
const namespacesOf = ({ namespaceSelector }: PolicyPeer, namespace: string): LabelSelector =>
  namespaceSelector ?? { matchLabels: { 'kubernetes.io/metadata.name': namespace } };
