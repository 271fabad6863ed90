// Volumes as folders: what each file of a volume holds, and how it gets there.
// https://kubernetes.io/docs/concepts/storage/volumes/ and .../projected-volumes/
import { type PodPlace, readField, readResource } from './downward.ts';
import type { DataSource } from './environment.ts';
import { type DownwardItem, NotYet, type Pod, type ProjectedSource, type Volume } from './pod.ts';

export interface VolumeFacts {
  readonly pod: Pod;
  readonly place: PodPlace;
  readonly source: DataSource;
  /** Asks the API server for a token of the pod's service account (TokenRequest). */
  readonly requestToken: (audience: string | undefined, seconds: number) => Promise<string>;
}

/** Contents by path below the volume. */
export type Files = ReadonlyMap<string, Buffer>;

interface Asked {
  readonly name: string;
  readonly items?: readonly { readonly key: string; readonly path: string }[];
  readonly optional?: boolean;
}

type Find = (name: string) => Promise<Readonly<Record<string, Buffer>> | undefined>;

async function readData(find: Find, kind: string, { name, items, optional = false }: Asked): Promise<Files> {
  const data = await find(name);
  if (!data) {
    if (optional) return new Map();
    throw new NotYet('ContainerCreating', `MountVolume.SetUp failed: ${kind} "${name}" not found`);
  }
  if (!items) return new Map(Object.entries(data));
  const files = new Map<string, Buffer>();
  for (const { key, path } of items) {
    const content = data[key];
    if (content) files.set(path, content);
    else if (!optional) {
      throw new NotYet('ContainerCreating', `MountVolume.SetUp failed: references non-existent ${kind} key: ${key}`);
    }
  }
  return files;
}

function readDownward(items: readonly DownwardItem[] = [], { pod, place }: VolumeFacts): Files {
  const read = ({ fieldRef, resourceFieldRef }: DownwardItem): string => {
    if (fieldRef) return readField(pod, place, fieldRef.fieldPath);
    const container = pod.spec.containers.find(({ name }) => name === resourceFieldRef?.containerName);
    return container && resourceFieldRef ? readResource(container, place, resourceFieldRef) : '';
  };
  return new Map(items.map((item) => [item.path, Buffer.from(read(item))]));
}

async function readProjected(projected: ProjectedSource, facts: VolumeFacts): Promise<Files> {
  const { secret, configMap, downwardAPI, serviceAccountToken: token } = projected;
  if (secret) return readData(facts.source.readSecret, 'secret', secret);
  if (configMap) return readData(facts.source.readConfigMap, 'configmap', configMap);
  if (downwardAPI) return readDownward(downwardAPI.items, facts);
  if (!token) return new Map();
  const text = await facts.requestToken(token.audience, token.expirationSeconds ?? 3600);
  return new Map([[token.path, Buffer.from(text)]]);
}

/**
 * The files of a volume; undefined for an emptyDir, which has none of its own.
 * @throws NotYet where a Secret or a ConfigMap is missing; an error for kinds of volume that the lab has not.
 */
export async function readVolume(volume: Volume, facts: VolumeFacts): Promise<Files | undefined> {
  const { secret, configMap, emptyDir, downwardAPI, projected } = volume;
  if (emptyDir) return undefined;
  if (secret) return readData(facts.source.readSecret, 'secret', { ...secret, name: secret.secretName });
  if (configMap) return readData(facts.source.readConfigMap, 'configmap', configMap);
  if (downwardAPI) return readDownward(downwardAPI.items, facts);
  if (!projected) throw new Error(`the lab has no volume of the kind of ${volume.name}`);
  const files = new Map<string, Buffer>();
  for (const source of projected.sources ?? []) {
    for (const [path, content] of await readProjected(source, facts)) files.set(path, content);
  }
  return files;
}
