import { describe, expect, test } from 'vitest';
import { ioFor } from '../../../support/case.ts';
import { type Ran, run } from '../../../support/run.ts';
import { makeTree } from '../../../support/workdir.ts';

const rayCluster = (fields: string): string => `apiVersion: ray.io/v1
kind: RayCluster
metadata: {name: demo}
spec:
  ${fields}
  headGroupSpec:
    rayStartParams: {}
    template: {spec: {containers: [{name: ray-head, image: 'rayproject/ray:2.60.0'}]}}
`;
const isolated = rayCluster('networkIsolation: {mode: denyAllIngress}');

const generate = (files: Record<string, string>, env: Record<string, string> = {}): Promise<Ran> =>
  run(['generate'], ioFor(makeTree(files), { RAYSHIELD_OPERATOR_NAMESPACE: 'kuberay', ...env }), '0');

test('the folder of the application is rendered', async () => {
  const { exitCode, stdout, stderr } = await generate({
    'cluster.yaml': isolated,
    'b/config.yaml': 'apiVersion: v1\nkind: ConfigMap\n',
  });
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  expect(stdout.match(/^kind: .*/gm)).toEqual([
    'kind: ConfigMap',
    'kind: "NetworkPolicy"',
    'kind: "NetworkPolicy"',
    'kind: "RayCluster"',
  ]);
});

test("Argo CD's destination is the namespace, and what users set goes over it", async () => {
  const names = async (env: Record<string, string>): Promise<unknown> => {
    const { stdout } = await generate({ 'cluster.yaml': isolated }, { ARGOCD_APP_NAMESPACE: 'destination', ...env });
    return [...new Set(stdout.match(/^ {2}namespace: .*/gm))];
  };
  expect(await names({})).toEqual(['  namespace: "destination"']);
  expect(await names({ RAYSHIELD_NAMESPACE: 'sidecar' })).toEqual(['  namespace: "sidecar"']);
  expect(await names({ RAYSHIELD_NAMESPACE: 'sidecar', ARGOCD_ENV_RAYSHIELD_NAMESPACE: 'application' })).toEqual([
    '  namespace: "application"',
  ]);
  expect(
    await names({
      ARGOCD_ENV_RAYSHIELD_NAMESPACE: 'application',
      ARGOCD_APP_PARAMETERS: '[{"name":"namespace","string":"parameter"}]',
    }),
  ).toEqual(['  namespace: "parameter"']);
});

test('without cert-manager in the API versions of the destination, tlsOptions is refused before the sync', async () => {
  const files = { 'cluster.yaml': rayCluster('tlsOptions: {enabled: true}') };
  const env = { ARGOCD_APP_NAMESPACE: 'ml' };
  const many = Array.from({ length: 5000 }, (_, index) => `example${index}.io/v1/Thing`).join(',');
  expect(await generate(files, { ...env, KUBE_API_VERSIONS: '' })).toMatchObject({ exitCode: 0 });
  expect(await generate(files, { ...env, KUBE_API_VERSIONS: `cert-manager.io/v1,${many},v1` })).toMatchObject({
    exitCode: 0,
  });
  expect(await generate(files, { ...env, KUBE_API_VERSIONS: `${many},v1` })).toMatchObject({
    exitCode: 1,
    stdout: '',
    stderr: expect.stringContaining('cert-manager'),
  });
});

describe('kinds of ray.io that the destination does not have', () => {
  const files = { 'cluster.yaml': rayCluster('networkIsolation: {}') };

  test.each([
    ['v1,ray.io/v1,ray.io/v1/RayCluster,ray.io/v1/RayJob', 0],
    ['v1,ray.io/v1,ray.io/v1/RayJob', 1],
    ['v1,ray.io/v1alpha1,ray.io/v1alpha1/RayCluster', 1],
    // No kind of ray.io at all: KubeRay may come with the same sync.
    ['v1,v1/Pod,apps/v1,apps/v1/Deployment', 0],
    // Without kinds the list says nothing of them.
    ['v1,ray.io/v1', 0],
    ['', 0],
  ])('of %j: exit code %d', async (KUBE_API_VERSIONS, exitCode) => {
    const ran = await generate(files, { ARGOCD_APP_NAMESPACE: 'ml', KUBE_API_VERSIONS });
    expect(ran).toMatchObject({ exitCode });
    if (exitCode === 1) expect(ran.stderr).toContain('error KIND_NOT_INSTALLED RayCluster');
  });
});

describe('nothing rendered is an error, for it would delete everything', () => {
  test.each([
    [{}, 'FOLDER_EMPTY'],
    [{ 'rayshield.yaml': 'apiVersion: rayshield.io/v1alpha1\nkind: RayShield\nmetadata: {name: x}\n' }, 'FOLDER_EMPTY'],
    [{ 'a.yaml': '' }, 'NOTHING_RENDERED'],
    [{ 'a.yaml': '# only\n---\n# comments\n', 'b.yaml': '---\nnull\n---\n~ # nothing\n' }, 'NOTHING_RENDERED'],
  ])('%j', async (files, code) => {
    expect(await generate(files)).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining(code) });
  });
});

test('a relative platform file is refused: the application could write it', async () => {
  const files = {
    'cluster.yaml': isolated,
    'p.yaml': 'apiVersion: rayshield.io/v1alpha1\nkind: RayShield\nmetadata: {name: x}\n',
  };
  expect(await generate(files, { RAYSHIELD_PLATFORM: 'p.yaml' })).toMatchObject({
    exitCode: 1,
    stdout: '',
    stderr: expect.stringContaining('PLATFORM_PATH: RAYSHIELD_PLATFORM is a relative path'),
  });
});

test('$PWD is not asked: it may be stale', async () => {
  expect(await generate({ 'cluster.yaml': isolated }, { PWD: '/nowhere' })).toMatchObject({ exitCode: 0 });
});

test('expand does not listen to Argo CD', async () => {
  const cwd = makeTree({ 'cluster.yaml': isolated });
  const io = ioFor(cwd, { ARGOCD_APP_NAMESPACE: 'destination', ARGOCD_APP_PARAMETERS: 'nonsense' });
  const { exitCode, stdout } = await run(['expand', '.'], io, '0');
  expect(exitCode).toBe(0);
  expect(stdout).not.toContain('destination');
});

test('a List of nothing is nothing rendered', async () => {
  const { exitCode, stdout, stderr } = await generate({ 'list.yaml': 'apiVersion: v1\nkind: List\nitems: []\n' });
  expect([exitCode, stdout]).toEqual([1, '']);
  expect(stderr).toContain('NOTHING_RENDERED');
});
