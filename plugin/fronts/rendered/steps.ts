// The steps in which a split folder is applied: who may talk, then what pods lean on, then certificates, then Ray. Flux itself gives no
// order within one Kustomization: https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies
import type { KubernetesObject } from '../../manifests/manifest.ts';
import type { ObjectFile } from './documents.ts';
import { identify } from './documents.ts';

/** In their order. */
export const steps = ['policies', 'other', 'pki', 'ray'] as const;
export type Step = (typeof steps)[number];

export interface FilledStep {
  readonly step: Step;
  readonly files: readonly ObjectFile[];
}

/** The steps that have files, each with its own in the order of the input. */
export const fillSteps = (files: readonly ObjectFile[]): readonly FilledStep[] =>
  steps
    .map((step) => ({ step, files: files.filter(({ objects }) => stepOf(objects) === step) }))
    .filter((filled) => filled.files.length > 0);

/** A List of others stays whole: with Ray objects in it, it waits for everything. */
function stepOf(objects: readonly KubernetesObject[]): Step {
  const [first, ...more] = objects.map(stepOfObject);
  if (more.length === 0) return first ?? 'other';
  return [first, ...more].includes('ray') ? 'ray' : 'other';
}

function stepOfObject(body: KubernetesObject): Step {
  const { group, kind } = identify(body);
  if (group === 'ray.io') return 'ray';
  if (group === 'cert-manager.io' || isNodeService(body)) return 'pki';
  // A policy needs its namespace, and that of another vendor its definition; Flux applies these two first and waits for them.
  const isBeneath = (group === '' && kind === 'Namespace') || kind === 'CustomResourceDefinition';
  return isBeneath || kind.endsWith('NetworkPolicy') ? 'policies' : 'other';
}

/** A Service of ours, by which nodes get the names that certificates have. */
const isNodeService = ({ kind, metadata: { labels } }: KubernetesObject): boolean =>
  kind === 'Service' && isMade(labels) && labels?.['app.kubernetes.io/component'] === 'tls';

/** Whether an object is one that rayshield has made. */
export const isMade = (labels: KubernetesObject['metadata']['labels']): boolean =>
  labels?.['app.kubernetes.io/managed-by'] === 'rayshield';
