// `rayshield flux-controller` against a real API server with Flux's CRDs, with the rights of its own manifests, and Flux's own fetch
// and untar as the consumer of what it publishes.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../cluster/api.ts';
import { installDefinitions, readDefinitions } from '../cluster/crds.ts';
import { expandManifests } from '../cluster/expand.ts';
import { waitFor } from '../cluster/wait.ts';
import { type ControllerProcess, makeAccess, readManifests, startController } from '../flux-controller/controller.ts';
import { type Sources, startSources } from '../flux-controller/sources.ts';
import { folderOfPart, pathOfBinary } from '../parts/binary.ts';
import { type ControlPlane, makeNamespace, startControlPlane } from '../servers/control-plane.ts';
import { findFreePort } from '../servers/server.ts';
import { labSuite } from '../suite.ts';

const cluster = (name: string, mode = 'denyAll', image = 'rayproject/ray:2.46.0') => `apiVersion: ray.io/v1
kind: RayCluster
metadata: {name: ${name}, namespace: ml}
spec:
  networkIsolation: {mode: ${mode}}
  headGroupSpec:
    rayStartParams: {}
    template: {spec: {containers: [{name: ray-head, image: '${image}'}]}}
`;
const settings = { operatorNamespace: 'kuberay-operator' };
const namespace = 'flux-system';
const root = join(import.meta.dirname, '../../..');
const ownKind = { apiVersion: 'flux.rayshield.io/v1alpha1', kind: 'ExpandedSource' };
const externalKind = { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'ExternalArtifact' };
const own = { ...ownKind, namespace };
const external = { ...externalKind, namespace };

interface Status {
  readonly observedGeneration?: number;
  readonly artifact?: {
    readonly revision: string;
    readonly digest: string;
    readonly url: string;
    readonly path: string;
    readonly lastUpdateTime: string;
    readonly metadata?: Readonly<Record<string, string>>;
  };
  readonly conditions?: readonly { readonly status: string; readonly reason: string; readonly message: string }[];
}

