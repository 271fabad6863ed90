// A RayCluster spec found in one of the four kinds, with what was asked of us. Only the fields that are read are typed;
// the schemas cover the rest. KubeRay's own types: ray-operator/apis/ray/v1 in https://github.com/ray-project/kuberay
import type { FieldPath } from '../findings/finding.ts';
import type { ObjectMeta, Resource } from '../manifests/manifest.ts';
import type { Neighbours } from '../manifests/neighbours.ts';

export type RayKind = 'RayCluster' | 'RayJob' | 'RayService' | 'RayCronJob';

export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: unknown;
}

interface ContainerPort {
  readonly name?: string;
  readonly containerPort: number;
}

export interface Container {
  readonly name: string;
  readonly image?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly EnvVar[];
  readonly ports?: readonly ContainerPort[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  readonly [field: string]: unknown;
}

export interface PodTemplate {
  readonly metadata?: ObjectMeta;
  readonly spec: {
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
    readonly volumes?: readonly { readonly name: string }[];
    readonly dnsPolicy?: string;
    readonly hostNetwork?: boolean;
    readonly [field: string]: unknown;
  };
}

/** The head group or one worker group. */
export interface PodGroup {
  readonly role: 'head' | 'worker';
  /** Empty for the head. */
  readonly name: string;
  /** From the root of the resource, as `spec.workerGroupSpecs.0`. */
  readonly path: FieldPath;
  readonly rayStartParams: Readonly<Record<string, string>>;
  readonly template: PodTemplate;
  /** Container 0 of the template: the one that KubeRay runs Ray in. */
  readonly rayContainer: Container;
  /** The group's own `labels` field (KubeRay 1.5 on), which win over the template's. */
  readonly labels: Readonly<Record<string, string>>;
}

interface AutoscalerOptions {
  readonly version?: string;
  readonly env?: readonly EnvVar[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  readonly [field: string]: unknown;
}

/** KubeRay's RayClusterSpec, as far as it is read. */
export interface RayClusterSpec {
  readonly rayVersion?: string;
  readonly enableInTreeAutoscaling?: boolean;
  readonly autoscalerOptions?: AutoscalerOptions;
  readonly authOptions?: { readonly mode?: string; readonly enableK8sTokenAuth?: boolean };
  readonly gcsFaultToleranceOptions?: { readonly redisAddress?: string; readonly backend?: string };
  readonly managedBy?: string;
  readonly upgradeStrategy?: { readonly type?: string };
  readonly headGroupSpec: {
    readonly headService?: { readonly metadata?: ObjectMeta };
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

export interface PolicyPeer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

export interface PolicyPort {
  readonly port?: number | string;
  readonly endPort?: number;
  readonly protocol?: string;
}

export interface IngressRule {
  readonly from?: readonly PolicyPeer[];
  readonly ports?: readonly PolicyPort[];
}

export interface EgressRule {
  readonly to?: readonly PolicyPeer[];
  readonly ports?: readonly PolicyPort[];
}

export interface Rules {
  readonly ingressRules?: readonly IngressRule[];
  readonly egressRules?: readonly EgressRule[];
}

export type IsolationMode = 'denyAll' | 'denyAllIngress' | 'denyAllEgress';

/** What `networkIsolation` (or `networkPolicy`) asks for. */
export interface IsolationRequest extends Rules {
  /** Where the field stands, from the root of the resource. */
  readonly path: FieldPath;
  /** In our own spelling, whatever the user's. */
  readonly mode: IsolationMode;
  readonly head?: Rules;
  readonly worker?: Rules;
  readonly workerGroups?: readonly (Rules & { readonly groupName: string })[];
}

/** What `tlsOptions` asks for; absent where it is off. */
export interface TLSRequest {
  readonly path: FieldPath;
  readonly certificateSecretName?: string;
  readonly workerCertificateSecretName?: string;
  readonly issuerRef?: { readonly name: string; readonly kind?: string; readonly group?: string };
  readonly duration?: string;
  readonly renewBefore?: string;
  readonly privateKey?: { readonly algorithm?: string; readonly size?: number };
  readonly extraDnsNames?: readonly string[];
  readonly generation?: number;
  readonly retiring?: boolean;
  readonly clients?: readonly { readonly name: string; readonly from?: readonly PolicyPeer[] }[];
}

/** One RayCluster spec that carries our fields, with everything that names and selectors are made of. */
export interface RaySpec {
  readonly owner: Resource;
  readonly kind: RayKind;
  readonly name: string;
  /** The manifest's namespace, else the caller's; empty where neither gives one. */
  readonly namespace: string;
  /** From the root of the resource to the RayClusterSpec, as `spec.rayClusterSpec`. */
  readonly path: FieldPath;
  readonly cluster: RayClusterSpec;
  readonly head: PodGroup;
  readonly workers: readonly PodGroup[];
  readonly isolation?: IsolationRequest;
  readonly tls?: TLSRequest;
  /** The fields of ours that the platform file has given it. */
  readonly given: readonly string[];
  /** Names of RayJobs of the same input and namespace whose `clusterSelector` names this RayCluster. */
  readonly visitors: readonly string[];
  /** Objects of the same input that may undo what is asked for, of whatever namespace. */
  readonly neighbours: Neighbours;
}
