// A real KubeRay operator on a real API server, with a node and dashboards that only say what it waits for; then the owners as
// rayshield prints them, applied as a user would.
import { join } from 'node:path';
import type { Api, KubernetesObject } from '../cluster/api.ts';
import { installDefinitions, readDefinitions } from '../cluster/crds.ts';
import { expandManifests, readObjects } from '../cluster/expand.ts';
import { type FakeDashboard, startFakeDashboard } from '../cluster/fake-dashboard.ts';
import { type FakeNodeOptions, startFakeNode } from '../cluster/fake-node.ts';
import { waitFor } from '../cluster/wait.ts';
import { folderOfPart } from '../parts/binary.ts';
import type { Pod } from '../pods/pod.ts';
import type { KubeRayMinor } from '../policies/synthetic-pods.ts';
import { type ControlPlane, makeNamespace, startControlPlane } from '../servers/control-plane.ts';
import { startKubeRay } from '../servers/kuberay.ts';
import type { Life } from '../servers/life.ts';
import { type Captured, capture, captureVisitor } from './captured.ts';
import { flagsFor, namespace, ownersOf, type RayOwner, writeInput, writeOwners } from './owners.ts';

/** What is known once the operator has done its work. */
export interface Scene {
  readonly plane: ControlPlane;
  readonly minor: KubeRayMinor;
  /** What rayshield printed. */
  readonly printed: readonly KubernetesObject[];
  readonly captured: readonly Captured[];
  /** The submitter that runs on the cluster of `demo`. */
  readonly visitor: Pod;
  readonly dashboard: FakeDashboard;
}

// RayCronJob is an alpha feature of 1.6 and 1.7, off unless asked for; no other gate is touched.
const gatesOf = (minor: KubeRayMinor): string[] => (minor === '1.3' ? [] : ['--feature-gates=RayCronJob=true']);

/** Starts a control plane, the operator of a version, dashboards, and a node that says of pods what `node` has it say. */
export async function startOperator(
  life: Life,
  version: string,
  node: FakeNodeOptions = {},
): Promise<{ plane: ControlPlane; dashboard: FakeDashboard }> {
  const plane = await startControlPlane(life, { dualStack: node.dualStack ?? false });
  await installDefinitions(plane.api, readDefinitions(join(folderOfPart('control-plane'), 'crds')));
  const dashboard = await startFakeDashboard(life);
  const minor = version.slice(0, 3) as KubeRayMinor;
  await startKubeRay(life, plane, version, { env: dashboard.env, args: gatesOf(minor) });
  await startFakeNode(life, plane, node);
  await makeNamespace(plane.api, namespace);
  return { plane, dashboard };
}

/** Has a RayCronJob run now: it starts what was due since its last run. */
async function runCronJob(api: Api, name: string): Promise<void> {
  const ref = { apiVersion: 'ray.io/v1', kind: 'RayCronJob', name, namespace };
  const yesterday = new Date(Date.now() - 25 * 3_600_000).toISOString().replace(/\.\d+/, '');
  await api.patch(ref, { status: { lastScheduleTime: yesterday } }, { subresource: 'status' });
}

/** The whole scene of one KubeRay version. */
export async function buildScene(life: Life, version: string): Promise<Scene> {
  const { plane, dashboard } = await startOperator(life, version);
  const minor = version.slice(0, 3) as KubeRayMinor;
  const { text } = await expandManifests(writeInput(minor), flagsFor(minor));
  const printed = readObjects(text);
  for (const object of printed) await plane.api.apply(object);
  const owners = ownersOf(minor);
  for (const { name } of owners.filter(({ kind }) => kind === 'RayCronJob')) await runCronJob(plane.api, name);
  const captured = await Promise.all(owners.map((owner) => capture(plane.api, owner)));
  const visitor = await captureVisitor(plane.api);
  return { plane, minor, printed, captured, visitor, dashboard };
}

/** Changes the pods of a RayService that serves, as a user would: the operator then starts a second cluster beside the first. */
export async function upgradeService({ plane: { api }, minor }: Scene, { file, name }: RayOwner): Promise<void> {
  const ref = { apiVersion: 'ray.io/v1', kind: 'RayService', name, namespace };
  await waitFor(`${name} to serve`, async () => {
    const { status } = (await api.read(ref)) as { status?: { activeServiceStatus?: { rayClusterName?: string } } };
    return status?.activeServiceStatus?.rayClusterName || undefined;
  });
  const changed = writeOwners(file).replaceAll('rayproject/ray:2.52.0', 'rayproject/ray:2.52.1');
  const { text } = await expandManifests(changed, flagsFor(minor));
  for (const object of readObjects(text)) await api.apply(object, { force: true });
}
