// The ipBlock of a NetworkPolicy peer: https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-ipblock-selectors
import { BlockList, isIP } from 'node:net';
import type { PolicyPeer } from '../../plugin/ray/spec.ts';

type IPBlock = NonNullable<PolicyPeer['ipBlock']>;

function isInRange(address: string, cidr: string): boolean {
  const [network = '', prefix = ''] = cidr.split('/');
  if (isIP(network) === 0 || !/^\d+$/.test(prefix)) throw new Error(`the API server refuses the CIDR ${cidr}`);
  // Kubernetes keeps the families apart; node's BlockList finds every IPv4 address in ::/0.
  if (isIP(network) !== isIP(address)) return false;
  const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
  const range = new BlockList();
  range.addSubnet(network, Number(prefix), family);
  return range.check(address, family);
}

/** Whether an address lies in the block and in none of its exceptions. */
export const matchesBlock = (block: IPBlock, address: string): boolean =>
  isInRange(address, block.cidr) && !(block.except ?? []).some((cidr) => isInRange(address, cidr));

/** Whether two addresses are the same, however an IPv6 one is written. */
export const isSameAddress = (one: string, other: string): boolean =>
  isInRange(one, `${other}/${isIP(other) === 6 ? 128 : 32}`);
