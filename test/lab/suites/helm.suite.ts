// docs/helm.md with Helm 3 and Helm 4 themselves: what comes out, what a failure looks like, and the traps that the page names.
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { fencedBlocks } from '../../support/page.ts';
import type { KubernetesObject } from '../cluster/api.ts';
import { installKubeRayCrds } from '../cluster/crds.ts';
import { makeToolFolder, namesIn, objectsIn, root, type ToolFolder } from '../renderers/tool-folder.ts';
import { umbrella } from '../renderers/umbrella-chart.ts';
import { startCertManager } from '../servers/cert-manager.ts';
import { type ControlPlane, makeNamespace, startControlPlane } from '../servers/control-plane.ts';
import { labSuite } from '../suite.ts';

const page = readFileSync(join(root, 'docs/helm.md'), 'utf8');
const [installPlugin = '', quickStart = ''] = fencedBlocks(page, 'sh');
const [, helm4Says = ''] = fencedBlocks(page, 'text');

const post = '--post-renderer rayshield --post-renderer-args --namespace=ml';
const operator = { RAYSHIELD_OPERATOR_NAMESPACE: 'kuberay-operator' };
const made = ['NetworkPolicy', 'Service', 'Issuer', 'Certificate'];

const keyOf = ({ kind, metadata }: KubernetesObject): string => `${kind} ${metadata.name}`;
const sorted = (objects: readonly KubernetesObject[]): KubernetesObject[] =>
  [...objects].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
const isHook = ({ metadata }: KubernetesObject): boolean => metadata.annotations?.['helm.sh/hook'] !== undefined;

