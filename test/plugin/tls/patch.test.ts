import { expect, test } from 'vitest';
import type { RayClusterSpec } from '../../../plugin/ray/spec.ts';
import { patchTLS } from '../../../plugin/tls/patch.ts';
import { makeRaySpec, type SpecParts } from '../../support/ray-spec.ts';
import { makeSettings } from '../../support/settings.ts';

type Group = {
  readonly rayStartParams: Readonly<Record<string, string>>;
  readonly template: {
    readonly spec: Readonly<Record<string, unknown>> & { readonly containers: readonly Container[] };
  };
};
type Container = {
  readonly name: string;
  readonly env?: readonly { readonly name: string }[];
  readonly volumeMounts?: unknown;
};

function patch(parts: SpecParts): RayClusterSpec {
  const spec = makeRaySpec({ tls: {}, ...parts });
  return patchTLS(spec, makeSettings())(spec.cluster);
}
const groupsOf = (cluster: RayClusterSpec): readonly [head: Group, worker: Group] => [
  cluster.headGroupSpec as unknown as Group,
  (cluster['workerGroupSpecs'] as readonly [Group])[0],
];
const volumesOf = ({ template }: Group): unknown => template.spec['volumes'];

test('head and workers mount different Secrets, and register under different Services', () => {
  const [head, worker] = groupsOf(patch({}));
  expect(volumesOf(head)).toEqual([{ name: 'ray-tls', secret: { secretName: 'demo-raycluster-head-ebebf4c4' } }]);
  expect(volumesOf(worker)).toEqual([{ name: 'ray-tls', secret: { secretName: 'demo-raycluster-worker-ebebf4c4' } }]);
  expect(head.rayStartParams['node-ip-address']).toContain('demo-raycluster-head-nodes');
  expect(worker.rayStartParams['node-ip-address']).toContain('demo-raycluster-worker-nodes');
});

test("the user's own variables, volumes, mounts and parameters stay, before ours", () => {
  const data = { name: 'data', mountPath: '/data' };
  const [head] = groupsOf(
    patch({
      head: {
        rayStartParams: { 'num-cpus': '0' },
        ray: { env: [{ name: 'TEAM', value: 'vision' }], volumeMounts: [data] },
        pod: { volumes: [{ name: 'data', emptyDir: {} }] },
      },
    }),
  );
  const [ray] = head.template.spec.containers;
  expect(ray?.env?.[0]).toEqual({ name: 'TEAM', value: 'vision' });
  expect(ray?.volumeMounts).toEqual([data, { name: 'ray-tls', mountPath: '/etc/ray/tls', readOnly: true }]);
  expect(volumesOf(head)).toMatchObject([{ name: 'data' }, { name: 'ray-tls' }]);
  expect(Object.keys(head.rayStartParams)).toEqual(['num-cpus', 'node-ip-address']);
});

test('containers other than Ray stay as they are', () => {
  const sidecar = { name: 'proxy', image: 'proxy:1' };
  const init = { name: 'fetch', image: 'fetch:1' };
  const [, worker] = groupsOf(patch({ worker: { others: [sidecar], pod: { initContainers: [init] } } }));
  expect(worker.template.spec.containers[1]).toEqual(sidecar);
  expect(worker.template.spec['initContainers']).toEqual([init]);
});

test('changes that were made before are kept', () => {
  const spec = makeRaySpec({ kind: 'RayJob', tls: {} });
  const labels = { 'rayshield.io/owner': 'demo-rayjob' };
  const group = spec.cluster.headGroupSpec as unknown as Group;
  const labelled = { ...group, template: { ...group.template, metadata: { labels } } };
  const patched = patchTLS(spec, makeSettings())({ ...spec.cluster, headGroupSpec: labelled });
  expect(patched.headGroupSpec).toMatchObject({ template: { metadata: { labels } } });
});

test('a cluster without worker groups gets none', () => {
  const spec = makeRaySpec({ tls: {} });
  const { workerGroupSpecs: _, ...alone } = spec.cluster;
  expect(patchTLS(spec, makeSettings())(alone as RayClusterSpec)).not.toHaveProperty('workerGroupSpecs');
});

test.each([{ retiring: true }, undefined])('with tlsOptions %j pods are plain', (tls) => {
  const spec = makeRaySpec({ ...(tls ? { tls } : {}), cluster: { enableInTreeAutoscaling: true } });
  expect(patchTLS(spec, makeSettings())(spec.cluster)).toBe(spec.cluster);
});

test('the spec that was read is not changed', () => {
  const spec = makeRaySpec({ tls: {}, cluster: { enableInTreeAutoscaling: true, autoscalerOptions: { env: [] } } });
  const before = structuredClone(spec.cluster);
  patchTLS(spec, makeSettings())(spec.cluster);
  expect(spec.cluster).toEqual(before);
});
