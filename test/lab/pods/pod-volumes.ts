// The volumes of one pod as folders of the host, and where its containers see them.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { readQuantity } from '../cases/quantity.ts';
import type { Container, Pod, Volume } from './pod.ts';
import type { Mount } from './start-script.ts';
import { writeVolume } from './volume-folder.ts';
import { readVolume, type VolumeFacts } from './volumes.ts';

export interface PodVolumes {
  /** The folder of each volume by its name. */
  readonly folders: ReadonlyMap<string, string>;
  /** Brings Secrets and ConfigMaps that have changed into the folders; a kubelet does so once a minute. */
  refresh(): Promise<void>;
  /** Gives memory back. To be called when no container runs any more. */
  release(): Promise<void>;
}

const isMutable = ({ secret, configMap }: Volume): boolean => secret !== undefined || configMap !== undefined;

/** Mounts a file system in memory (tmpfs(5)). */
export async function mountMemory(folder: string, limit: string | undefined): Promise<void> {
  const size = limit === undefined ? [] : ['-o', `size=${readQuantity(limit) ?? 0}`];
  await execa('mount', ['-t', 'tmpfs', ...size, 'tmpfs', folder]);
}

/**
 * Fills a folder for each volume of the pod below `root`.
 * @throws NotYet where a Secret or a ConfigMap is missing; to be called again then.
 */
export async function prepareVolumes(pod: Pod, root: string, facts: VolumeFacts): Promise<PodVolumes> {
  const volumes = pod.spec.volumes ?? [];
  const folders = new Map(volumes.map(({ name }) => [name, join(root, name)]));
  const fill = async (volume: Volume): Promise<void> => {
    const files = await readVolume(volume, facts);
    if (files) writeVolume(join(root, volume.name), files);
  };
  for (const volume of volumes.filter(({ emptyDir }) => !emptyDir)) await fill(volume);
  const mounted: string[] = [];
  for (const { name, emptyDir } of volumes) {
    if (!emptyDir) continue;
    mkdirSync(join(root, name), { recursive: true });
    if (emptyDir.medium !== 'Memory') continue;
    await mountMemory(join(root, name), emptyDir.sizeLimit);
    mounted.push(join(root, name));
  }
  return {
    folders,
    refresh: async () => {
      for (const volume of volumes.filter(isMutable)) await fill(volume);
    },
    release: async () => {
      for (const folder of mounted.splice(0)) await execa('umount', [folder]);
    },
  };
}

/** What a container sees of the pod's volumes. */
export const mountsOf = ({ volumeMounts = [] }: Container, { folders }: PodVolumes): Mount[] =>
  volumeMounts.map(({ name, mountPath, subPath, readOnly = false }) => {
    const folder = folders.get(name);
    if (folder === undefined) throw new Error(`the pod has no volume ${name}`);
    return { source: subPath === undefined ? folder : join(folder, subPath), target: mountPath, readOnly };
  });