for (const version of [3, 4] as const) {
  labSuite(`helm-${version}`, { parts: [`helm-${version}`] }, (life) => {
    let folder: string;
    let tools: ToolFolder;
    const run = (line: string, env: Record<string, string> = operator) => tools.run(line, { env });

    beforeAll(async () => {
      folder = life.folder('data');
      tools = makeToolFolder(folder, { helm: `helm-${version}` });
      // Where npm install --global puts it.
      mkdirSync(join(folder, 'lib/node_modules'), { recursive: true });
      symlinkSync(root, join(folder, 'lib/node_modules/rayshield'));
      const env = { npm_config_prefix: folder };
      if (version === 4) {
        const { exitCode, stderr } = await tools.run(installPlugin, { env });
        expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
      }
      mkdirSync(join(folder, 'page'));
      const { exitCode, stderr } = await tools.run(quickStart, { cwd: 'page' });
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
      tools.write(umbrella);
    });

    test('the lines of the page expand the release', () => {
      const rendered = readFileSync(join(folder, 'page/rendered.yaml'), 'utf8');
      const kinds = objectsIn(rendered).map(({ kind }) => kind);
      expect([...new Set(kinds)].sort()).toEqual([...made, 'RayCluster'].sort());
      expect(rendered).toContain('*.train-raycluster-head-nodes.ml.svc.cluster.local');
      expect(rendered).not.toMatch(/networkIsolation:|tlsOptions:|postrenderer\.helm\.sh/);
      expect(readFileSync(join(folder, 'page/rayshield.txt'), 'utf8')).toBe('');
    });

    test('objects are those of the plain filter, hooks as this Helm has them', async () => {
      const rendered = objectsIn((await run(`helm template rel umbrella --namespace ml ${post}`)).stdout);
      const plain = objectsIn((await run('helm template rel umbrella --namespace ml')).stdout);
      const piped = objectsIn(
        (await run('helm template rel umbrella --namespace ml | rayshield --namespace=ml')).stdout,
      );
      const expected =
        version === 4 ? piped : [...piped.filter((one) => !isHook(one)), ...plain.filter((one) => isHook(one))];
      expect(sorted(rendered)).toEqual(sorted(expected));
      expect(
        rendered
          .filter(isHook)
          .map(({ kind }) => kind)
          .sort(),
      ).toEqual(version === 4 ? ['Job', 'NetworkPolicy', 'NetworkPolicy', 'RayJob'] : ['Job', 'RayJob']);
    });

    test('a RayCluster of a sub-chart that has its own labels and names is protected', async () => {
      const { stdout } = await run(`helm template rel umbrella --namespace ml ${post}`);
      expect(namesIn(stdout)).toEqual(
        expect.arrayContaining([
          'RayCluster rel-ray-cluster',
          'NetworkPolicy rel-ray-cluster-raycluster',
          'Certificate rel-ray-cluster-raycluster-head',
        ]),
      );
      const ray = objectsIn(stdout).find(({ kind }) => kind === 'RayCluster');
      expect(ray?.metadata.annotations?.['rayshield.io/applied']).toBe('networkIsolation=denyAllIngress,tls=mTLS');
    });

    test('sources and comments of other documents stay', async () => {
      const { stdout } = await run(`helm template rel umbrella --namespace ml ${post}`);
      const plain = (await run('helm template rel umbrella --namespace ml')).stdout;
      const sources = [...plain.matchAll(/^# Source: .*$/gm)].map(([line]) => line);
      expect(sources).toHaveLength(4);
      for (const line of sources) expect(stdout).toContain(line);
      expect(stdout).toContain('level: "1" # why');
      expect(stdout).not.toContain('postrenderer.helm.sh');
    });

    test('a second rendering is the same', async () => {
      const line = `helm template rel umbrella --namespace ml ${post}`;
      expect((await run(line)).stdout).toBe((await run(line)).stdout);
    });

    test('a failure fails the release, and its reason can be found', async () => {
      const report = join(folder, 'report.txt');
      const env = { ...operator, RAYSHIELD_REPORT: report };
      const { exitCode, stdout, stderr } = await run(
        'helm template train page/demo --namespace ml --post-renderer rayshield',
        env,
      );
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
      const finding = /error TLS_NAMESPACE_MISSING RayCluster train .*--post-renderer-args --namespace=NAME/;
      if (version === 3) expect(stderr).toMatch(finding);
      else expect(stderr).toContain(helm4Says.trim());
      expect(readFileSync(report, 'utf8')).toMatch(finding);
      await run(`helm template train page/demo --namespace ml ${post}`, env);
      expect(readFileSync(report, 'utf8')).toBe('');
    });

    if (version === 3) {
      test('--output-dir fails, and leaves the fields in what it has written', async () => {
        const { exitCode, stderr } = await run(
          `helm template train page/demo --namespace ml ${post} --output-dir written`,
        );
        expect(exitCode).toBe(1);
        expect(stderr).toContain('INPUT_EMPTY');
        expect(readFileSync(join(folder, 'written/demo/templates/cluster.yaml'), 'utf8')).toContain(
          'networkIsolation:',
        );
      });

      test('the plugin among the plugins of Helm 3 is refused by it', async () => {
        cpSync(join(root, 'deploy/helm-plugin'), join(folder, 'plugins/rayshield'), { recursive: true });
        const { stderr } = await run('helm version', { HELM_PLUGINS: join(folder, 'plugins') });
        expect(stderr).toMatch(/failed to load plugins: .*unknown field "apiVersion"/);
      });
    } else {
      test('a hook and what protects it belong together', async () => {
        const { stdout } = await run(`helm template rel umbrella --namespace ml ${post}`);
        const hooks = objectsIn(stdout).filter((one) => isHook(one) && one.kind !== 'Job');
        for (const { metadata } of hooks)
          expect(metadata.annotations).toMatchObject({
            'helm.sh/hook': 'post-install',
            'helm.sh/hook-weight': '5',
            'helm.sh/hook-delete-policy': 'before-hook-creation',
          });
        expect(hooks.map(keyOf)).toContain('NetworkPolicy warm-up-rayjob');
      });

      test('a packed plugin needs a signature, or to be told that there is none', async () => {
        const env = { XDG_DATA_HOME: join(folder, 'packed') };
        await run(`helm plugin package ${join(root, 'deploy/helm-plugin')} --sign=false`, env);
        const unsigned = await run('helm plugin install rayshield-0.1.0.tgz', env);
        expect(unsigned.exitCode).toBe(1);
        expect(unsigned.stderr).toContain('plugin verification failed: no provenance file (.prov) found');
        expect(await run('helm plugin install rayshield-0.1.0.tgz --verify=false', env)).toMatchObject({ exitCode: 0 });
        expect(existsSync(join(folder, 'packed/helm/plugins/rayshield/plugin.yaml'))).toBe(true);
        const { exitCode } = await run(`helm template train page/demo --namespace ml ${post}`, { ...operator, ...env });
        expect(exitCode).toBe(0);
      });
    }
  });

  labSuite(`helm-${version}-release`, { parts: [`helm-${version}`, 'control-plane', 'kuberay-crds'] }, (life) => {
    let plane: ControlPlane;
    let tools: ToolFolder;
    const helm = (line: string) => tools.run(`helm ${line}`, { env: { ...operator, KUBECONFIG: plane.kubeconfig } });
    const listMade = async (): Promise<string[]> => {
      const kinds = [
        { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
        { apiVersion: 'cert-manager.io/v1', kind: 'Certificate' },
        { apiVersion: 'ray.io/v1', kind: 'RayCluster' },
      ];
      const found = await Promise.all(kinds.map((kind) => plane.api.list({ ...kind, namespace: 'ml' })));
      return found.flat().map(keyOf).sort();
    };

    beforeAll(async () => {
      plane = await startControlPlane(life);
      await startCertManager(life, plane);
      await installKubeRayCrds(plane.api, '1.6.2');
      await makeNamespace(plane.api, 'ml');
      tools = makeToolFolder(life.folder('data'), { helm: `helm-${version}` });
      tools.write(umbrella);
      // No kubelet ends a Job here.
      tools.write({
        'umbrella/templates/hooks.yaml': umbrella['umbrella/templates/hooks.yaml']?.split('---\n')[0] ?? '',
      });
      if (version === 4) await tools.run(`helm plugin install ${join(root, 'deploy/helm-plugin')}`);
    }, 120_000);

    test('is installed with its notes as they are', async () => {
      const { exitCode, stdout, stderr } = await helm(`install rel umbrella --namespace ml ${post}`);
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
      expect(stdout).toContain('NOTES:\nRay is in ml: {{ not for rayshield }}');
      const own = [
        'Certificate rel-ray-cluster-raycluster-ca',
        'Certificate rel-ray-cluster-raycluster-head',
        'Certificate rel-ray-cluster-raycluster-worker',
        'NetworkPolicy rel-ray-cluster-raycluster',
        'NetworkPolicy rel-ray-cluster-raycluster-head',
        'RayCluster rel-ray-cluster',
      ];
      const ofHook = ['NetworkPolicy warm-up-rayjob', 'NetworkPolicy warm-up-rayjob-head'];
      expect(await listMade()).toEqual([...own, ...(version === 4 ? ofHook : [])].sort());
    });

    test('what is no longer asked for goes with an upgrade', async () => {
      const { exitCode, stderr } = await helm(
        `upgrade rel umbrella --namespace ml --set ray-cluster.tlsOptions=null ${post}`,
      );
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
      const left = await listMade();
      expect(left).toContain('NetworkPolicy rel-ray-cluster-raycluster');
      expect(left.filter((name) => name.startsWith('Certificate'))).toEqual([]);
    });

    test('an upgrade that is refused changes nothing', async () => {
      const before = await listMade();
      const line = `upgrade rel umbrella --namespace ml --set ray-cluster.networkIsolation.mod=x ${post}`;
      expect(await helm(line)).toMatchObject({ exitCode: 1 });
      expect(await listMade()).toEqual(before);
    });

    test('is uninstalled with all of it, but for hooks, which Helm leaves', async () => {
      expect(await helm('uninstall rel --namespace ml')).toMatchObject({ exitCode: 0 });
      expect(await listMade()).toEqual(
        version === 4 ? ['NetworkPolicy warm-up-rayjob', 'NetworkPolicy warm-up-rayjob-head'] : [],
      );
    });
  });
}
