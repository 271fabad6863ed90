// etcd, kube-apiserver and kube-controller-manager, as https://kubernetes.io/docs/concepts/architecture/ has them, without nodes:
// no scheduler and no kubelet, but RBAC, admission and every controller that Ray's objects meet.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Api, openApi } from '../cluster/api.ts';
import { waitFor } from '../cluster/wait.ts';
import { pathOfBinary } from '../parts/binary.ts';
import { type ClusterCertificates, makeClusterCertificates } from './certificates.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import type { Life } from './life.ts';
import { findFreePort, startServer } from './server.ts';

export interface ControlPlane {
  /** A client with all rights. */
  readonly api: Api;
  /** The path of a kubeconfig with all rights. */
  readonly kubeconfig: string;
  /** Where the API server answers, `https://host:port`. */
  readonly server: string;
  readonly certificates: ClusterCertificates;
}

export interface ControlPlaneOptions {
  /** The address to listen on; loopback unless pods with networks of their own must reach it. */
  readonly address?: string;
  /** The port; a free one unless told. */
  readonly port?: number;
  /** Gives Services IPv6 beside IPv4, where they ask for both. */
  readonly dualStack?: boolean;
}

/** The first address of the range for Services is that of `kubernetes.default`. */
const serviceRange = '10.96.0.0/16';
const secondServiceRange = 'fd00:96::/112';

async function startEtcd(life: Life): Promise<string> {
  const [client, peer] = [await findFreePort(), await findFreePort()];
  const [url, peerUrl] = [`http://127.0.0.1:${client}`, `http://127.0.0.1:${peer}`];
  await startServer(life, {
    name: 'etcd',
    file: pathOfBinary('control-plane', 'etcd'),
    // Nothing here outlives a crash of the machine, so nothing waits for the disk.
    args: [
      '--name=lab',
      `--data-dir=${life.folder('data')}/etcd`,
      '--unsafe-no-fsync',
      '--log-level=warn',
      `--listen-client-urls=${url}`,
      `--advertise-client-urls=${url}`,
      `--listen-peer-urls=${peerUrl}`,
      `--initial-advertise-peer-urls=${peerUrl}`,
      `--initial-cluster=lab=${peerUrl}`,
    ],
    isReady: async () => (await fetch(`${url}/readyz`)).ok,
  });
  return url;
}

interface ApiServer {
  readonly etcd: string;
  readonly address: string;
  readonly port: number;
  readonly certificates: ClusterCertificates;
  readonly api: Api;
  readonly ranges: readonly string[];
}

function startApiServer(life: Life, { etcd, address, port, certificates, api, ranges }: ApiServer): Promise<void> {
  return startServer(life, {
    name: 'kube-apiserver',
    file: pathOfBinary('control-plane', 'kube-apiserver'),
    args: [
      `--etcd-servers=${etcd}`,
      `--bind-address=${address}`,
      `--advertise-address=${address}`,
      `--secure-port=${port}`,
      `--service-cluster-ip-range=${ranges.join(',')}`,
      `--cert-dir=${life.folder('certificates')}`,
      `--tls-cert-file=${certificates.servingCertificateFile}`,
      `--tls-private-key-file=${certificates.servingKeyFile}`,
      `--client-ca-file=${certificates.caFile}`,
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${certificates.serviceAccountKeyFile}`,
      `--service-account-signing-key-file=${certificates.serviceAccountKeyFile}`,
      '--authorization-mode=RBAC',
      '--allow-privileged=true',
      // An endpoint of kubernetes.default cannot be a loopback address.
      `--endpoint-reconciler-type=${address.startsWith('127.') ? 'none' : 'lease'}`,
    ],
    isReady: async () => (await api.request<string>('GET', '/readyz')) === 'ok',
  });
}

// Those that need a cloud, nodes or a kubelet are left out.
const controllers = [
  'bootstrap-signer-controller',
  'cronjob-controller',
  'deployment-controller',
  'endpoints-controller',
  'endpointslice-controller',
  'garbage-collector-controller',
  'job-controller',
  'namespace-controller',
  'replicaset-controller',
  'root-ca-certificate-publisher-controller',
  'serviceaccount-controller',
  'serviceaccount-token-controller',
];

async function startControllerManager(life: Life, plane: ControlPlane): Promise<void> {
  const port = await findFreePort();
  await startServer(life, {
    name: 'kube-controller-manager',
    file: pathOfBinary('control-plane', 'kube-controller-manager'),
    args: [
      `--kubeconfig=${plane.kubeconfig}`,
      `--authentication-kubeconfig=${plane.kubeconfig}`,
      `--authorization-kubeconfig=${plane.kubeconfig}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${port}`,
      `--cert-dir=${life.folder('certificates')}`,
      '--leader-elect=false',
      `--controllers=${controllers.join(',')}`,
      `--root-ca-file=${plane.certificates.caFile}`,
      `--service-account-private-key-file=${plane.certificates.serviceAccountKeyFile}`,
      '--kube-api-qps=200',
      '--kube-api-burst=400',
      '--endpointslice-updates-batch-period=0s',
    ],
    // Ready is what its controllers do, not that it listens: a namespace has its account once they run.
    isReady: async () =>
      (await plane.api.read({ apiVersion: 'v1', kind: 'ServiceAccount', name: 'default', namespace: 'default' })) !==
      undefined,
  });
}

/** Starts a control plane that is ended with `life`. Ready when a new namespace gets its service account. */
export async function startControlPlane(
  life: Life,
  { address = '127.0.0.1', port: wanted, dualStack = false }: ControlPlaneOptions = {},
): Promise<ControlPlane> {
  const certificates = makeClusterCertificates(life.folder('certificates'));
  const port = wanted ?? (await findFreePort());
  const server = `https://${address}:${port}`;
  const { ca, adminCertificate, adminKey } = certificates;
  const api = openApi({ server, ca, certificate: adminCertificate, key: adminKey });
  const kubeconfig = join(life.folder('certificates'), 'kubeconfig');
  writeFileSync(kubeconfig, writeKubeconfig({ server, ca, certificate: adminCertificate, key: adminKey }));
  const plane = { api, kubeconfig, server, certificates };
  const etcd = await startEtcd(life);
  const ranges = dualStack ? [serviceRange, secondServiceRange] : [serviceRange];
  await startApiServer(life, { etcd, address, port, certificates, api, ranges });
  await startControllerManager(life, plane);
  return plane;
}

/** Makes a namespace, and waits until pods may be made in it. */
export async function makeNamespace(
  api: Api,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<void> {
  await api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
  await waitFor(`the service account of namespace ${name}`, () =>
    api.read({ apiVersion: 'v1', kind: 'ServiceAccount', name: 'default', namespace: name }),
  );
}
