// The settings of one run, resolved: what settings/table.ts declares, read into the shapes that the builders use.

import type { SourceSettings } from './source-settings.ts';

/** The KubeRay minor versions whose CRDs are shipped as schemas. */
export const kuberayVersions = ['1.3', '1.4', '1.5', '1.6', '1.7'] as const;
export type KubeRayVersion = (typeof kuberayVersions)[number];

/** Names of DNS set-ups whose addresses are the same wherever they run; `any` is the union of the others. */
export type DnsPreset = 'any' | 'kube-dns' | 'node-local-dns' | 'gke-cloud-dns' | 'openshift';

/** An address range and one TCP port (for DNS: UDP and TCP). */
export interface Endpoint {
  /** With prefix length: `10.0.0.1/32`, `fd00::1/128`. */
  readonly cidr: string;
  readonly port: number;
}

/** DNS pods of the user's own, by namespace and labels. */
export interface DnsPods {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly port: number;
}

export type DnsServer = DnsPreset | Endpoint | DnsPods;

/** cert-manager's reference to an issuer: https://cert-manager.io/docs/reference/api-docs/#meta.cert-manager.io/v1.IssuerReference */
export interface IssuerRef {
  readonly name: string;
  readonly kind: string;
  readonly group: string;
}

/** An own CA of the owner, Secrets that the user brings, or an issuer of cert-manager. */
export type AllowedIssuer = 'own-ca' | 'own-secrets' | IssuerRef;

export interface Platform {
  /** The file as messages name it; empty where there is none. */
  readonly file: string;
  /** `require.networkIsolation`. */
  readonly isolation?: 'denyAll' | 'denyAllIngress' | 'denyAllEgress';
  /** `require.tls`. */
  readonly tls: boolean;
  /** By field what a Ray spec gets that does not speak of it: `default`, else the least that `require` asks for. */
  readonly gives: Readonly<Partial<Record<'networkIsolation' | 'tlsOptions', object>>>;
  /** All that may sign; absent where anybody may. */
  readonly allowedIssuers?: readonly AllowedIssuer[];
}

export interface Settings extends SourceSettings {
  /** Not a setting: what the platform file asks for beside them. */
  readonly platform: Platform;
  readonly clusterDomain: string;
  /** For documents that name none; empty where the caller gives none either. */
  readonly namespace: string;
  readonly kuberayVersion: KubeRayVersion;
  /** `group/version` entries of the destination cluster; empty means unknown. */
  readonly kubeApiVersions: readonly string[];
  /** The destination cluster's own version, as `1.33` or `1.33.4`; empty means unknown. */
  readonly kubeVersion: string;
  /** Empty: the operator may run in any namespace. */
  readonly operatorNamespace: string;
  readonly dns: readonly DnsServer[];
  /** `off`: the user opens the way to the API server by rules, or does without; undefined: not said. */
  readonly apiServer: readonly Endpoint[] | 'off' | undefined;
  readonly monitoringNamespaces: readonly string[];
  readonly issuerRef: IssuerRef | undefined;
  /** Go durations, as cert-manager reads them. */
  readonly certificateDuration: string;
  readonly certificateRenewBefore: string;
  readonly privateKeyAlgorithm: 'ECDSA' | 'RSA';
  readonly privateKeySize: number;
  /** Whether cert-manager objects carry Argo CD's SkipDryRunOnMissingResource. */
  readonly skipDryRun: boolean;
  /** Whether `replicas` of groups that the autoscaler sizes is left out of what is printed. */
  readonly dropAutoscaledReplicas: boolean;
  readonly failOn: 'error' | 'warning';
  readonly maxBytes: number;
  readonly maxDocuments: number;
  readonly maxDepth: number;
  readonly maxAliases: number;
  readonly maxKeys: number;
  /** A Go duration from the start of the process. */
  readonly timeout: string;
}
