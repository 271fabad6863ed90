// Metadata of generated objects: labels, namespace, and what an object takes over from its owner so that it is applied with
// it and lives as long (design.md 6). Argo CD: https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/ and sync-waves/;
// Helm: https://helm.sh/docs/topics/charts_hooks/; Flux: https://fluxcd.io/flux/components/kustomize/kustomizations/#prune
import type { ObjectMeta } from '../manifests/manifest.ts';
import { generatedLabels } from './labels.ts';
import type { RaySpec } from './spec.ts';

const syncOptions = 'argocd.argoproj.io/sync-options';

const inherited = [
  'argocd.argoproj.io/hook',
  'argocd.argoproj.io/hook-delete-policy',
  'argocd.argoproj.io/sync-wave',
  'helm.sh/hook',
  'helm.sh/hook-delete-policy',
  'helm.sh/hook-weight',
  'helm.sh/resource-policy',
  'kustomize.toolkit.fluxcd.io/prune',
];

// Only what keeps an object alive: other options (Replace, Force, ServerSideApply) were asked for the owner alone.
const isRetention = (option: string): boolean => /^(Prune|Delete)=(false|confirm)$/.test(option);

/**
 * Metadata for an object generated for `spec`. `options` are Argo CD sync options of the object itself, merged with the
 * owner's retention. A namespace is given where the owner has one.
 */
export function buildMetadata(
  spec: RaySpec,
  name: string,
  component: 'network-isolation' | 'tls',
  options: readonly string[] = [],
): ObjectMeta {
  const owned = spec.owner.body.metadata.annotations ?? {};
  const kept = (owned[syncOptions] ?? '').split(',').map((option) => option.trim());
  const merged = [...new Set([...kept.filter(isRetention), ...options])].sort();
  const annotations = Object.fromEntries(
    [
      ...inherited.flatMap((key): [string, string][] => (owned[key] === undefined ? [] : [[key, owned[key]]])),
      ...(merged.length > 0 ? [[syncOptions, merged.join(',')] as [string, string]] : []),
    ].sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  return {
    name,
    ...(spec.namespace ? { namespace: spec.namespace } : {}),
    labels: generatedLabels(spec, component),
    ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
  };
}
