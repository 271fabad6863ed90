// KubeRay's operator as a process, its feature gates as it ships them: https://docs.ray.io/en/latest/cluster/kubernetes/index.html
import type { KubernetesObject } from '../cluster/api.ts';
import { installKubeRayCrds } from '../cluster/crds.ts';
import { pathOfBinary } from '../parts/binary.ts';
import type { PartName } from '../parts/locate.ts';
import { type ControlPlane, makeNamespace } from './control-plane.ts';
import type { Life } from './life.ts';
import { findFreePort, startServer } from './server.ts';

export interface KubeRayOptions {
  /** What is put into its environment: a proxy for the dashboards, for one. */
  readonly env?: Readonly<Record<string, string>>;
  /** Further arguments: a feature gate, for one. */
  readonly args?: readonly string[];
}

/** The namespace of the operator's lock and events. */
export const operatorNamespace = 'kuberay-system';

/** The arguments of an operator that listens on `address`. */
export const operatorArguments = (address: string, ports: { metrics: number; probe: number }): string[] => [
  `--metrics-addr=${address}:${ports.metrics}`,
  `--health-probe-bind-address=${address}:${ports.probe}`,
  '--enable-leader-election=false',
];

/** Installs the definitions of a KubeRay version and starts its operator, which is ended with `life`. */
export async function startKubeRay(
  life: Life,
  plane: ControlPlane,
  version: string,
  { env = {}, args = [] }: KubeRayOptions = {},
): Promise<void> {
  await installKubeRayCrds(plane.api, version);
  await makeNamespace(plane.api, operatorNamespace);
  const [metrics, probe] = [await findFreePort(), await findFreePort()];
  await startServer(life, {
    name: `kuberay-${version}`,
    file: pathOfBinary(`kuberay-${version}` as PartName, 'ray-operator'),
    args: [`--kubeconfig=${plane.kubeconfig}`, ...operatorArguments('127.0.0.1', { metrics, probe }), ...args],
    env: { POD_NAMESPACE: operatorNamespace, ...env },
    isReady: async () => (await fetch(`http://127.0.0.1:${probe}/readyz`)).ok,
  });
}

/** What KubeRay's chart gives its operator's pods, and rayshield's policies know them by. */
export const operatorLabels: NonNullable<KubernetesObject['metadata']['labels']> = {
  'app.kubernetes.io/component': 'kuberay-operator',
  'app.kubernetes.io/name': 'kuberay',
};