labSuite('flux-controller', { parts: ['control-plane', 'flux-consumer'] }, (life) => {
  let plane: ControlPlane;
  let sources: Sources;
  let controller: ControllerProcess;
  let kubeconfig: string;
  let storage: string;
  let port: number;

  const statusOf = async (ref: typeof own, name: string): Promise<Status> =>
    (((await plane.api.read({ ...ref, name })) as KubernetesObject & { status?: Status }).status ?? {}) as Status;
  const ready = async (name: string, reason: string, includes = ''): Promise<Status> =>
    waitFor(
      `${name} to be ${reason} ${includes}`,
      async () => {
        const status = await statusOf(own, name);
        const [condition] = status.conditions ?? [];
        return condition?.reason === reason && condition.message.includes(includes) ? status : undefined;
      },
      { timeout: 20_000 },
    );
  const expandSource = (name: string, spec: object = {}) =>
    plane.api.apply(
      {
        ...ownKind,
        metadata: { namespace, name },
        spec: { sourceRef: { kind: 'GitRepository', name }, settings, ...spec },
      },
      { force: true },
    );
  const fetchArtifact = ({ artifact }: Status, as: string): string => {
    const folder = mkdtempSync(join(life.folder('data'), `${as}-`));
    execFileSync(pathOfBinary('flux-consumer', 'fetch-artifact'), [
      artifact?.url ?? '',
      artifact?.digest ?? '',
      folder,
    ]);
    return folder;
  };

  beforeAll(async () => {
    plane = await startControlPlane(life);
    const { api } = plane;
    await makeNamespace(api, namespace);
    await installDefinitions(api, readDefinitions(join(folderOfPart('flux-consumer'), 'crds')));
    await installDefinitions(api, readManifests('crd.yaml') as never);
    for (const object of readManifests('rbac.yaml')) await api.apply(object);
    sources = await startSources(life, api);
    kubeconfig = await makeAccess(life, plane);
    storage = join(life.folder('data'), 'storage');
    port = await findFreePort();
    controller = await startController(life, { kubeconfig, name: 'first', storage, port });
    await waitFor('the controller to serve', async () => (await controller.isServing()) || undefined);
  });

  test('its manifests and the example are what the API server takes', async () => {
    for (const file of ['deployment.yaml', 'service.yaml', 'network-policy.yaml'])
      for (const object of readManifests(file)) await plane.api.apply(object, { dryRun: true });
    for (const object of readManifests('example.yaml'))
      if (object.kind !== 'Kustomization') await plane.api.apply(object, { dryRun: true });
  });

  test("an artifact is accepted by Flux's own fetch and untar, and holds what expand prints, byte for byte", async () => {
    const text = cluster('train');
    await sources.set(namespace, 'train', [{ name: 'train.yaml', text }]);
    await expandSource('train');
    await ready('train', 'Succeeded');
    const status = await statusOf(external, 'train');
    const folder = fetchArtifact(status, 'train');
    const expanded = await expandManifests(text, { 'operator-namespace': 'kuberay-operator' });
    expect(readdirSync(folder).sort()).toEqual(['kustomization.yaml', 'manifests.yaml']);
    expect(readFileSync(join(folder, 'manifests.yaml'), 'utf8')).toBe(expanded.text);
    expect(statSync(join(folder, 'manifests.yaml')).mode & 0o777).toBe(0o600);
    expect(status.artifact?.metadata?.['org.opencontainers.image.revision']).toMatch(/^main@sha1:/);
    const object = (await plane.api.read({ ...external, name: 'train' })) as KubernetesObject & { spec: object };
    expect(object.spec).toEqual({ sourceRef: { ...own, name: 'train' } });
    expect(object.metadata.ownerReferences).toMatchObject([{ kind: 'ExpandedSource', name: 'train' }]);
  });

  test('the same content under a new revision of the source wakes nobody', async () => {
    const before = await statusOf(external, 'train');
    await sources.set(namespace, 'train', [
      { name: 'train.yaml', text: cluster('train') },
      { name: 'README.md', text: 'new' },
    ]);
    await waitFor('the new revision to be seen', async () => {
      const { artifact } = await statusOf(external, 'train');
      return artifact?.metadata?.['org.opencontainers.image.revision'] !==
        before.artifact?.metadata?.['org.opencontainers.image.revision']
        ? artifact
        : undefined;
    });
    const { metadata: _, ...artifact } = (await statusOf(external, 'train')).artifact ?? {};
    const { metadata: __, ...old } = before.artifact ?? {};
    expect(artifact).toEqual(old);
  });

  test('where the source is refused the last good artifact stays, the condition says why, and mending it is enough', async () => {
    const good = await statusOf(external, 'train');
    await sources.set(namespace, 'train', [{ name: 'train.yaml', text: cluster('train', 'denyAl') }]);
    const { conditions } = await ready('train', 'RenderFailed');
    expect(conditions?.[0]?.status).toBe('False');
    expect(conditions?.[0]?.message).toMatch(/^train\.yaml:5:\d+: error \w+ RayCluster ml\/train/);
    const kept = await statusOf(external, 'train');
    expect(kept.artifact).toEqual(good.artifact);
    expect(kept.conditions).toMatchObject([{ status: 'False', reason: 'RenderFailed' }]);
    fetchArtifact(kept, 'kept');
    await sources.set(namespace, 'train', [{ name: 'train.yaml', text: cluster('train', 'denyAllIngress') }]);
    await ready('train', 'Succeeded');
    const mended = await statusOf(external, 'train');
    expect(mended.artifact?.revision).not.toBe(good.artifact?.revision);
    expect(readFileSync(join(fetchArtifact(mended, 'mended'), 'manifests.yaml'), 'utf8')).toContain('NetworkPolicy');
  });

  test('a setting of the object, a path and a suspension count', async () => {
    await sources.set(namespace, 'parts', [
      { name: 'a/one.yaml', text: cluster('one') },
      { name: 'b/two.yaml', text: cluster('two') },
    ]);
    await expandSource('parts', { path: './b' });
    await ready('parts', 'Succeeded');
    const of = async () =>
      readFileSync(join(fetchArtifact(await statusOf(external, 'parts'), 'parts'), 'manifests.yaml'), 'utf8');
    expect(await of()).toContain('two-raycluster');
    expect(await of()).not.toContain('one-raycluster');
    await expandSource('parts', { path: './a', settings: { operatorNamespace: 'elsewhere' } });
    await waitFor('the other path', async () => (await of()).includes('elsewhere') || undefined);
    await expandSource('parts', { path: './a', settings: { operatorNamespac: 'elsewhere' } });
    await ready('parts', 'RenderFailed', 'operatorNamespace');
    await expandSource('parts', { path: '../..' });
    await ready('parts', 'RenderFailed', 'spec.path');
  });

  test('what cannot be is said in the condition', async () => {
    await expandSource('nowhere');
    await ready('nowhere', 'SourceNotFound', 'GitRepository flux-system/nowhere');
    await makeNamespace(plane.api, 'other');
    await expandSource('crossing', { sourceRef: { kind: 'GitRepository', name: 'train', namespace: 'other' } });
    await ready('crossing', 'AccessDenied', '--allow-cross-namespace-refs');
    await expandSource('itself', { sourceRef: { kind: 'ExternalArtifact', name: 'itself' } });
    await ready('itself', 'AccessDenied', 'name another source');
    const foreign = { sourceRef: { apiVersion: 'example.com/v1', kind: 'Other', name: 'taken' } };
    await plane.api.apply({ ...externalKind, metadata: { namespace, name: 'taken' }, spec: foreign });
    await sources.set(namespace, 'taken', [{ name: 'a.yaml', text: cluster('taken') }]);
    await expandSource('taken');
    await ready('taken', 'NameTaken');
    expect(((await plane.api.read({ ...external, name: 'taken' })) as never as { spec: object }).spec).toEqual(foreign);
    await sources.setBytes(namespace, 'junk', Buffer.from('no archive'));
    await expandSource('junk');
    await ready('junk', 'RenderFailed', 'no gzip');
  });

  test('what is deleted is gone from the cluster and from the disk', async () => {
    const { artifact } = await statusOf(external, 'parts');
    await plane.api.remove({ ...own, name: 'parts' });
    await waitFor('the ExternalArtifact to go', () =>
      plane.api.read({ ...external, name: 'parts' }).then(
        () => undefined,
        () => true,
      ),
    );
    await waitFor('the file to go', async () => ((await fetch(artifact?.url ?? '')).status === 404 ? true : undefined));
  });

  test('an ExternalArtifact that somebody removes is made again', async () => {
    const { artifact } = await statusOf(external, 'train');
    await plane.api.remove({ ...external, name: 'train' });
    const again = await waitFor('it to be back', async () => (await statusOf(external, 'train')).artifact);
    expect(again.revision).toBe(artifact?.revision);
  });

  test('a restart with an empty or a spoilt storage rebuilds it, under the same revisions', async () => {
    const before = await statusOf(external, 'train');
    const ended = await controller.stop();
    expect(ended.exitCode).toBe(0);
    expect(ended.took).toBeLessThan(5000);
    writeFileSync(join(storage, before.artifact?.path ?? ''), 'spoilt');
    controller = await startController(life, { kubeconfig, name: 'second', storage, port });
    await waitFor('the file to be whole', async () => {
      const response = await fetch(before.artifact?.url ?? '');
      return response.ok && !(await response.text()).includes('spoilt') ? true : undefined;
    });
    fetchArtifact(before, 'again');
    await controller.stop();
    rmSync(storage, { recursive: true });
    controller = await startController(life, { kubeconfig, name: 'third', storage, port });
    await waitFor('the file to be back', async () => (await fetch(before.artifact?.url ?? '')).ok || undefined);
    expect((await statusOf(external, 'train')).artifact).toEqual(before.artifact);
  });

  test('2,000 reconciliations take a tenth more memory at most, and one bad source stops none of them', async () => {
    const [objects, warmUp, rounds] = [50, 25, 40];
    const names = Array.from({ length: objects }, (_, index) => `many-${index}`);
    const scrape = async () => (await fetch(`http://${controller.health}/metrics`)).text();
    const metricOf = (text: string, metric: string): number =>
      Number(
        text
          .split('\n')
          .find((line) => line.startsWith(`${metric} `))
          ?.split(' ')[1] ?? 0,
      );
    const countOf = (text: string, reason: string) =>
      metricOf(text, `rayshield_reconciliations_total{reason="${reason}"}`);
    await Promise.all(names.map((name) => expandSource(name)));
    const start = await waitFor('all objects to be seen', async () => {
      const text = await scrape();
      return countOf(text, 'SourceNotFound') >= objects ? text : undefined;
    });
    /** Gives each source new content, the first one content that is refused; the memory after all have been reconciled. */
    const round = async (number: number): Promise<number> => {
      const give = (name: string, index: number) => {
        const text = cluster(name, index === 0 ? 'denyAl' : 'denyAll', `rayproject/ray:2.46.0-${number}`);
        return sources.set(namespace, name, [{ name: 'cluster.yaml', text }]);
      };
      await Promise.all(names.map(give));
      return waitFor(`round ${number}`, async () => {
        const text = await scrape();
        const good = countOf(text, 'Succeeded') - countOf(start, 'Succeeded');
        const bad = countOf(text, 'RenderFailed') - countOf(start, 'RenderFailed');
        const isDone = good >= number * (objects - 1) && bad >= number;
        return isDone ? metricOf(text, 'process_resident_memory_bytes') : undefined;
      });
    };
    const run = async (from: number, count: number): Promise<number[]> => {
      const memory: number[] = [];
      for (let number = from; number < from + count; number += 1) memory.push(await round(number));
      return memory;
    };
    const before = Math.max(...(await run(1, warmUp)));
    const began = performance.now();
    const after = await run(warmUp + 1, rounds);
    const seconds = (performance.now() - began) / 1000;
    // How long they took is no matter of a test: docs/performance.md has it.
    writeFileSync(
      join(root, 'reports/flux-controller.json'),
      JSON.stringify({ reconciliations: objects * rounds, seconds, before, after }),
    );
    // Garbage is collected every two thousand or so: what counts is what stays, so the last rounds must have seen a collection.
    const growth = (): number => Math.min(...after.slice(-15)) / before;
    for (let more = 1; growth() >= 1.1 && more <= 60; more += 1) after.push(await round(warmUp + rounds + more));
    expect(growth()).toBeLessThan(1.1);
  }, 600_000);

  describe('of two replicas', () => {
    let second: ControllerProcess;
    const name = 'rayshield-flux-controller';
    const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace, name };
    const holder = async () =>
      ((await plane.api.read(lease)) as never as { spec: { holderIdentity: string } }).spec.holderIdentity;

    test('one serves, and the other takes over as soon as the first lets go', async () => {
      second = await startController(life, { kubeconfig, name: 'standby', storage: `${storage}-2` });
      expect(await holder()).toMatch(/^third_/);
      expect([await controller.isServing(), await second.isServing()]).toEqual([true, false]);
      await controller.stop();
      const began = performance.now();
      await waitFor('the other to serve', async () => (await second.isServing()) || undefined);
      // Without release it would be the whole 15 s of the lease.
      expect(performance.now() - began).toBeLessThan(8000);
      expect(await holder()).toMatch(/^standby_/);
    });

    test('who has lost the lease stops serving and ends with 1', async () => {
      const present = (await plane.api.read(lease)) as KubernetesObject & { spec: object };
      const spec = { ...present.spec, holderIdentity: 'thief', leaseDurationSeconds: 3600 };
      await plane.api.patch(lease, { spec });
      await waitFor('it to stop serving', async () => !(await second.isServing()) || undefined, { timeout: 30_000 });
      expect((await second.stop()).exitCode).toBe(1);
      expect(second.log().map(({ msg }) => msg)).toContainEqual(expect.stringMatching(/^the lease is lost/));
      await plane.api.remove(lease);
    });
  });
});
