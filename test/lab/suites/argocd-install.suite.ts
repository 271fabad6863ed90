// The installation in Argo CD: the components built by kustomize over deployments shaped like Argo CD's own, all of it and the
// examples shown to an API server with Argo CD's definitions, and the health checks in Argo CD's own Lua.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { readHealthChecks } from '../../../build/generated/argocd-health.ts';
import { readHealthCases } from '../../support/health-cases.ts';
import { installDefinitions, readDefinitions } from '../cluster/crds.ts';
import { folderOfPart, pathOfBinary } from '../parts/binary.ts';
import { type ControlPlane, startControlPlane } from '../servers/control-plane.ts';
import { labSuite } from '../suite.ts';

const project = join(import.meta.dirname, '../../..');
const namespace = 'argocd';

interface Built {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: { readonly template: { readonly spec: PodSpec } };
}

interface PodSpec {
  readonly containers: readonly { readonly name: string; readonly image: string }[];
  readonly volumes: readonly { readonly name: string; readonly configMap?: { readonly name: string } }[];
}

async function build(folder: string): Promise<readonly Built[]> {
  const path = join(project, 'fixtures/argocd-install', folder);
  const { stdout } = await execa(pathOfBinary('kustomize', 'kustomize'), ['build', path]);
  return parseAllDocuments(stdout).map((document) => document.toJS());
}

const podOf = (objects: readonly Built[]): PodSpec | undefined =>
  objects.find(({ kind }) => kind === 'Deployment')?.spec?.template.spec;

const platformOf = (objects: readonly Built[]): Built | undefined =>
  objects.find(({ metadata }) => metadata.name.startsWith('rayshield-platform-'));

labSuite('argocd-install', { parts: ['control-plane', 'kustomize', 'argocd'] }, (life) => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane(life);
    await plane.api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    await installDefinitions(plane.api, readDefinitions(join(folderOfPart('argocd'), 'crds')));
  });

  describe.each(['2.14', '3.5'])('Argo CD %s', (release) => {
    test('gets the sidecar beside its repo-server, and the health checks', async () => {
      const objects = await build(release);
      const pod = podOf(objects);
      expect(pod?.containers.map(({ name, image }) => [name, image])).toEqual([
        ['rayshield', 'registry.example/platform/rayshield:0.1.0'],
        ['argocd-repo-server', `argocd:${release}`],
      ]);
      const platform = pod?.volumes.find(({ name }) => name === 'rayshield-platform')?.configMap?.name;
      expect(platform).toBe(platformOf(objects)?.metadata.name);
      const settings = objects.find(({ metadata }) => metadata.name === 'argocd-cm')?.data ?? {};
      for (const [kind, check] of Object.entries(readHealthChecks()))
        expect(settings[`resource.customizations.health.${kind}`]).toBe(check);
    });

    test('is taken by the API server as it is', async () => {
      for (const object of await build(release)) await plane.api.apply(object, { dryRun: true, namespace });
    });
  });

  test('a platform file of the team takes the place of the one that asks for nothing, and restarts the sidecar', async () => {
    const [own, given] = [platformOf(await build('platform')), platformOf(await build('3.5'))];
    expect(parse(own?.data?.['platform.yaml'] ?? '').spec.settings).toEqual({ operatorNamespace: 'kuberay-operator' });
    expect(own?.metadata.name).not.toBe(given?.metadata.name);
  });

  const examples = readdirSync(join(project, 'deploy/examples/argocd'));

  test.each(examples)('deploy/examples/argocd/%s is taken', async (name) => {
    const text = readFileSync(join(project, 'deploy/examples/argocd', name), 'utf8');
    await plane.api.apply(text, { dryRun: true, namespace });
  });

  describe.each(Object.entries(readHealthCases()))('the health of %s', (key, cases) => {
    test("is the same in Argo CD's own Lua", async () => {
      const [group = '', kind = ''] = key.split('_');
      const settings = parse(readFileSync(join(project, 'deploy/argocd/health/argocd-cm.yaml'), 'utf8')).data;
      const objects = cases.map(({ object }) => ({ apiVersion: `${group}/v1`, kind, ...object }));
      const { stdout } = await execa(pathOfBinary('argocd', 'argocd-health'), {
        input: JSON.stringify({ settings, objects }),
      });
      expect(JSON.parse(stdout)).toEqual(cases.map(({ health }) => health));
    });
  });
});
