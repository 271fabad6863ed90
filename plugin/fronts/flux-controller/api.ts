// The objects that the controller reads and writes. ExpandedSource is ours (deploy/flux/controller/crd.yaml); the rest is Flux's:
// https://github.com/fluxcd/flux2/tree/main/rfcs/0012-external-artifact

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly generation?: number;
    readonly resourceVersion?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** How an object is found. */
export interface Reference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

export const sourceKinds = ['GitRepository', 'OCIRepository', 'Bucket', 'ExternalArtifact'] as const;
export type SourceKind = (typeof sourceKinds)[number];

export const fluxApiVersion = 'source.toolkit.fluxcd.io/v1';
export const ownApiVersion = 'flux.rayshield.io/v1alpha1';
export const ownKind = 'ExpandedSource';
/** Who reconciles at once where this annotation changes: `flux reconcile` sets it. */
export const requestedAt = 'reconcile.fluxcd.io/requestedAt';

export interface Artifact {
  readonly digest: string;
  readonly lastUpdateTime: string;
  readonly path: string;
  readonly revision: string;
  readonly size?: number;
  readonly url: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
  readonly observedGeneration: number;
  readonly lastTransitionTime: string;
}

/** What has an artifact: a source of Flux, and what we make. */
export interface ArtifactHolder extends KubernetesObject {
  readonly spec?: { readonly sourceRef?: Partial<Reference> };
  readonly status?: { readonly artifact?: Artifact; readonly conditions?: readonly Condition[] };
}

export interface ExpandedSource extends KubernetesObject {
  readonly spec: {
    readonly sourceRef: { readonly kind: SourceKind; readonly name: string; readonly namespace?: string };
    readonly path?: string;
    readonly interval?: string;
    readonly suspend?: boolean;
    readonly settings?: Readonly<Record<string, unknown>>;
  };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly conditions?: readonly Condition[];
  };
}

/** `<namespace>/<name>`: by it the queue, the storage and the log know an ExpandedSource. */
export type Key = string;

export const keyOf = ({ metadata }: KubernetesObject): Key => `${metadata.namespace ?? ''}/${metadata.name}`;

export function splitKey(key: Key): { readonly namespace: string; readonly name: string } {
  const [namespace = '', name = ''] = key.split('/');
  return { namespace, name };
}

/** The source that an ExpandedSource names. */
export const sourceOf = ({ metadata, spec }: ExpandedSource): Reference => ({
  apiVersion: fluxApiVersion,
  kind: spec.sourceRef.kind,
  namespace: spec.sourceRef.namespace ?? metadata.namespace ?? '',
  name: spec.sourceRef.name,
});

export const externalArtifactOf = (key: Key): Reference => ({
  apiVersion: fluxApiVersion,
  kind: 'ExternalArtifact',
  ...splitKey(key),
});
