// The last check of a pipeline at its edges: what the damages of every case (damages.test.ts) do not come to.
import { describe, expect, test } from 'vitest';
import { changeAt, valueAt } from '../../../plugin/manifests/edit.ts';
import type { KubernetesObject } from '../../../plugin/manifests/manifest.ts';
import { ioFor } from '../../support/case.ts';
import { judge, judgeObjects, readObjects } from '../../support/expanded-stream.ts';
import { run } from '../../support/run.ts';

const group = '{rayStartParams: {}, template: {spec: {containers: [{name: ray, image: "rayproject/ray:2.52.0"}]}}}';

const cluster = (fields: string, { name = 'demo', namespace = 'ml', annotations = '{}' } = {}): string => `---
apiVersion: ray.io/v1
kind: RayCluster
metadata: {name: ${name}, ${namespace === '' ? '' : `namespace: ${namespace}, `}annotations: ${annotations}}
spec: {${fields}, headGroupSpec: ${group}}
`;

async function expand(text: string, ...flags: string[]): Promise<string> {
  const argv = ['expand', '-', '--operator-namespace', 'kuberay', '--dns', 'kube-dns', ...flags];
  const { stdout, stderr } = await run(argv, ioFor('/', {}, text), '0.0.0');
  expect(stdout, stderr).not.toBe('');
  return stdout;
}

const isolated = await expand(cluster('networkIsolation: {}'));
const encrypted = await expand(cluster('tlsOptions: {duration: 2160h}, authOptions: {mode: token}'));
const objects = readObjects(isolated);

const find = (kind: string, all = objects): KubernetesObject => {
  const found = all.findLast((one) => one.kind === kind);
  if (found === undefined) throw new Error(`there is no ${kind}`);
  return found;
};

const change = (all: readonly KubernetesObject[], kind: string, path: readonly (string | number)[], value: unknown) =>
  all.map((one) => (one.kind === kind ? changeAt(one, path, () => value) : one));

/** What the verb prints, without the lines of the source. */
async function say(text: string, ...flags: string[]): Promise<{ exitCode: number; stdout: string }> {
  const { exitCode, stdout } = await run(['validate', '-', '--expanded', ...flags], ioFor('/', {}, text), '0.0.0');
  return { exitCode, stdout };
}

describe('the form of the stream', () => {
  test('is JSON, a List, or one with comments', () => {
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: readObjects(encrypted) });
    expect(judge(list)).toEqual([]);
    expect(judge(isolated.replaceAll('---\n', '---\n# Source: chart/templates/all.yaml\n'))).toEqual([]);
    expect(judge(list.replaceAll('demo-head-svc', 'other-head-svc'))).toContain('error EXPANDED_NAMES_UNCOVERED');
  });

  test('names the namespace or leaves it to the caller', async () => {
    const text = await expand(cluster('networkIsolation: {}', { namespace: '' }));
    expect(text).not.toContain('namespace:');
    expect(judge(text)).toEqual([]);
    const bare = encrypted.replaceAll(/^ {2}namespace: "ml"\n/gm, '');
    expect((await say(bare, '--namespace', 'ml')).stdout).toContain('no findings');
    expect((await say(bare)).stdout).toContain('this object names no namespace');
  });

  test('is judged by its own cluster domain, whatever the settings are', async () => {
    const text = await expand(cluster('tlsOptions: {duration: 2160h}'), '--cluster-domain', 'corp.example');
    expect(judge(text)).toEqual([]);
    const mixed = text.replace(
      '*.demo-raycluster-worker-nodes.ml.svc.corp.example',
      '*.demo-raycluster-worker-nodes.ml.svc.cluster.local',
    );
    expect(judge(mixed)).toEqual(['error EXPANDED_NAMES_UNCOVERED']);
  });

  test('of nothing is an error, of no Ray object an info, of one that never asked nothing', async () => {
    expect((await say('')).stdout).toContain('INPUT_EMPTY');
    expect(judge('apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n')).toEqual(['info EXPANDED_NOTHING_CHECKED']);
    expect(judge(cluster('rayVersion: 2.52.0'))).toEqual([]);
    const job =
      'apiVersion: ray.io/v1\nkind: RayJob\nmetadata: {name: a}\nspec: {entrypoint: a, clusterSelector: {ray.io/cluster: b}}\n';
    expect(judge(job)).toEqual([]);
  });
});

