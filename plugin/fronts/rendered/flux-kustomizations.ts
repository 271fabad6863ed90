// The Flux Kustomizations of a split folder: each waits for the one before, at the same revision of the source.
// https://fluxcd.io/flux/components/kustomize/kustomizations/
import type { KubernetesObject } from '../../manifests/manifest.ts';
import { printYAML } from '../../manifests/print-yaml.ts';
import { identify } from './documents.ts';
import { type FilledStep, isMade, type Step } from './steps.ts';

export const fluxSources = ['OCIRepository', 'GitRepository', 'Bucket', 'ExternalArtifact'] as const;

export interface FluxNames {
  /** What the names of the Kustomizations begin with. */
  readonly name: string;
  readonly namespace: string;
  readonly source: { readonly kind: (typeof fluxSources)[number]; readonly name: string };
  /** Of the rendered folder in the source, without a closing slash: `.` or `./rendered`. */
  readonly path: string;
}

/** A stream of one Kustomization for each step. */
export const printFluxKustomizations = (steps: readonly FilledStep[], names: FluxNames): string =>
  steps.map((step, index) => printYAML(makeKustomization(step, steps[index - 1]?.step, names))).join('---\n');

function makeKustomization({ step, files }: FilledStep, before: Step | undefined, names: FluxNames): object {
  const { name, namespace, source, path } = names;
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: `${name}-${step}`, namespace },
    spec: {
      ...(before === undefined ? {} : { dependsOn: [{ name: `${name}-${before}` }] }),
      interval: '10m',
      retryInterval: '1m',
      timeout: '5m',
      path: `${path}/${step}`,
      prune: true,
      sourceRef: { kind: source.kind, name: source.name },
      ...healthOf(
        step,
        files.flatMap(({ objects }) => objects),
      ),
    },
  };
}

/** What a step waits for before the next begins, or the last one calls itself ready. */
function healthOf(step: Step, objects: readonly KubernetesObject[]): object {
  if (step === 'policies') return { wait: true };
  // Other objects may themselves wait for Ray, as a client of it does: they are applied, and nobody waits for them.
  if (step === 'other') return {};
  const waited = objects.filter(step === 'pki' ? isOurCertificate : isLasting).filter(hasNamespace);
  const healthChecks = waited.map(({ apiVersion, kind, metadata: { name, namespace } }) => ({
    apiVersion,
    kind,
    name,
    namespace,
  }));
  if (healthChecks.length === 0) return {};
  return { healthChecks, ...(step === 'ray' ? { healthCheckExprs: expressionsFor(waited) } : {}) };
}

/** One of somebody else may wait for what is no concern of Ray's. */
const isOurCertificate = ({ kind, metadata: { labels } }: KubernetesObject): boolean =>
  kind === 'Certificate' && isMade(labels);

// A RayJob is done when its work is, which may take days.
const conditions: Readonly<Record<string, string>> = { RayCluster: 'RayClusterProvisioned', RayService: 'Ready' };

const isLasting = (body: KubernetesObject): boolean =>
  identify(body).group === 'ray.io' && conditions[body.kind] !== undefined;

const hasNamespace = (body: KubernetesObject): boolean => identify(body).namespace !== '';

/** Without them Flux would take an object that has no status yet for a healthy one. */
function expressionsFor(objects: readonly KubernetesObject[]): readonly object[] {
  const kinds = new Map(objects.map(({ apiVersion, kind }) => [`${apiVersion} ${kind}`, { apiVersion, kind }]));
  return [...kinds.values()].map(({ apiVersion, kind }) => {
    const provisioned = `status.conditions.exists(c, c.type == "${conditions[kind]}" && c.status == "True")`;
    const suspended = kind === 'RayCluster' ? 'has(spec.suspend) && spec.suspend || ' : '';
    return { apiVersion, kind, current: `${suspended}has(status.conditions) && ${provisioned}` };
  });
}
