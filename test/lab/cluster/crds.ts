// CustomResourceDefinitions as their projects publish them, put into an API server and waited for.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { folderOfPart } from '../parts/binary.ts';
import { type Api, ApiError, type KubernetesObject } from './api.ts';
import { waitFor } from './wait.ts';

interface Definition extends KubernetesObject {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string; readonly plural: string };
    readonly versions: readonly { readonly name: string; readonly served: boolean }[];
  };
}

const kind = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' };

/** The definitions in a folder of YAML files. */
export const readDefinitions = (folder: string): Definition[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => parseAllDocuments(readFileSync(join(folder, name), 'utf8')).map((document) => document.toJS()))
    .filter((object): object is Definition => object?.kind === kind.kind);

/** Removes the definitions of a group with all their objects. */
async function removeDefinitions(api: Api, group: string): Promise<void> {
  const present = (await api.list(kind)).filter(({ metadata }) => metadata.name.endsWith(`.${group}`));
  await Promise.all(present.map(({ metadata }) => removeDefinition(api, metadata.name)));
}

async function removeDefinition(api: Api, name: string): Promise<void> {
  await api.remove({ ...kind, name });
  await waitFor(`${name} to be gone`, () =>
    api.read({ ...kind, name }).then(
      () => undefined,
      (failure) => (failure instanceof ApiError && failure.status === 404 ? true : undefined),
    ),
  );
}

const isEstablished = ({ status }: KubernetesObject): boolean =>
  ((status as { conditions?: { type: string; status: string }[] } | undefined)?.conditions ?? []).some(
    (condition) => condition.type === 'Established' && condition.status === 'True',
  );

/** Installs definitions and waits until the API server serves each of their versions. */
export async function installDefinitions(api: Api, definitions: readonly Definition[]): Promise<void> {
  await Promise.all(definitions.map((definition) => installDefinition(api, definition)));
}

async function installDefinition(api: Api, definition: Definition): Promise<void> {
  const { metadata, spec } = definition;
  await api.apply(definition, { force: true });
  await waitFor(
    `${metadata.name} to be established`,
    async () => isEstablished(await api.read({ ...kind, name: metadata.name })) || undefined,
  );
  for (const version of spec.versions.filter(({ served }) => served)) {
    await waitFor(`${metadata.name} ${version.name} to be served`, () =>
      api.request('GET', `/apis/${spec.group}/${version.name}/${spec.names.plural}`),
    );
  }
}

/** The folder of the Ray definitions of a KubeRay version. */
export const folderOfRayDefinitions = (version: string): string => join(folderOfPart('kuberay-crds'), 'crds', version);

/** Puts the Ray definitions of a KubeRay version in the place of those that are there; removes all Ray objects. */
export async function installKubeRayCrds(api: Api, version: string): Promise<void> {
  await removeDefinitions(api, 'ray.io');
  await installDefinitions(api, readDefinitions(folderOfRayDefinitions(version)));
}
