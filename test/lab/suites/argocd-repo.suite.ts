// The whole way of an application in Argo CD: a Git repository, the real repo-server with its Redis, and the real plugin server
// behind it.
import { beforeAll, expect, test } from 'vitest';
import { makeGitRepository } from '../argocd/git-repository.ts';
import { canaries, chart, kustomization, secret, writeCluster, writeConfigMap } from '../argocd/manifests.ts';
import type { Answer } from '../argocd/plugin-client.ts';
import { askRepoServer, type GitApplication } from '../argocd/repo-client.ts';
import { explainLack } from '../parts/lacking.ts';
import { startPluginServer } from '../servers/argocd-plugin.ts';
import { startRepoServer } from '../servers/argocd-repo.ts';
import { labSuite } from '../suite.ts';

interface Tracked {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
}

const made = ({ manifests }: Answer): Tracked[] => manifests.map((text) => JSON.parse(text) as Tracked);

const [withoutKustomize, withoutHelm] = [explainLack('kustomize'), explainLack('helm-4')];

labSuite('argocd-repo', { parts: ['argocd', 'argocd-packages'] }, (life) => {
  let ask: (application: GitApplication) => Promise<Answer>;

  beforeAll(async () => {
    const plugin = await startPluginServer(life, { DATABASE_PASSWORD: canaries.sidecar });
    const address = await startRepoServer(life, plugin);
    ask = (application) => askRepoServer(address, application);
  });

  test('a plain folder is expanded, and every object is tracked under its own name', async () => {
    const url = makeGitRepository({
      'ml/cluster.yaml': writeCluster('demo', { tlsOptions: {} }),
      'ml/secret.yaml': secret,
    });
    const answer = await ask({ url, path: 'ml' });
    expect(answer).toMatchObject({ sourceType: 'Plugin' });
    const objects = made(answer);
    expect(new Set(objects.map(({ kind }) => kind))).toEqual(
      new Set(['NetworkPolicy', 'Service', 'Issuer', 'Certificate', 'RayCluster', 'Secret']),
    );
    for (const { kind, metadata } of objects) {
      const group = { Issuer: 'cert-manager.io', Certificate: 'cert-manager.io', RayCluster: 'ray.io' }[kind];
      const tracked = `demo:${group ?? (kind === 'NetworkPolicy' ? 'networking.k8s.io' : '')}/${kind}:ml/${metadata.name}`;
      expect(metadata.annotations?.['argocd.argoproj.io/tracking-id']).toBe(tracked);
    }
  });

  test.skipIf(withoutKustomize !== '')(
    `a kustomization is built with the base beside it${withoutKustomize}`,
    async () => {
      const url = makeGitRepository(kustomization(writeCluster('demo', { tlsOptions: {} })));
      const objects = made(await ask({ url, path: 'overlay' }));
      expect(objects.find(({ kind }) => kind === 'RayCluster')?.metadata.name).toBe('blue-demo');
      expect(objects.map(({ kind }) => kind)).toContain('Certificate');
    },
  );

  test.skipIf(withoutHelm !== '')(`a chart is rendered under the name of the application${withoutHelm}`, async () => {
    const url = makeGitRepository(chart(writeCluster('demo', { tlsOptions: {} })));
    const objects = made(await ask({ url, path: 'chart', parameters: [{ name: 'helmSet', map: { group: 'gpu' } }] }));
    const cluster = objects.find(({ kind }) => kind === 'RayCluster');
    expect(cluster).toMatchObject({ metadata: { name: 'demo' }, spec: { workerGroupSpecs: [{ groupName: 'gpu' }] } });
    expect(objects.map(({ kind }) => kind)).toContain('Certificate');
  });

  test('parameters and variables of the application arrive', async () => {
    const url = makeGitRepository({ 'ml/cluster.yaml': writeCluster('demo', { tlsOptions: {} }) });
    const answer = await ask({
      url,
      path: 'ml',
      parameters: [
        { name: 'clusterDomain', string: 'cluster.example' },
        { name: 'monitoringNamespaces', array: ['watchers'] },
      ],
      env: { RAYSHIELD_PRIVATE_KEY_SIZE: '384' },
    });
    const text = answer.manifests.join('\n');
    for (const told of ['.svc.cluster.example', 'watchers', '"size":384']) expect(text).toContain(told);
  });

  test('files that the platform keeps from plugins are not there', async () => {
    const url = makeGitRepository({
      'cluster.yaml': writeCluster('demo'),
      'data/map.yaml': writeConfigMap('kept-back'),
    });
    expect(made(await ask({ url, path: '.' })).map(({ kind }) => kind)).not.toContain('ConfigMap');
  });

  test('an error is shown whole, from the cache after three attempts, until a hard refresh', async ({ annotate }) => {
    const url = makeGitRepository({
      'ml/cluster.yaml': writeCluster('demo', { networkIsolation: { mode: 'denyAllIngres' } }),
      'ml/secret.yaml': secret,
    });
    const attempts: Answer[] = [];
    for (let attempt = 0; attempt < 4; attempt += 1) attempts.push(await ask({ url, path: 'ml' }));
    const [first, , third, fourth] = attempts;
    expect(first?.error).toMatch(
      /`rayshield generate` failed exit status 1: cluster\.yaml:\d+:\d+: error .*spec\.networkIsolation\.mode: .+; .+$/,
    );
    await annotate(first?.error ?? '');
    expect(third?.error).toBe(first?.error);
    expect(fourth?.error).toBe(`Manifest generation error (cached): ${first?.error}`);
    const anew = await ask({ url, path: 'ml', noCache: true });
    expect(anew.error).toBe(first?.error);
    for (const { manifests, error = '' } of [...attempts, anew]) {
      expect(manifests).toEqual([]);
      for (const canary of Object.values(canaries)) expect(error).not.toContain(canary);
    }
  });

  test('an application without anything to deploy is an error, so that nothing is pruned', async () => {
    const url = makeGitRepository({ 'ml/README.md': 'nothing yet' });
    const { manifests, error } = await ask({ url, path: 'ml' });
    expect(manifests).toEqual([]);
    expect(error).toMatch(/error FOLDER_EMPTY: .+; .+$/s);
  });
});
