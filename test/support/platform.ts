// Runs under a platform file: applications of one file each, with what their authors and Argo CD add.
import { join } from 'node:path';
import { stringify } from 'yaml';
import { ioFor } from './case.ts';
import { type Ran, run } from './run.ts';
import { makeTree } from './workdir.ts';

const header = { apiVersion: 'rayshield.io/v1alpha1', kind: 'RayShield', metadata: { name: 'platform' } };

/** A settings document as text. */
export const settingsDocument = (keys: object): string => stringify({ ...header, ...keys });

/** What an application has beside its manifest. */
export interface Application {
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs `rayshield generate` for an application whose one manifest is `text`, under a platform file with `keys`. */
export function generateUnder(keys: object, text: string, { files = {}, env = {} }: Application = {}): Promise<Ran> {
  const inApplication = Object.entries(files).map(([name, content]) => [`app/${name}`, content]);
  const root = makeTree({
    'platform.yaml': settingsDocument(keys),
    'app/ray.yaml': text,
    ...Object.fromEntries(inApplication),
  });
  const platform = { RAYSHIELD_PLATFORM: join(root, 'platform.yaml') };
  return run(['generate'], ioFor(join(root, 'app'), { ...platform, ...env }), '0.0.0');
}

const container = { name: 'ray-head', image: 'rayproject/ray:2.52.0' };

/** A RayCluster spec with `fields`. */
export const clusterSpec = (fields: object = {}): object => ({
  ...fields,
  rayVersion: '2.52.0',
  headGroupSpec: { rayStartParams: {}, template: { spec: { containers: [container] } } },
});

/** A Ray object; `metadata` is laid over a name and namespace. */
export const rayObject = (kind: string, spec: object, metadata: object = {}): object => ({
  apiVersion: 'ray.io/v1',
  kind,
  metadata: { name: 'demo', namespace: 'ml', ...metadata },
  spec,
});

export const rayCluster = (fields: object = {}, metadata: object = {}): string =>
  stringify(rayObject('RayCluster', clusterSpec(fields), metadata));
