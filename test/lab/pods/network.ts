// The network of the lab's pods: a bridge 10.66.0.1/16 in the namespace that the lab runs in, and for each pod a network
// namespace with one address on it (ip-netns(8), veth(4)). No way leads out of it.
import { execa } from 'execa';
import type { Life } from '../servers/life.ts';

/** The node's own address: the bridge's, where the API server listens too. */
export const nodeAddress = '10.66.0.1';

const bridge = 'lab0';

export interface PodNetwork {
  /** Makes a namespace with an address; a fixed one where `wanted` says so. */
  add(wanted?: string): Promise<Attached>;
  /** Removes a namespace with its interfaces and frees its address. */
  remove(attached: Attached): Promise<void>;
}

/** What a pod has of the network. */
export interface Attached {
  /** The name below /run/netns. */
  readonly name: string;
  readonly ip: string;
}

const ip = (args: readonly string[], lines: readonly string[]): Promise<unknown> =>
  execa('ip', [...args, '-batch', '-'], { input: `${lines.join('\n')}\n` });

// 10.66.0.10 and on: below are the node and the addresses that pods ask for by name.
function* listAddresses(): Generator<string, never> {
  for (let index = 10; ; index += 1) yield `10.66.${index >> 8}.${index & 255}`;
}

/**
 * Makes the bridge, and removes it when `life` ends. To be called before an API server is started on `nodeAddress`.
 * Addresses are not used again: what remembers an old pod shall not find a new one.
 */
export async function openPodNetwork(life: Life): Promise<PodNetwork> {
  await ip([], [`link add ${bridge} type bridge`, `addr add ${nodeAddress}/16 dev ${bridge}`, `link set ${bridge} up`]);
  life.onEnd(() => ip([], [`link del ${bridge}`]));
  const addresses = listAddresses();
  let count = 0;
  return {
    add: async (wanted) => {
      count += 1;
      const attached = { name: `lab-pod-${count}`, ip: wanted ?? addresses.next().value };
      await attach(attached, `lab${count}p`);
      return attached;
    },
    // Its interfaces go with the namespace once its last process has ended.
    remove: ({ name }) => ip([], [`netns del ${name}`]).then(() => undefined),
  };
}

async function attach({ name, ip: address }: Attached, link: string): Promise<void> {
  await ip(
    [],
    [
      `netns add ${name}`,
      `link add ${link} type veth peer name eth0 netns ${name}`,
      `link set ${link} master ${bridge} up`,
    ],
  );
  // IPv6 has loopback alone: an address of the link's own would be a way round the policies of IPv4.
  await ip(
    ['-n', name],
    [
      'link set lo up',
      'link set eth0 addrgenmode none',
      `addr add ${address}/16 dev eth0`,
      'link set eth0 up',
      `route add default via ${nodeAddress}`,
    ],
  );
}

/** Loads a ruleset into a pod's namespace, all of it or nothing (nft(8)). */
export const loadRuleset = async ({ name }: Attached, ruleset: string): Promise<void> => {
  await execa('ip', ['netns', 'exec', name, 'nft', '-f', '-'], { input: ruleset });
};
