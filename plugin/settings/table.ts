// Every setting once. Flags, environment variables, Argo CD parameters, keys of rayshield.yaml, its JSON schema,
// help and docs/settings.md are made from this table.
import { isDnsLabel, isDnsName } from './dns-name.ts';
import { dnsServerForm } from './dns-server.ts';
import { readDuration } from './duration.ts';
import { apiServerForm } from './endpoint.ts';
import { booleanForm, choiceForm, type Form, integerForm, listForm, type Setting, textForm } from './form.ts';
import { issuerForm } from './issuer.ts';
import { type DnsServer, type IssuerRef, kuberayVersions, type Settings } from './settings.ts';
import { sourceSettings } from './source-settings.ts';

const namespaceForm = textForm('namespace', isDnsLabel);
const durationForm = (least: string): Form<string> =>
  textForm('duration', (text) => (readDuration(text) ?? 0) >= (readDuration(least) ?? 0), { values: [least] });
// Core versions have no group (`v1`); others are `group/version`, and Argo CD also lists `group/version/Kind`.
const apiVersionForm = textForm('api-version', (text) => /^v\d\w*$|^[^/\s]+\/[^/\s]+(\/[^/\s]+)?$/.test(text));

// Argo CD tells it without `v` and suffix; kubectl and Helm with both.
const kubeVersionForm = textForm(
  'kube-version',
  (text) => /^v?1\.\d{1,3}(\.\d{1,3})?([-+][\w.+-]{1,64})?$/.test(text),
  {
    empty: true,
  },
);