describe('several owners', () => {
  test('of one name in two namespaces are each judged by their own', async () => {
    const both = `${isolated}---\n${await expand(cluster('networkIsolation: {}', { namespace: 'dev' }))}`;
    expect(judge(both)).toEqual([]);
    const all = readObjects(both);
    const [first] = all;
    expect(judgeObjects(all.filter((one) => one !== first))).toEqual(['error EXPANDED_OBJECT_MISSING']);
  });

  test('are counted where they were expanded', async () => {
    const { stdout } = await say(`${isolated}---\n${cluster('rayVersion: 2.52.0', { name: 'plain' })}`);
    expect(stdout).toBe('1 file, 4 documents, 2 Ray objects (1 expanded): no findings\n');
    const json = JSON.parse((await say(isolated, '--format', 'json')).stdout);
    expect(json.summary).toMatchObject({ rayObjects: 1, expanded: 1 });
  });

  test('that are renamed are each told by their own former name', async () => {
    const ten = await expand(cluster('networkIsolation: {}', { name: 'demo-10' }));
    const one = await expand(cluster('networkIsolation: {}', { name: 'demo-1' }));
    const renamed = readObjects(`${one}---\n${ten}`).map((object) =>
      changeAt(object, ['metadata', 'name'], (name) => `prod-${name}`),
    );
    expect(judgeObjects(renamed)).toEqual(['error EXPANDED_RENAMED', 'error EXPANDED_RENAMED']);
  });

  test('are one where a plain one comes after the expanded', () => {
    const plain = readObjects(cluster('rayVersion: 2.52.0'));
    expect(judgeObjects([...objects, ...plain])).toEqual(
      expect.arrayContaining(['error EXPANDED_OBJECT_TWICE', 'error EXPANDED_ANNOTATION_LOST']),
    );
  });
});

describe('what an overlay may add to an owner', () => {
  test('an accepted rule stays accepted', async () => {
    const open = 'networkIsolation: {head: {ingressRules: [{ports: [{port: 8265}]}]}}';
    const accepts = { annotations: '{rayshield.io/accept: RULE_OPEN_TO_EVERYONE}' };
    const text = await expand(cluster(open, accepts));
    expect(judge(text)).toEqual([]);
    expect(judge(text.replace('rayshield.io/accept', 'rayshield.io/other'))).toEqual(['error RULE_OPEN_TO_EVERYONE']);
  });

  test("hostNetwork, and labels that are KubeRay's", () => {
    const head = ['spec', 'headGroupSpec', 'template'];
    expect(judgeObjects(change(objects, 'RayCluster', [...head, 'spec', 'hostNetwork'], true))).toEqual([
      'error HOST_NETWORK_ISOLATED',
    ]);
    const labels = { 'ray.io/cluster': 'other' };
    expect(judgeObjects(change(objects, 'RayCluster', [...head, 'metadata'], { labels }))).toEqual([
      'error LABEL_RESERVED',
    ]);
  });

  test('another text in the annotation', () => {
    const at = ['metadata', 'annotations', 'rayshield.io/applied'];
    expect(judgeObjects(change(objects, 'RayCluster', at, 'networkIsolation=off'))).toEqual([
      'error EXPANDED_ANNOTATION_LOST',
    ]);
    const alone = [find('RayCluster', change(objects, 'RayCluster', at, 'off') as KubernetesObject[])];
    expect(judgeObjects(alone)).toEqual(['error EXPANDED_ANNOTATION_LOST']);
  });

  test('the address before the cluster that it is made of', async () => {
    const job = `apiVersion: ray.io/v1\nkind: RayJob\nmetadata: {name: a, namespace: ml}\nspec: {entrypoint: a, rayClusterSpec: {tlsOptions: {duration: 2160h}, headGroupSpec: ${group}}}\n`;
    const all = readObjects(await expand(job));
    const at = ['spec', 'rayClusterSpec', 'headGroupSpec', 'template', 'spec', 'containers', 0, 'env'];
    const env = valueAt(find('RayJob', all), at) as readonly unknown[];
    expect(judgeObjects(all)).toEqual([]);
    expect(judgeObjects(change(all, 'RayJob', at, env.toReversed()))).toEqual(['error EXPANDED_POD_UNPROTECTED']);
  });
});

