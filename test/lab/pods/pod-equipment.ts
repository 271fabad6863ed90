// What the kubelet hands to each pod that it runs.
import { cpus, totalmem } from 'node:os';
import type { Api } from '../cluster/api.ts';
import { openDataSource, requestToken } from './cluster-data.ts';
import { type Command, expandCommand } from './command.ts';
import { readEnvironment } from './environment.ts';
import type { Attached, PodNetwork } from './network.ts';
import type { Container, Pod } from './pod.ts';
import { hostnameOf } from './sandbox.ts';
import type { Mount } from './start-script.ts';
import type { VolumeFacts } from './volumes.ts';

export interface PodEquipment {
  readonly api: Api;
  /** `https://host:port` */
  readonly apiServer: string;
  readonly network: PodNetwork;
  readonly nodeAddress: string;
  /** The address of the cluster's DNS server. */
  readonly dns: string;
  readonly clusterDomain: string;
  /** What stands first on PATH in every container. */
  readonly path: readonly string[];
  /** Folders that every container sees at their own place, though they may lie below /tmp. */
  readonly shown: readonly string[];
  /** Files of pods, gone with them. */
  readonly folder: string;
  /** Logs, which stay. */
  readonly logs: string;
  /** Programs the packet filters, this pod's too; nothing runs in a pod before. */
  readonly protect: () => Promise<void>;
}

/** What a container may use that asks for no limit, and the node's capacity. */
export const allocatable = {
  cpu: `${cpus().length}`,
  memory: `${totalmem()}`,
  'ephemeral-storage': '100Gi',
  pods: '110',
};

/** What the volumes and variables of a pod are read from. */
export const volumeFacts = (pod: Pod, { ip }: Attached, { api, nodeAddress }: PodEquipment): VolumeFacts => ({
  pod,
  place: { ip, hostIP: nodeAddress, allocatable },
  source: openDataSource(api, pod.metadata.namespace ?? 'default'),
  requestToken: (audience, seconds) => requestToken(api, pod, audience, seconds),
});

/** What a container of the pod runs, all expanded. */
export async function readCommand(container: Container, facts: VolumeFacts, equipment: PodEquipment): Promise<Command> {
  const { hostname: host, port } = new URL(equipment.apiServer);
  const variables = await readEnvironment({ ...facts, container, apiServer: { host, port: port || '443' } });
  const path = [...equipment.path, process.env['PATH'] ?? ''].join(':');
  // A locale, since Ray's command line wants one; a home of its own.
  const image = { PATH: path, HOME: '/tmp', LANG: 'C.UTF-8', HOSTNAME: hostnameOf(facts.pod) };
  return expandCommand(container, variables, image);
}

/** The folders of the equipment as mounts. */
export const shownMounts = ({ shown }: PodEquipment): Mount[] =>
  shown.map((folder) => ({ source: folder, target: folder, readOnly: true }));