export const settingTable = {
  clusterDomain: {
    ...textForm('dns-name', isDnsName),
    default: 'cluster.local',
    title: 'Cluster domain',
    description: 'The DNS domain of the cluster: it ends the names of Services in certificates and start commands.',
    example: 'cluster.local',
  },
  namespace: {
    ...textForm('namespace', isDnsLabel, { empty: true }),
    default: '',
    title: 'Namespace',
    description:
      'The namespace of Ray objects that name none; tlsOptions needs one. In Argo CD the destination of the application.',
    example: 'ml',
  },
  kuberayVersion: {
    ...choiceForm(kuberayVersions),
    default: '1.7',
    title: 'KubeRay version',
    description: 'The minor version of the KubeRay operator: it decides which fields exist and how long names may be.',
    example: '1.6',
  },
  kubeApiVersions: {
    ...listForm(apiVersionForm),
    default: [] as readonly string[],
    title: 'API versions of the cluster',
    description:
      'What the destination cluster serves, as group/version; unknown while empty. Argo CD tells it, so that a missing cert-manager is found before the sync.',
    example: 'v1,cert-manager.io/v1',
  },
  kubeVersion: {
    ...kubeVersionForm,
    default: '',
    title: 'Kubernetes version',
    description:
      'The version of the destination cluster, which Helm charts are rendered for; unknown while empty. Argo CD tells it.',
    example: '1.33.4',
  },
  operatorNamespace: {
    ...textForm('namespace', isDnsLabel, { empty: true }),
    default: '',
    title: 'Namespace of the operator',
    description:
      'Where the KubeRay operator runs; while empty, pods labelled as the operator are let in from every namespace.',
    example: 'kuberay-operator',
  },
  dns: {
    ...listForm(dnsServerForm),
    default: ['any'] as readonly DnsServer[],
    title: 'DNS servers',
    description:
      'Where isolated pods may ask for names: any, kube-dns, node-local-dns, gke-cloud-dns or openshift; an address or CIDR with an optional port; or pods, as namespace/label=value&label=value:port.',
    example: 'kube-dns,10.96.0.10,dns-system/app=coredns:5353',
  },
  apiServer: {
    ...apiServerForm,
    default: undefined,
    title: 'API server',
    description:
      'Addresses or CIDRs of the Kubernetes API server with their port, for autoscaling and token authentication under denied egress; or off, where a rule opens the way.',
    example: '10.0.0.1:6443,[fd00::1]:6443',
  },
  monitoringNamespaces: {
    ...listForm(namespaceForm),
    default: [] as readonly string[],
    title: 'Monitoring namespaces',
    description: 'Namespaces whose pods may read the metrics ports.',
    example: 'monitoring',
  },
  issuerRef: {
    ...issuerForm,
    default: undefined as IssuerRef | undefined,
    title: 'Issuer',
    description:
      'The cert-manager issuer that signs where tlsOptions names none, as [Kind[.group]/]name; without it every owner gets a CA of its own.',
    example: 'ClusterIssuer/ray-ca',
  },
  // The least duration and renewal that cert-manager's webhook takes.
  certificateDuration: {
    ...durationForm('1h'),
    default: '8760h',
    title: 'Certificate duration',
    description: 'How long a leaf certificate is valid, as a Go duration; tlsOptions.duration wins.',
    example: '8760h',
  },
  certificateRenewBefore: {
    ...durationForm('5m'),
    default: '2160h',
    title: 'Renewal before expiry',
    description:
      'How long before its end a leaf certificate is renewed, as a Go duration; tlsOptions.renewBefore wins.',
    example: '2160h',
  },
  privateKeyAlgorithm: {
    ...choiceForm<'ECDSA' | 'RSA'>(['ECDSA', 'RSA']),
    default: 'ECDSA',
    title: 'Private key algorithm',
    description: 'The algorithm of private keys; tlsOptions.privateKey wins.',
    example: 'RSA',
  },
  // cert-manager's bounds; resolve.ts checks the size against the algorithm.
  privateKeySize: {
    ...integerForm(256, 8192),
    default: 256,
    title: 'Private key size',
    description:
      'The size of private keys in bits: 256, 384 or 521 for ECDSA, 2048 to 8192 for RSA (2048 where only the algorithm is set).',
    example: '384',
  },
  skipDryRun: {
    ...booleanForm,
    default: true,
    title: 'Skip dry run',
    description:
      'Whether cert-manager objects carry SkipDryRunOnMissingResource=true for Argo CD, so that cert-manager may come in the same sync.',
    example: 'false',
  },
  dropAutoscaledReplicas: {
    ...booleanForm,
    default: false,
    title: 'Drop autoscaled replicas',
    description:
      'Whether replicas of worker groups is left out of the RayClusters that are expanded where enableInTreeAutoscaling decides it, so that a sync does not set it back.',
    example: 'true',
  },
  failOn: {
    ...choiceForm<'error' | 'warning'>(['error', 'warning']),
    default: 'error',
    title: 'Fail on',
    description: 'The least severe finding that makes the run fail and print no manifest.',
    example: 'warning',
  },
  // A V8 string ends before 2^29 characters.
  maxBytes: {
    ...integerForm(1, 500_000_000),
    default: 104_857_600,
    title: 'Input bytes at most',
    description: 'The size above which the whole input is refused. Argo CD itself takes at most 100 MiB from a plugin.',
    example: '10485760',
  },
  maxDocuments: {
    ...integerForm(1, 10_000_000),
    default: 50_000,
    title: 'Documents at most',
    description: 'The number of documents above which a file is refused.',
    example: '1000',
  },
  // Walks recurse: about 600 levels fill the stack of Node 20 (docs/design.md, Observed).
  maxDepth: {
    ...integerForm(1, 500),
    default: 100,
    title: 'Nesting at most',
    description: 'The depth of maps and lists above which a document is refused.',
    example: '64',
  },
  maxAliases: {
    ...integerForm(0, 1_000_000),
    default: 1000,
    title: 'Aliases at most',
    description: 'The number of YAML aliases above which a document is refused.',
    example: '0',
  },
  // Reading so many takes two seconds and 256 MiB at most. The largest object that an API server takes has about as many.
  maxKeys: {
    ...integerForm(1, 100_000_000),
    default: 100_000,
    title: 'Keys at most',
    description: 'The number of keys and list entries above which a document is refused.',
    example: '50000',
  },
  // Argo CD's own limit, 60 s from asking the repo server, also pays for fetching the repository.
  timeout: {
    ...durationForm('1ms'),
    default: '50s',
    title: 'Time at most',
    description:
      'How long a run may take before it ends itself and says so, as a Go duration. Argo CD ends a plugin after 60s without a word.',
    example: '2m',
  },
  ...sourceSettings,
} satisfies { readonly [Name in keyof Omit<Settings, 'platform'>]: Setting<Settings[Name]> };

export type SettingName = keyof typeof settingTable;

/** All names, in the order of the table. */
export const settingNames = Object.keys(settingTable) as readonly SettingName[];

/** Those that say what an application's source is and how it is rendered: verbs that render nothing do not take them. */
export const isSourceSetting = (name: SettingName): boolean => Object.hasOwn(sourceSettings, name);

/** Whether a text is the name of a setting. */
export const isSettingName = (text: string): text is SettingName => Object.hasOwn(settingTable, text);

/** One row of the table, its type widened to what is common to all. */
export const settingOf = (name: SettingName): Setting => settingTable[name];
