// rayshield as Argo CD runs it: the real plugin server with our plugin.yaml, asked as a repo-server asks.
import { chmodSync, readdirSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { settingNames } from '../../../plugin/settings/table.ts';
import { makeTree } from '../../support/workdir.ts';
import type { Application, Parameter } from '../argocd/application.ts';
import { sayByHand } from '../argocd/by-hand.ts';
import {
  canaries,
  chart,
  joinDocuments,
  kustomization,
  secret,
  writeCluster,
  writeConfigMap,
} from '../argocd/manifests.ts';
import { type Answer, openPluginClient, type PluginClient } from '../argocd/plugin-client.ts';
import { listStarted, watchStarted } from '../argocd/processes.ts';
import { waitFor } from '../cluster/wait.ts';
import { explainLack } from '../parts/lacking.ts';
import { type PluginServer, startPluginServer } from '../servers/argocd-plugin.ts';
import { labSuite } from '../suite.ts';

interface Made {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: Record<string, unknown>;
}

const made = ({ manifests }: Answer): Made[] => manifests.map((text) => JSON.parse(text) as Made);

const kindsOf = (answer: Answer): string[] => made(answer).map(({ kind }) => kind);

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

const settingsHeader = `apiVersion: rayshield.io/v1alpha1
kind: RayShield
metadata:
  name: rayshield
spec:
  settings:
`;

// Argo CD kills what is left of a call after five seconds (cmpserver/plugin/plugin.go).
const patient = { timeout: 8_000 };

const [withoutKustomize, withoutHelm] = [explainLack('kustomize'), explainLack('helm-4')];

/** Argo CD shows a failure to everybody who may see the application. */
const longest = 8 * 1024;

labSuite('argocd-cmp', { parts: ['argocd'] }, (life) => {
  let server: PluginServer;
  let client: PluginClient;
  const sidecar = { DATABASE_PASSWORD: canaries.sidecar };

  beforeAll(async () => {
    server = await startPluginServer(life, sidecar);
    client = openPluginClient(life, server.socket);
  });

  /** Generates, and wants a failure of the plugin that shows what rayshield says by itself, whole, safe and short. */
  async function fail(application: Application): Promise<string> {
    const asked = { env: { TOKEN: canaries.application }, ...application };
    const answer = await client.generate(asked);
    expect(answer).toMatchObject({ manifests: [], code: 'UNKNOWN' });
    const { error = '' } = answer;
    const [, status, said = ''] =
      /^error generating manifests: `rayshield generate` failed exit status (\d): (.*)$/s.exec(error) ?? [];
    expect(status, error).toBe('1');
    expect(said).toBe(await sayByHand(asked, server.bin));
    expect(said.split('\n')[0]).toMatch(/^(\S+: )?error [A-Z_]+( .+)?: .+; .+$/);
    expect(Buffer.byteLength(error)).toBeLessThan(longest);
    for (const canary of Object.values(canaries)) expect(error).not.toContain(canary);
    return said;
  }

  test('no application is taken over that does not name the plugin', async () => {
    const repository = makeTree({ 'cluster.yaml': writeCluster('demo') });
    expect(await client.match({ repository })).toEqual({ isSupported: false, isDiscoveryEnabled: false });
  });

  test('every setting is announced, under its name', async () => {
    const repository = makeTree({ 'cluster.yaml': writeCluster('demo') });
    const announced = await client.announce({ repository });
    expect(announced.map(({ name }) => name)).toEqual(settingNames);
    for (const { title, collectionType } of announced) {
      expect(title).not.toBe('');
      expect(['string', 'array', 'map']).toContain(collectionType);
    }
  });

  describe('a plain folder', () => {
    test('is expanded, and everything else comes along', async () => {
      const repository = makeTree({
        'README.md': 'no manifest',
        'ml/cluster.yaml': writeCluster('demo', { tlsOptions: {} }),
        'ml/secret.yaml': secret,
        'other/cluster.yaml': writeCluster('other'),
      });
      const answer = await client.generate({ repository, path: 'ml' });
      expect(answer.error).toBeUndefined();
      expect(new Set(kindsOf(answer))).toEqual(
        new Set(['NetworkPolicy', 'Service', 'Issuer', 'Certificate', 'RayCluster', 'Secret']),
      );
      expect(
        made(answer)
          .filter(({ kind }) => kind === 'RayCluster')
          .map(({ metadata }) => metadata.name),
      ).toEqual(['demo']);
      expect(made(answer).find(({ kind }) => kind === 'RayCluster')?.spec).not.toHaveProperty('networkIsolation');
      expect(answer.manifests.join()).toContain(canaries.secret);
    });

    test('gives the same bytes twice, whatever the modes of its files', async () => {
      const repository = makeTree({ 'a.yaml': writeCluster('one', { tlsOptions: {} }), 'b.yaml': writeCluster('two') });
      const first = await client.generate({ repository });
      expect(first.manifests.length).toBeGreaterThan(8);
      expect(await client.generate({ repository })).toEqual(first);
      chmodSync(join(repository, 'a.yaml'), 0o000);
      chmodSync(join(repository, 'b.yaml'), 0o777);
      expect(await client.generate({ repository })).toEqual(first);
    });

    test('may hold 300 Ray clusters in one file', async () => {
      const documents = numbers(300).map((index) => writeCluster(`demo-${index}`));
      const repository = makeTree({ 'clusters.yaml': joinDocuments(documents) });
      const answer = await client.generate({ repository });
      const clusters = made(answer).filter(({ kind }) => kind === 'RayCluster');
      expect(clusters.map(({ metadata }) => metadata.name)).toEqual(numbers(300).map((index) => `demo-${index}`));
      const [policies] = [made(answer).filter(({ kind }) => kind === 'NetworkPolicy')];
      expect(policies.length).toBeGreaterThanOrEqual(300);
    });

    test('may hold 10,000 files', async () => {
      const files = numbers(10_000).map((index) => [`${index % 100}/${index}.yaml`, writeConfigMap(`map-${index}`)]);
      const repository = makeTree({ ...Object.fromEntries(files), 'cluster.yaml': writeCluster('demo') });
      const answer = await client.generate({ repository });
      expect(answer.error).toBeUndefined();
      expect(new Set(made(answer).map(({ metadata }) => metadata.name)).size).toBeGreaterThan(10_000);
      expect(kindsOf(answer).filter((kind) => kind === 'ConfigMap')).toHaveLength(10_000);
      expect(kindsOf(answer)).toContain('RayCluster');
    });
  });

  describe(`a kustomization${withoutKustomize}`, { skip: withoutKustomize !== '' }, () => {
    test('is built, with what it takes from beside it, and then expanded', async () => {
      const repository = makeTree(kustomization(writeCluster('demo', { tlsOptions: {} })));
      const answer = await client.generate({ repository, path: 'overlay' });
      expect(answer.error).toBeUndefined();
      const [cluster] = made(answer).filter(({ kind }) => kind === 'RayCluster');
      expect(cluster?.metadata.name).toBe('blue-demo');
      expect(cluster?.spec).not.toHaveProperty('networkIsolation');
      expect(kindsOf(answer)).toContain('Certificate');
      expect(await client.generate({ repository, path: 'overlay' })).toEqual(answer);
    });

    test('that cannot be built is refused with what kustomize said', async () => {
      const files = kustomization(writeCluster('demo'));
      const repository = makeTree({ ...files, 'overlay/kustomization.yaml': 'resources: [../base]\npatchez: []\n' });
      expect(await fail({ repository, path: 'overlay' })).toMatch(/^kustomization\.yaml(:\d+:\d+)?: error .*patchez/);
    });

    test('that leads out of the repository is refused', async () => {
      const resources = ['../../elsewhere', 'https://example.com/base.yaml'];
      for (const resource of resources) {
        const repository = makeTree({ 'overlay/kustomization.yaml': `resources: [${resource}]\n` });
        expect(await fail({ repository, path: 'overlay' })).toMatch(/^kustomization\.yaml(:\d+:\d+)?: error [A-Z_]+/);
      }
    });

    test('whose tool hangs leaves nothing behind when the caller gives up', async () => {
      const other = await startPluginServer(life, sidecar, 'argocd-cmp-server-hanging');
      rmSync(join(other.bin, 'kustomize'));
      writeFileSync(join(other.bin, 'kustomize'), '#!/bin/sh\n/bin/sleep 600\n', { mode: 0o755 });
      const repository = makeTree(kustomization(writeCluster('demo')));
      const asking = openPluginClient(life, other.socket).generate({ repository, path: 'overlay' }, 4_000);
      const { result, processes } = await watchStarted(other, asking);
      expect(result).toMatchObject({ manifests: [] });
      // rayshield, the shell, and what it waits for.
      expect(processes).toBe(3);
      await waitFor('the tool to be gone', async () => listStarted(other).length === 0 || undefined, patient);
      expect(readdirSync(other.work)).toEqual([]);
      // It was killed before it could remove the home that it had given to the tool: a later run does.
      const [left, ...more] = readdirSync(other.temporary);
      expect(more).toEqual([]);
      const longAgo = Date.now() / 1000 - 2 * 60 * 60;
      utimesSync(join(other.temporary, left ?? ''), longAgo, longAgo);
      rmSync(join(other.bin, 'kustomize'));
      expect((await openPluginClient(life, other.socket).generate({ repository, path: 'overlay' })).error).toMatch(
        /TOOL_MISSING/,
      );
      expect(readdirSync(other.temporary)).toEqual([]);
    });
  });

  describe(`a chart${withoutHelm}`, { skip: withoutHelm !== '' }, () => {
    test('is rendered with the values of files and parameters, and then expanded', async () => {
      const repository = makeTree(chart(writeCluster('demo', { tlsOptions: {} })));
      const parameters = [
        { name: 'helmReleaseName', string: 'green' },
        { name: 'helmValueFiles', array: ['values-production.yaml'] },
        { name: 'helmSet', map: { replicas: '2' } },
      ];
      const answer = await client.generate({ repository, path: 'chart', parameters });
      expect(answer.error).toBeUndefined();
      const [cluster] = made(answer).filter(({ kind }) => kind === 'RayCluster');
      expect(cluster?.metadata.name).toBe('green');
      expect(cluster?.spec).toMatchObject({ workerGroupSpecs: [{ groupName: 'gpu', replicas: 2 }] });
      expect(kindsOf(answer)).toContain('Certificate');
      expect(await client.generate({ repository, path: 'chart', parameters })).toEqual(answer);
    });

    test('may have its own settings beside it', async () => {
      const settings = `${settingsHeader}    clusterDomain: chart.example\n`;
      const repository = makeTree({
        ...chart(writeCluster('demo', { tlsOptions: {} })),
        'chart/rayshield.yaml': settings,
      });
      const answer = await client.generate({ repository, path: 'chart' });
      expect(answer.manifests.join()).toContain('.svc.chart.example');
      expect(kindsOf(answer)).not.toContain('RayShield');
    });

    test('that cannot be rendered is refused with what Helm said', async () => {
      const files = chart(writeCluster('demo'));
      const broken = '{{ fail "the group has no name" }}\n';
      const repository = makeTree({ ...files, 'chart/templates/broken.yaml': broken });
      expect(await fail({ repository, path: 'chart' })).toMatch(/error .*the group has no name/);
    });

    test.each(['../../../../etc/passwd', '../secrets.yaml', '/etc/passwd', 'https://example.com/values.yaml'])(
      'takes no values from %s',
      async (file) => {
        const repository = makeTree({ ...chart(writeCluster('demo')), 'chart/empty.yaml': '' });
        const parameters = [{ name: 'helmValueFiles', array: [file] }];
        expect(await fail({ repository, path: 'chart', parameters })).not.toContain('root:');
      },
    );
  });

  describe('settings', () => {
    const repositoryOf = (settings = ''): string =>
      makeTree({
        'cluster.yaml': writeCluster('demo', { tlsOptions: {} }),
        ...(settings !== '' && { 'rayshield.yaml': `${settingsHeader}${settings}` }),
      });
    const domainOf = (answer: Answer): string[] =>
      made(answer)
        .filter(({ kind }) => kind === 'Certificate')
        .flatMap(({ spec }) => (spec['dnsNames'] as string[] | undefined) ?? [])
        .filter((name) => name.startsWith('*'))
        .map((name) => name.slice(name.indexOf('.svc.') + 5));
    const generateWith = (parameters: readonly Parameter[]): Promise<Answer> =>
      client.generate({ repository: repositoryOf(), parameters });

    test('come as a text, a list, a number and a truth value from parameters', async () => {
      const answer = await generateWith([
        { name: 'clusterDomain', string: 'cluster.example' },
        { name: 'monitoringNamespaces', array: ['watchers', 'more-watchers'] },
        { name: 'privateKeySize', string: '384' },
        { name: 'skipDryRun', string: 'false' },
      ]);
      expect(answer.error).toBeUndefined();
      expect(new Set(domainOf(answer))).toEqual(new Set(['cluster.example']));
      const text = answer.manifests.join('\n');
      for (const told of ['more-watchers', '"size":384']) expect(text).toContain(told);
      expect(text).not.toContain('SkipDryRunOnMissingResource');
    });

    test('come from a file beside the manifests, which is no manifest, and from plugin.env', async () => {
      const repository = repositoryOf('    clusterDomain: file.example\n    privateKeySize: 521\n');
      const answer = await client.generate({ repository, env: { RAYSHIELD_CLUSTER_DOMAIN: 'variable.example' } });
      expect(answer.error).toBeUndefined();
      expect(new Set(domainOf(answer))).toEqual(new Set(['variable.example']));
      expect(answer.manifests.join('\n')).toContain('"size":521');
      expect(kindsOf(answer)).not.toContain('RayShield');
    });

    test('the namespace is that of the destination', async () => {
      const answer = await client.generate({ repository: repositoryOf(), namespace: 'team-a' });
      const spaces = new Set(made(answer).map(({ metadata }) => metadata.namespace));
      expect(spaces).toEqual(new Set(['team-a']));
    });

    test('whatever the destination serves may be told at length, or not at all', async () => {
      const many = numbers(3_300).map((index) => `group-${index}.example.com/v1/SomeKind${index}`);
      const served = ['cert-manager.io/v1', 'cert-manager.io/v1/Certificate', 'ray.io/v1', ...many].sort();
      const repository = repositoryOf();
      const without = await client.generate({ repository });
      expect(without.error).toBeUndefined();
      // An environment variable holds 128 KiB at most (execve(2), MAX_ARG_STRLEN).
      expect(served.join(',').length).toBeGreaterThan(120_000);
      expect(served.join(',').length).toBeLessThan(131_000);
      expect(await client.generate({ repository, apiVersions: served })).toEqual(without);
      expect(await client.generate({ repository, apiVersions: [] })).toEqual(without);
      const tooMany = [...served, ...many.map((name) => `more-${name}`)];
      expect(await client.generate({ repository, apiVersions: tooMany })).toMatchObject({
        manifests: [],
        error: expect.stringContaining('argument list too long'),
      });
    });
  });

  describe('a failure is shown whole, says what and where, and holds nothing that is secret', () => {
    const cluster = writeCluster('demo');

    test('in reading', async () => {
      const repository = makeTree({ 'ml/cluster.yaml': cluster.replace('value: ', 'value: "open ') });
      expect(await fail({ repository, path: 'ml' })).toMatch(/^cluster\.yaml:\d+:\d+: error /);
    });

    // It is not ours to read: Argo CD refuses it when it takes our output apart.
    test('in Argo CD itself, where a document of others is no YAML', async () => {
      const broken = secret.replace('password: ', 'password: "open ');
      const { manifests, error } = await client.generate({
        repository: makeTree({ 'cluster.yaml': cluster, 'secret.yaml': broken }),
      });
      expect(manifests).toEqual([]);
      expect(error).toMatch(/^error generating manifests: failed to unmarshal manifest: .*yaml: line \d+/);
      expect(error).not.toContain(canaries.secret);
    });

    test('in the settings file', async () => {
      const settings = `${settingsHeader}    clusterDomian: ${canaries.secret}\n`;
      const repository = makeTree({ 'cluster.yaml': cluster, 'rayshield.yaml': settings });
      expect(await fail({ repository })).toMatch(/^rayshield\.yaml:7:5: error \w+ .*clusterDomian.*; .+/);
    });

    test.each<[title: string, parameter: Parameter, code: string]>([
      ['of an unknown name', { name: 'clusterDomian', string: 'x' }, 'SETTING_UNKNOWN'],
      ['with a list where a text belongs', { name: 'clusterDomain', array: ['x', 'y'] }, 'PARAMETER_TYPE'],
      ['with a map where a text belongs', { name: 'clusterDomain', map: { x: 'y' } }, 'PARAMETER_TYPE'],
      ['with no value at all', { name: 'clusterDomain' }, 'PARAMETERS_FORM'],
    ])('in a parameter %s', async (_, parameter, code) => {
      const repository = makeTree({ 'cluster.yaml': cluster });
      expect(await fail({ repository, parameters: [parameter] })).toMatch(new RegExp(`^error ${code}: `));
    });

    test('in plugin.env', async () => {
      const repository = makeTree({ 'cluster.yaml': cluster });
      const env = { RAYSHIELD_CLUSTER_DOMIAN: canaries.application };
      expect(await fail({ repository, env })).toContain('ARGOCD_ENV_RAYSHIELD_CLUSTER_DOMIAN');
    });

    test('in the schema of a Ray object', async () => {
      const repository = makeTree({ 'cluster.yaml': cluster.replace('rayStartParams', 'rayStartParms') });
      expect(await fail({ repository })).toMatch(/^cluster\.yaml:\d+:\d+: error \w+ RayCluster \S*demo spec\./);
    });

    test('in isolation', async () => {
      const repository = makeTree({ 'cluster.yaml': cluster.replace('denyAllIngress', 'denyAllIngres') });
      expect(await fail({ repository })).toMatch(/^cluster\.yaml:\d+:\d+: error .*spec\.networkIsolation\.mode/);
    });

    test('in TLS, where the destination has no cert-manager', async () => {
      const repository = makeTree({ 'cluster.yaml': writeCluster('demo', { tlsOptions: {} }) });
      const apiVersions = ['apps/v1', 'ray.io/v1', 'ray.io/v1/RayCluster', 'v1', 'v1/Pod'];
      expect(await fail({ repository, apiVersions })).toMatch(/^cluster\.yaml:\d+:\d+: error .*cert-manager\.io\/v1/);
    });

    test('where nothing would be left of the application', async () => {
      const repository = makeTree({ 'ml/comment.yaml': '# nothing yet\n', 'empty/README.md': 'no manifest' });
      expect(await fail({ repository, path: 'ml' })).toMatch(/^error NOTHING_RENDERED: /);
      expect(await fail({ repository, path: 'empty' })).toMatch(/error FOLDER_EMPTY: /);
    });

    test('in 300 places at once', async () => {
      const documents = numbers(300).map((index) =>
        writeCluster(`demo-${index}`, { networkIsolation: { mode: 'all' } }),
      );
      const repository = makeTree({ 'clusters.yaml': joinDocuments(documents) });
      expect(await fail({ repository })).toMatch(/more \w+$/m);
    });
  });

  describe('a poisoned repository', () => {
    test('with a link that leaves it is not unpacked', async () => {
      const repository = makeTree({ 'cluster.yaml': writeCluster('demo') });
      symlinkSync('../../../../etc/passwd', join(repository, 'link.yaml'));
      const { manifests, error } = await client.generate({ repository });
      expect(manifests).toEqual([]);
      expect(error).toMatch(/^generate manifest error receiving stream: .*symlink/);
    });

    // The server takes it for one below its own folder, where there is no such file.
    test('with a link to an absolute path is refused', async () => {
      const repository = makeTree({ 'cluster.yaml': writeCluster('demo') });
      symlinkSync('/etc/passwd', join(repository, 'link.yaml'));
      const { manifests, error } = await client.generate({ repository });
      expect(manifests).toEqual([]);
      expect(error).toMatch(/`rayshield generate` failed exit status 1: link\.yaml: error LINK_\w+: .+; .+/);
    });

    test('with a link that stays in it is read, as Argo CD reads it', async () => {
      const repository = makeTree({ 'ml/cluster.yaml': writeCluster('demo'), 'shared/secret.yaml': secret });
      symlinkSync('../shared/secret.yaml', join(repository, 'ml/link.yaml'));
      expect(kindsOf(await client.generate({ repository, path: 'ml' }))).toContain('Secret');
    });

    test('with a huge file is refused', async () => {
      const repository = makeTree({ 'cluster.yaml': writeCluster('demo'), 'huge.yaml': '' });
      truncateSync(join(repository, 'huge.yaml'), 101 * 1024 * 1024);
      expect(await fail({ repository })).toMatch(/^huge\.yaml: error INPUT_TOO_LARGE/);
    });
  });

  test('16 calls at once get each its own answer, in bounded memory', async ({ annotate }) => {
    const repositories = numbers(16).map((call) =>
      makeTree({
        'clusters.yaml': joinDocuments(
          numbers(20).map((index) => writeCluster(`call-${call}-${index}`, { tlsOptions: {} })),
        ),
      }),
    );
    const alone = await client.generate({ repository: repositories[7] as string });
    const { result, processes, memory } = await watchStarted(
      server,
      Promise.all(repositories.map((repository) => client.generate({ repository }))),
    );
    for (const [call, answer] of result.entries()) {
      const clusters = made(answer).filter(({ kind }) => kind === 'RayCluster');
      expect(clusters.map(({ metadata }) => metadata.name)).toEqual(
        numbers(20).map((index) => `call-${call}-${index}`),
      );
    }
    expect(result[7]).toEqual(alone);
    await annotate(`${processes} processes at once held ${memory.toFixed(0)} MiB at most`);
    expect(processes).toBeGreaterThan(1);
    expect(memory / processes).toBeLessThan(128);
  });

  test('out of time it is ended at once, and nothing of it is left', async () => {
    const documents = numbers(20_000).map((index) => writeCluster(`demo-${index}`, { tlsOptions: {} }));
    const repository = makeTree({ 'clusters.yaml': joinDocuments(documents) });
    const started = Date.now();
    const { result, processes } = await watchStarted(server, client.generate({ repository }, 2_500));
    expect(result.manifests).toEqual([]);
    expect(['UNKNOWN', 'DEADLINE_EXCEEDED']).toContain(result.code);
    expect(processes).toBeGreaterThan(0);
    await waitFor('the plugin to be gone', async () => listStarted(server).length === 0 || undefined, {
      timeout: 2_000,
    });
    await waitFor('the folders to be empty', async () => leftovers().length === 0 || undefined, { timeout: 10_000 });
    expect(Date.now() - started).toBeGreaterThan(2_000);
  });

  const leftovers = (): string[] => [server.work, server.temporary].flatMap((folder) => readdirSync(folder));

  test('no call has left anything behind', () => {
    expect(listStarted(server)).toEqual([]);
    expect(leftovers()).toEqual([]);
  });
});
