// What the NetworkPolicy evaluator looks at: pods, namespaces and policies, in Kubernetes' own words.
import type { ObjectMeta } from '../../plugin/manifests/manifest.ts';
import type { EgressRule, IngressRule, LabelSelector } from '../../plugin/ray/spec.ts';

export type Labels = Readonly<Record<string, string>>;

export type Protocol = 'TCP' | 'UDP' | 'SCTP';

export type Direction = 'Ingress' | 'Egress';

export interface PodPort {
  readonly name?: string;
  readonly containerPort: number;
  /** TCP where absent. */
  readonly protocol?: Protocol;
}

export interface Pod {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly ip: string;
  readonly ports: readonly PodPort[];
}

interface Namespace {
  readonly name: string;
  /** Without `kubernetes.io/metadata.name`, which the evaluator adds as the API server does. */
  readonly labels: Labels;
}

export interface NetworkPolicy {
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly podSelector?: LabelSelector;
    readonly policyTypes?: readonly Direction[];
    readonly ingress?: readonly IngressRule[];
    readonly egress?: readonly EgressRule[];
  };
}

export interface World {
  readonly policies: readonly NetworkPolicy[];
  readonly pods: readonly Pod[];
  readonly namespaces: readonly Namespace[];
}

/** A pod, or the address of what is none; the address of a pod of the world means that pod. */
export type Endpoint = Pod | string;

/** One attempt to connect, as the policies see it: `port` is the target's own, after any Service has been resolved. */
export interface Connection {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly port: number;
  readonly protocol: Protocol;
}
