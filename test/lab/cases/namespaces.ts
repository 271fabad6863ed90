// The namespaces of objects that are about to be applied.
import type { Api, KubernetesObject } from '../cluster/api.ts';
import { makeNamespace } from '../servers/control-plane.ts';
import { inParallel } from './in-parallel.ts';

/** Where objects go that name no namespace, as with `kubectl -n`; the flags of samples name the same. */
export const usualNamespace = 'ml';

// They belong to no namespace, and fixtures share their names.
const clusterKinds = ['Namespace', 'ClusterIssuer'];

export const hasNamespace = ({ kind }: KubernetesObject): boolean => !clusterKinds.includes(kind);

/** The object in a namespace of its case alone. */
export const move = (object: KubernetesObject, prefix: string): KubernetesObject => ({
  ...object,
  metadata: { ...object.metadata, namespace: `${prefix}-${object.metadata.namespace ?? usualNamespace}` },
});

/** Gives a function that makes the namespaces of objects, each once. */
export function makeNamespaceMaker(api: Api): (objects: readonly KubernetesObject[]) => Promise<void> {
  const made = new Set<string>();
  return async (objects) => {
    const named = new Set(objects.map(({ metadata }) => metadata.namespace ?? usualNamespace));
    const missing = [...named].filter((name) => !made.has(name));
    for (const name of missing) made.add(name);
    await inParallel(missing, (name) => makeNamespace(api, name));
  };
}