describe('what was made', () => {
  test('a policy that the API server refuses is none', () => {
    const broken = change(
      objects,
      'NetworkPolicy',
      ['spec', 'ingress'],
      [{ from: [{ ipBlock: { cidr: 'anywhere' } }] }],
    );
    expect(judgeObjects(broken)).toContain('error EXPANDED_OBJECT_MISSING');
  });

  test("a policy that says it is the owner's, under a name of its own, opens as any other", () => {
    const [base] = objects;
    const more = changeAt(base, ['metadata', 'name'], () => 'more');
    const opening = changeAt(more, ['spec', 'ingress'], () => [{ ports: [{ port: 22 }] }]) as KubernetesObject;
    expect(judgeObjects([...objects, opening])).toEqual(['warning POLICY_OPENS_MORE']);
  });

  test('a misspelt field in it is found by its schema', () => {
    const misspelt = change(objects, 'NetworkPolicy', ['spec', 'policyType'], ['Ingress']);
    expect(judgeObjects(misspelt)).toContain('error SCHEMA_UNKNOWN_FIELD');
  });

  test('a Service without any selector takes nothing', () => {
    const services = change(readObjects(encrypted), 'Service', ['spec', 'selector'], null);
    expect(judgeObjects(services)).toContain('error EXPANDED_SELECTS_NOTHING');
  });

  test("a Certificate of the user's own covers what is dialled, by a wildcard too", async () => {
    const all = readObjects(await expand(cluster('tlsOptions: {certificateSecretName: corp}')));
    const make = (dnsNames: readonly string[]): KubernetesObject => ({
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: 'corp', namespace: 'ml' },
      spec: { secretName: 'corp', dnsNames, ipAddresses: ['127.0.0.1', '::1'], issuerRef: { name: 'corp' } },
    });
    const nodes = '*.demo-raycluster-head-nodes.ml.svc.cluster.local';
    expect(judgeObjects([...all, make(['localhost', '*.ml.svc.cluster.local', nodes])])).toEqual([]);
    for (const names of [
      ['localhost', nodes],
      ['localhost', '*.ml.svc.cluster.local'],
      ['*.ml.svc.cluster.local', nodes],
    ]) {
      expect(judgeObjects([...all, make(names)]), names.join()).toEqual(['error EXPANDED_NAMES_UNCOVERED']);
    }
  });

  test('a Secret may be made by whatever makes Secrets', async () => {
    const text = await expand(cluster('tlsOptions: {certificateSecretName: corp}'));
    const make = (kind: string, spec: object): KubernetesObject => ({
      apiVersion: 'example.com/v1',
      kind,
      metadata: { name: kind === 'Secret' ? 'corp' : 'maker', namespace: 'ml' },
      spec,
    });
    const all = readObjects(text);
    expect(judgeObjects(all)).toEqual(['warning EXPANDED_SECRET_UNMADE']);
    for (const maker of [
      make('Secret', {}),
      make('ExternalSecret', { target: { name: 'corp' } }),
      make('SealedSecret', { template: { metadata: { name: 'corp' } } }),
      make('VaultStaticSecret', { destination: { name: 'corp' } }),
    ]) {
      expect(judgeObjects([...all, maker]), maker.kind).toEqual([]);
    }
    const elsewhere = changeAt(make('Secret', {}), ['metadata', 'namespace'], () => 'other');
    expect(judgeObjects([...all, elsewhere])).toEqual(['warning EXPANDED_SECRET_UNMADE']);
  });
});

test('warnings fail a strict run, errors any, and other kinds are judged where they are asked for', async () => {
  const open = await expand(cluster('networkIsolation: {mode: denyAllEgress, egressRules: [{}]}'));
  expect(await say(open)).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('EXPANDED_EGRESS_OPEN') });
  expect(await say(open, '--strict')).toMatchObject({ exitCode: 1 });
  const stranger = 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {porst: 1}\n';
  expect(await say(`${isolated}---\n${stranger}`)).toMatchObject({ exitCode: 0 });
  expect(await say(`${isolated}---\n${stranger}`, '--all-kinds')).toMatchObject({ exitCode: 1 });
});
