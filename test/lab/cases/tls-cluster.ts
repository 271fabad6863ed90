// A small RayCluster with TLS, expanded as a user would, and what cert-manager holds for it.
import { stringify } from 'yaml';
import type { Api, KubernetesObject } from '../cluster/api.ts';
import { expandObjects } from '../cluster/expand.ts';
import { inParallel } from './in-parallel.ts';
import { type Issued, readIssued } from './issued.ts';

const pod = (name: string): object => ({ spec: { containers: [{ name, image: 'rayproject/ray:2.60.0' }] } });

/** A RayCluster `demo` in the namespace, as its user writes it. */
const buildTlsCluster = (namespace: string, tlsOptions: object): object => ({
  apiVersion: 'ray.io/v1',
  kind: 'RayCluster',
  metadata: { name: 'demo', namespace },
  spec: {
    rayVersion: '2.60.0',
    upgradeStrategy: { type: 'Recreate' },
    networkIsolation: { mode: 'denyAll' },
    tlsOptions,
    headGroupSpec: { rayStartParams: {}, template: pod('ray-head') },
    workerGroupSpecs: [
      {
        groupName: 'cpu',
        replicas: 2,
        minReplicas: 0,
        maxReplicas: 100,
        rayStartParams: {},
        template: pod('ray-worker'),
      },
    ],
  },
});

/** What rayshield prints for it. */
export const expandTlsCluster = (namespace: string, tlsOptions: object): Promise<KubernetesObject[]> =>
  expandObjects(stringify(buildTlsCluster(namespace, tlsOptions)), { 'operator-namespace': 'kuberay-system' });

export const isCertManagers = ({ apiVersion }: KubernetesObject): boolean => apiVersion === 'cert-manager.io/v1';

/** Applies objects one after the other, as `kubectl apply` does with a file. */
export async function applyInOrder(api: Api, objects: readonly KubernetesObject[]): Promise<void> {
  for (const object of objects) await api.apply(object, { force: true });
}

/** What the Certificates among the objects became, by the part of the name behind `demo-raycluster-`. */
export async function readAllIssued(api: Api, objects: readonly KubernetesObject[]): Promise<Map<string, Issued>> {
  const certificates = objects.filter(({ kind }) => kind === 'Certificate');
  const issued = await inParallel(certificates, (certificate) => readIssued(api, certificate));
  return new Map(issued.map((one) => [one.name.replace('demo-raycluster-', ''), one]));
}

/** The serial number of each certificate: another one means that it was issued again. */
export const serialsOf = (issued: ReadonlyMap<string, Issued>): Record<string, string> =>
  Object.fromEntries([...issued].map(([name, { certificate }]) => [name, certificate.serialNumber]));

/** How many CertificateRequests each Certificate has had answered: one a revision. */
export const revisionsOf = (issued: ReadonlyMap<string, Issued>): Record<string, number | undefined> =>
  Object.fromEntries([...issued].map(([name, { revision }]) => [name, revision]));
