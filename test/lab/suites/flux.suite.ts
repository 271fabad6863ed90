// What Flux does with a rendered folder, by its own libraries and a real API server: packing into one artifact, unpacking, applying,
// changing, pruning, substituting variables, and waiting for health. Flux's controllers themselves are not run.
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { fixtures, ioFor, listCases, runCase } from '../../support/case.ts';
import { run } from '../../support/run.ts';
import { makeTree, readTree } from '../../support/workdir.ts';
import { inParallel } from '../cases/in-parallel.ts';
import { ApiError, type KubernetesObject } from '../cluster/api.ts';
import { installDefinitions, installKubeRayCrds, readDefinitions } from '../cluster/crds.ts';
import { folderOfPart, pathOfBinary } from '../parts/binary.ts';
import { type ControlPlane, makeNamespace, startControlPlane } from '../servers/control-plane.ts';
import { labSuite } from '../suite.ts';

const root = join(import.meta.dirname, '../../..');
const program = join(root, 'dist/rayshield.cjs');
const flags = ['--operator-namespace', 'kuberay-operator'];

const readObjects = (text: string): KubernetesObject[] =>
  parseAllDocuments(text)
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object) => object !== null);

const flux = async (name: string, args: readonly string[], input = ''): Promise<string> =>
  (await execa(pathOfBinary('flux', `flux-${name}`), args, { input })).stdout;

/** Renders `in` as a pipeline does, in a process with the umask of its runner. */
function render(cwd: string, out: string, { umask = '022', split = false } = {}) {
  const argv = ['render', 'in', '--out', out, ...(split ? ['--split', '--flux-name', 'ray'] : []), ...flags];
  return execa('bash', ['-c', `umask ${umask}; exec "$0" "$@"`, process.execPath, program, ...argv], { cwd });
}

const group = '{rayStartParams: {}, template: {spec: {containers: [{name: ray, image: "rayproject/ray:2.52.0"}]}}}';
const cluster = (name: string, fields: string): string =>
  `apiVersion: ray.io/v1\nkind: RayCluster\nmetadata: {name: ${name}, namespace: ml}\nspec: {${fields}, headGroupSpec: ${group}}\n`;
const secured = cluster('demo', 'networkIsolation: {mode: denyAllIngress}, tlsOptions: {mode: mTLS}');
const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: notes, namespace: ml}\ndata: {a: "1"}\n';

