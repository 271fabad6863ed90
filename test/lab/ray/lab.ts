// A cluster in which real Ray runs: the control plane, cert-manager, and a kubelet whose pods are CoreDNS, KubeRay's operator
// and whatever the operator and the suites make.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Api, KubernetesObject } from '../cluster/api.ts';
import { installKubeRayCrds } from '../cluster/crds.ts';
import { expandObjects, type Flags } from '../cluster/expand.ts';
import { folderOfPart } from '../parts/binary.ts';
import type { PartName } from '../parts/locate.ts';
import { type Kubelet, startKubelet } from '../pods/kubelet.ts';
import { nodeAddress, openPodNetwork } from '../pods/network.ts';
import { startCertManager } from '../servers/cert-manager.ts';
import { type ControlPlane, makeNamespace, startControlPlane } from '../servers/control-plane.ts';
import { operatorNamespace } from '../servers/kuberay.ts';
import type { Life } from '../servers/life.ts';
import { type Dns, dnsAddress, dnsObjects } from './dns-pod.ts';
import { operatorObjects } from './operator-pod.ts';
import { waitUntilReady } from './pods.ts';

/** The namespace of everything that is Ray's. */
export const rayNamespace = 'ml';

const apiServerPort = 6443;

export interface Versions {
  readonly ray: '2.60.0' | '2.46.0';
  readonly kuberay: '1.6.2' | '1.3.2';
}

export interface RayLab extends Versions {
  readonly clusterDomain: string;
  readonly plane: ControlPlane;
  readonly api: Api;
  readonly kubelet: Kubelet;
}

/** The parts that a suite with these versions needs. */
export const partsOf = ({ ray, kuberay }: Versions): PartName[] => [
  'control-plane',
  'kuberay-crds',
  `kuberay-${kuberay}`,
  `ray-${ray}`,
];

const workloads = join(import.meta.dirname, 'workloads');

/** The workloads as the ConfigMap that manifests mount at /workloads. */
const workloadsObject = (): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'workloads', namespace: rayNamespace },
  data: Object.fromEntries(readdirSync(workloads).map((name) => [name, readFileSync(join(workloads, name), 'utf8')])),
});

/**
 * Ray on the PATH of login shells, as in Ray's images: KubeRay up to 1.3 starts Ray by `bash -lc`. Mounted at /etc/profile.d.
 */
const profileObject = (rayBin: string): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'profile', namespace: rayNamespace },
  data: { 'ray.sh': `PATH=${rayBin}:$PATH\n` },
});

/** Starts the cluster; ready when KubeRay's operator is. Ended with `life`. */
export async function startRayLab(life: Life, versions: Versions, dns: Dns = {}): Promise<RayLab> {
  const { clusterDomain = 'cluster.local' } = dns;
  const network = await openPodNetwork(life);
  const plane = await startControlPlane(life, { address: nodeAddress, port: apiServerPort });
  const { api } = plane;
  const rayBin = join(folderOfPart(`ray-${versions.ray}`), 'bin');
  const kubelet = await startKubelet(life, plane, { network, rayBin, dns: dnsAddress, clusterDomain });
  for (const object of dnsObjects(dns)) await api.apply(object);
  await makeNamespace(api, operatorNamespace);
  await makeNamespace(api, rayNamespace);
  await api.apply(workloadsObject());
  await api.apply(profileObject(rayBin));
  await Promise.all([startCertManager(life, plane), installKubeRayCrds(api, versions.kuberay)]);
  for (const object of operatorObjects(versions.kuberay, clusterDomain)) await api.apply(object);
  await waitUntilReady(api, 'kube-system', 'coredns');
  await waitUntilReady(api, operatorNamespace, 'kuberay-operator');
  return { ...versions, clusterDomain, plane, api, kubelet };
}

/** Where policies find what no selector finds, and which KubeRay takes what is printed. */
const flagsOf = ({ kuberay, clusterDomain }: RayLab): Flags => ({
  'cluster-domain': clusterDomain,
  'kuberay-version': kuberay.split('.').slice(0, 2).join('.'),
  'operator-namespace': operatorNamespace,
  dns: 'kube-dns',
  'api-server': `${nodeAddress}:${apiServerPort}`,
});

/** What rayshield prints for a manifest of ./manifests, for this lab's versions. */
export function expandManifest(
  lab: RayLab,
  name: string,
  edit: (manifest: string) => string = (manifest) => manifest,
): Promise<KubernetesObject[]> {
  const manifest = readFileSync(join(import.meta.dirname, 'manifests', `${name}.yaml`), 'utf8');
  return expandObjects(edit(manifest).replaceAll('RAY_VERSION', lab.ray), flagsOf(lab));
}

/** Expands a manifest of ./manifests and applies what is printed, in the order in which it is printed. */
export async function applyManifest(lab: RayLab, name: string): Promise<KubernetesObject[]> {
  const objects = await expandManifest(lab, name);
  for (const object of objects) await lab.api.apply(object);
  return objects;
}
