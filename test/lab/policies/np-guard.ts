// np-guard's netpol-analyzer as a second opinion on a world of pods and policies: https://github.com/np-guard/netpol-analyzer
// It knows no IPv6 and takes no pod for an address, so it is given the policies without IPv6 ranges; and it shows pods of one
// owner as one peer, so pods are given to it without their owners.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { PolicyPeer } from '../../../plugin/ray/spec.ts';
import type { Connection, Endpoint, NetworkPolicy, Pod, World } from '../../support/world.ts';
import { type Openings, readOpenings } from './connections.ts';

/** Answers as `isAllowed` of the evaluator does. */
export type SecondOpinion = (connection: Connection) => boolean;

interface Printed {
  readonly src: string;
  readonly dst: string;
  readonly conn: string;
}

const isSix = ({ ipBlock }: PolicyPeer): boolean => ipBlock?.cidr.includes(':') === true;

/** A rule whose peers are all IPv6 goes whole: without peers it would open the port to everyone. */
function withoutSix<Rule extends object>(rules: readonly Rule[] | undefined, side: keyof Rule): Rule[] {
  return (rules ?? []).flatMap((rule) => {
    const peers = (rule[side] ?? []) as readonly PolicyPeer[];
    const kept = peers.filter((peer) => !isSix(peer));
    if (peers.length > 0 && kept.length === 0) return [];
    return [peers.length === kept.length ? rule : { ...rule, [side]: kept }];
  });
}

const printPolicy = ({ metadata, spec }: NetworkPolicy): object => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata,
  spec: {
    ...spec,
    ...(spec.ingress && { ingress: withoutSix(spec.ingress, 'from') }),
    ...(spec.egress && { egress: withoutSix(spec.egress, 'to') }),
  },
});

const printPod = ({ name, namespace, labels, ip, ports }: Pod): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, labels },
  spec: { containers: [{ name: 'all', image: 'none', ports }] },
  // It leaves out pods that run nowhere.
  status: { hostIP: '192.0.2.1', podIPs: [{ ip }] },
});

const printNamespace = ({ name, labels }: World['namespaces'][number]): object => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: { ...labels, 'kubernetes.io/metadata.name': name } },
});

/** What np-guard reads: one List of Kubernetes objects. */
export const printWorld = ({ policies, pods, namespaces }: World): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'List',
    items: [...namespaces.map(printNamespace), ...pods.map(printPod), ...policies.map(printPolicy)],
  });

const toNumber = (address: string): number => address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);

/** Whether what np-guard calls a peer is this endpoint: `namespace/name[Pod]`, or ranges `first-last` of addresses. */
export function isPeer(printed: string, endpoint: Endpoint): boolean {
  if (typeof endpoint !== 'string') return printed === `${endpoint.namespace}/${endpoint.name}[Pod]`;
  if (printed.endsWith(']')) return false;
  return printed.split(', ').some((range) => {
    const [first = '', last = ''] = range.split('-');
    return toNumber(first) <= toNumber(endpoint) && toNumber(endpoint) <= toNumber(last);
  });
}

/** Reads what np-guard printed; pairs that it does not print are closed. */
export function readConnections(json: string): SecondOpinion {
  const pairs = (JSON.parse(json) as Printed[]).map(({ src, dst, conn }) => ({ src, dst, opens: readOpenings(conn) }));
  const found = new Map<string, Openings>();
  const find = ({ from, to }: Connection): Openings =>
    pairs.find(({ src, dst }) => isPeer(src, from) && isPeer(dst, to))?.opens ?? (() => false);
  const nameOf = (one: Endpoint): string => (typeof one === 'string' ? one : `${one.namespace}/${one.name}`);
  return (connection) => {
    const key = `${nameOf(connection.from)} ${nameOf(connection.to)}`;
    const opens = found.get(key) ?? find(connection);
    found.set(key, opens);
    return opens(connection.port, connection.protocol);
  };
}

/** Asks np-guard about a world. */
export async function askNpGuard(executable: string, world: World): Promise<SecondOpinion> {
  const folder = mkdtempSync(join(tmpdir(), 'np-guard-'));
  try {
    writeFileSync(join(folder, 'world.json'), printWorld(world));
    const { stdout, stderr } = await execa(executable, ['list', '--dirpath', folder, '--output', 'json', '--quiet']);
    // It goes on without what it cannot read, and succeeds.
    if (stderr !== '') throw new Error(`np-guard has not read all: ${stderr}`);
    return readConnections(stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