labSuite('flux', { parts: ['control-plane', 'kuberay-crds', 'flux'] }, (life) => {
  describe('substitution after the build, in strict mode', () => {
    interface Outcome {
      readonly file: string;
      readonly objects: number;
      readonly problems: readonly string[];
    }
    const substitute = async (files: readonly string[]): Promise<Outcome[]> =>
      JSON.parse(await flux('substitute', files));

    test('leaves every expected output as it is', async () => {
      const folder = life.folder('data');
      const files = await inParallel(listCases('expand'), async (name) => {
        const path = join(folder, `${name}.yaml`);
        writeFileSync(path, (await runCase(join(fixtures, 'expand', name))).stdout);
        return path;
      });
      const outcomes = await substitute(files);
      expect(outcomes.filter(({ problems }) => problems.length > 0)).toEqual([]);
      expect(outcomes.reduce((sum, { objects }) => sum + objects, 0)).toBeGreaterThan(700);
    });

    test('would have changed or refused what shells write otherwise', async () => {
      const folder = makeTree({
        'a.yaml': 'kind: A\na: "${cluster_name}"\n---\nkind: B\n',
        'b.yaml': 'kind: A\na: "${RAY_IP}"\n',
        'c.yaml': 'kind: A\na: "$(echo $RAY_IP | tr . -) $RAY_IP"\n',
      });
      const outcomes = await substitute(['a', 'b', 'c'].map((name) => join(folder, `${name}.yaml`)));
      expect(outcomes.map(({ objects, problems }) => [objects, problems])).toEqual([
        [2, ['object 1: changed']],
        [1, [expect.stringContaining('variable not set (strict mode): "RAY_IP"')]],
        [1, []],
      ]);
    });
  });

  describe('the artifact', () => {
    const pack = (folder: string): Promise<string> => flux('pack', [folder, `${folder}.tgz`]);

    test('has one digest whatever the umask and the folder, and another for another input', async () => {
      const cwd = makeTree({ 'in/a.yaml': secured, 'in/b.yaml': configMap });
      const digests = [];
      for (const umask of ['000', '022', '077']) {
        await render(cwd, umask, { umask, split: true });
        digests.push(await pack(join(cwd, umask)));
      }
      // Again over what is there.
      await render(cwd, '022', { umask: '077', split: true });
      digests.push(await pack(join(cwd, '022')));
      expect([...new Set(digests)]).toEqual([expect.stringMatching(/^sha256:[0-9a-f]{64}$/)]);
      writeFileSync(join(cwd, 'in/b.yaml'), configMap.replace('"1"', '"2"'));
      await render(cwd, '022', { split: true });
      expect(digests).not.toContain(await pack(join(cwd, '022')));
    });

    test('holds every file, and none that Flux leaves out', async () => {
      const cwd = makeTree({ 'in/a.yaml': secured, 'in/b.yaml': configMap, 'unpacked/': '' });
      await render(cwd, 'out', { split: true });
      await pack(join(cwd, 'out'));
      await flux('unpack', [join(cwd, 'out.tgz'), join(cwd, 'unpacked')]);
      expect(readTree(join(cwd, 'unpacked'))).toEqual(readTree(join(cwd, 'out')));
      const files = Object.keys(readTree(join(cwd, 'unpacked')));
      expect(files.filter((path) => (statSync(join(cwd, 'unpacked', path)).mode & 0o444) !== 0o444)).toEqual([]);
    });
  });

  describe('a real API server', () => {
    let plane: ControlPlane;
    beforeAll(async () => {
      plane = await startControlPlane(life);
      await installDefinitions(plane.api, readDefinitions(join(folderOfPart('flux'), 'crds')));
      await installDefinitions(plane.api, readDefinitions(join(folderOfPart('control-plane'), 'crds')));
      await installKubeRayCrds(plane.api, '1.6.2');
      await makeNamespace(plane.api, 'ml');
      await makeNamespace(plane.api, 'flux-system');
    });

    test.each(readdirSync(join(root, 'deploy/flux')).filter((name) => name.endsWith('.yaml')))(
      'takes deploy/flux/%s',
      async (name) => {
        const objects = readObjects(readFileSync(join(root, 'deploy/flux', name), 'utf8'));
        expect(objects.map(({ kind }) => kind)).toContain('Kustomization');
        for (const object of objects) await plane.api.apply(object, { dryRun: true });
      },
    );

    test.each(['OCIRepository', 'GitRepository', 'Bucket', 'ExternalArtifact'])(
      'takes the Kustomizations of a split folder of a source of kind %s',
      async (kind) => {
        const cwd = makeTree({ 'in/a.yaml': secured, 'in/b.yaml': configMap });
        const argv = ['render', 'in', '--out', 'out', '--split', '--flux-source', `${kind}/ray`, ...flags];
        expect(await run(argv, ioFor(cwd), '0')).toMatchObject({ exitCode: 0 });
        const objects = readObjects(readFileSync(join(cwd, 'out/flux.yaml'), 'utf8'));
        expect(objects.map(({ metadata: { name } }) => name)).toEqual(['in-policies', 'in-other', 'in-pki', 'in-ray']);
        for (const object of objects) await plane.api.apply(object, { dryRun: true });
        await expect(
          plane.api.apply(
            { ...objects[0], spec: { ...(objects[0]?.['spec'] as object), dependson: [] } },
            { dryRun: true },
          ),
        ).rejects.toThrow('field not declared');
      },
    );

    /** What kustomize-controller does with a revision of the artifact: unpack, build, apply, and delete what is gone from it. */
    async function sync(cwd: string, out: string, folder = '.'): Promise<void> {
      await flux('pack', [join(cwd, out), join(cwd, 'artifact.tgz')]);
      const unpacked = makeTree();
      await flux('unpack', [join(cwd, 'artifact.tgz'), unpacked]);
      const set = `inventory-${folder === '.' ? 'all' : folder}`;
      const args = [
        'apply',
        '--server-side',
        '--force-conflicts',
        '-k',
        join(unpacked, folder),
        '--prune',
        `--applyset=${set}`,
      ];
      await execa(pathOfBinary('control-plane', 'kubectl'), [...args, '--namespace=ml'], {
        env: { KUBECONFIG: plane.kubeconfig, KUBECTL_APPLYSET: 'true', HOME: unpacked },
      });
    }

    const isThere = async (kind: string, apiVersion: string, name: string): Promise<boolean> => {
      try {
        await plane.api.read({ apiVersion, kind, name, namespace: 'ml' });
        return true;
      } catch (failure) {
        if (failure instanceof ApiError && failure.status === 404) return false;
        throw failure;
      }
    };

    test('gets the objects of an artifact, then a change, then a removal', async () => {
      const other = cluster('other', 'networkIsolation: {mode: denyAllIngress}');
      const cwd = makeTree({ 'in/a.yaml': secured, 'in/b.yaml': configMap, 'in/c.yaml': other });
      await render(cwd, 'out');
      await sync(cwd, 'out');
      const printed = Object.entries(readTree(join(cwd, 'out')))
        .filter(([path]) => path !== 'kustomization.yaml')
        .flatMap(([, text]) => readObjects(text));
      expect(printed).toHaveLength(14);
      for (const { kind, apiVersion, metadata } of printed) {
        expect([kind, metadata.name, await isThere(kind, apiVersion, metadata.name)]).toEqual([
          kind,
          metadata.name,
          true,
        ]);
      }

      writeFileSync(join(cwd, 'in/b.yaml'), configMap.replace('"1"', '"2"'));
      writeFileSync(join(cwd, 'in/a.yaml'), secured.replace('denyAllIngress', 'denyAll'));
      await render(cwd, 'out');
      await sync(cwd, 'out');
      const policy = {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        name: 'demo-raycluster',
        namespace: 'ml',
      };
      expect((await plane.api.read(policy))['spec']).toMatchObject({ policyTypes: ['Ingress', 'Egress'] });
      const map = { apiVersion: 'v1', kind: 'ConfigMap', name: 'notes', namespace: 'ml' };
      expect((await plane.api.read(map))['data']).toEqual({ a: '2' });

      rmSync(join(cwd, 'in/c.yaml'));
      await render(cwd, 'out');
      await sync(cwd, 'out');
      expect(await isThere('RayCluster', 'ray.io/v1', 'other')).toBe(false);
      expect(await isThere('NetworkPolicy', 'networking.k8s.io/v1', 'other-raycluster')).toBe(false);
      expect(await isThere('NetworkPolicy', 'networking.k8s.io/v1', 'demo-raycluster')).toBe(true);
    });

    test('gets the steps of a split folder one after the other', async () => {
      const cwd = makeTree({ 'in/a.yaml': secured.replace('demo', 'stepwise'), 'in/b.yaml': configMap });
      await render(cwd, 'out', { split: true });
      const kustomizations = readObjects(readFileSync(join(cwd, 'out/flux.yaml'), 'utf8'));
      const paths = kustomizations.map((one) => (one['spec'] as { path: string }).path);
      expect(paths).toEqual(['./policies', './other', './pki', './ray']);
      const states = [];
      for (const path of paths) {
        await sync(cwd, 'out', path.slice(2));
        states.push([
          await isThere('NetworkPolicy', 'networking.k8s.io/v1', 'stepwise-raycluster'),
          await isThere('Certificate', 'cert-manager.io/v1', 'stepwise-raycluster-head'),
          await isThere('RayCluster', 'ray.io/v1', 'stepwise'),
        ]);
      }
      expect(states).toEqual([
        [true, false, false],
        [true, false, false],
        [true, true, false],
        [true, true, true],
      ]);
    });
  });

  test("health is KubeRay's own word, and nothing else is taken for it", async () => {
    const service = `apiVersion: ray.io/v1\nkind: RayService\nmetadata: {name: s, namespace: ml}\nspec: {rayClusterConfig: {headGroupSpec: ${group}}}\n`;
    const cwd = makeTree({ 'in/a.yaml': secured, 'in/b.yaml': service });
    await render(cwd, 'out', { split: true });
    const [last] = readObjects(readFileSync(join(cwd, 'out/flux.yaml'), 'utf8')).reverse();
    expect(last?.metadata.name).toBe('ray-ray');
    const healthCheckExprs = (last?.['spec'] as { healthCheckExprs: { kind: string }[] } | undefined)?.healthCheckExprs;
    const condition = (type: string, status: string) => ({ conditions: [{ type, status }] });
    const cases: readonly (readonly [kind: string, object: object, expected: string])[] = [
      ['RayCluster', {}, 'Unknown'],
      ['RayCluster', { status: {} }, 'InProgress'],
      ['RayCluster', { status: condition('HeadPodReady', 'True') }, 'InProgress'],
      ['RayCluster', { status: condition('RayClusterProvisioned', 'False') }, 'InProgress'],
      ['RayCluster', { status: condition('RayClusterProvisioned', 'True') }, 'Current'],
      [
        'RayCluster',
        {
          metadata: { generation: 2 },
          status: { ...condition('RayClusterProvisioned', 'True'), observedGeneration: 1 },
        },
        'InProgress',
      ],
      ['RayCluster', { spec: { suspend: true } }, 'Current'],
      ['RayService', {}, 'Unknown'],
      ['RayService', { status: condition('Ready', 'False') }, 'InProgress'],
      ['RayService', { status: condition('Ready', 'True') }, 'Current'],
    ];
    const questions = cases.map(([kind, object]) => ({
      expressions: healthCheckExprs?.find((one) => one.kind === kind),
      object: { apiVersion: 'ray.io/v1', kind, spec: {}, ...object },
    }));
    expect(JSON.parse(await flux('health', [], JSON.stringify(questions)))).toEqual(
      cases.map(([, , expected]) => expected),
    );
  });
});
