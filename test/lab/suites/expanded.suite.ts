// Real overlays above what expand prints: kustomize builds them, and `validate --expanded` judges each by whether it breaks what
// was printed. What kustomize knows of selectors, names and namespaces is its own (api/internal/konfig/builtinpluginconsts).
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { ioFor } from '../../support/case.ts';
import { run } from '../../support/run.ts';
import { makeTree } from '../../support/workdir.ts';
import { pathOfBinary } from '../parts/binary.ts';
import { labSuite } from '../suite.ts';

const group = '{rayStartParams: {}, template: {spec: {containers: [{name: ray, image: "rayproject/ray:2.52.0"}]}}}';
const cluster = `{networkIsolation: {}, FIELDS headGroupSpec: ${group}}`;
const meta = 'metadata: {name: demo, namespace: ml}';

/** What stands below the overlays, before it is expanded. */
const bases = {
  isolated: `apiVersion: ray.io/v1\nkind: RayCluster\n${meta}\nspec: ${cluster.replace('FIELDS ', '')}\n`,
  encrypted: `apiVersion: ray.io/v1\nkind: RayCluster\n${meta}\nspec: ${cluster.replace('FIELDS', 'tlsOptions: {duration: 2160h},')}\n`,
  job: `apiVersion: ray.io/v1\nkind: RayJob\n${meta}\nspec: {entrypoint: python a.py, rayClusterSpec: ${cluster.replace('FIELDS ', '')}}\n`,
};

type Base = keyof typeof bases;

/** One that finds no object of its kind changes nothing. */
const patch = (kind: string, operations: string): string =>
  `patches:\n- target: {kind: ${kind}}\n  patch: |\n${operations.replace(/^/gm, '    ')}\n`;

const container = '{name: ray, image: "rayproject/ray:2.53.0"}';

const all = (codes: readonly string[]): Readonly<Record<Base, readonly string[]>> => ({
  isolated: codes,
  encrypted: codes,
  job: codes,
});

const clean = all([]);

/** Overlays, with the codes of the errors and warnings that each brings about over each base. */
const overlays: readonly (readonly [
  title: string,
  kustomization: string,
  Readonly<Record<Base, readonly string[]>>,
])[] = [
  ['nothing', '', clean],
  ['namePrefix', 'namePrefix: prod-\n', all(['EXPANDED_RENAMED'])],
  ['nameSuffix', 'nameSuffix: -eu\n', all(['EXPANDED_RENAMED'])],
  ['namespace', 'namespace: prod\n', { isolated: [], encrypted: ['EXPANDED_NAMESPACE_MOVED'], job: [] }],
  ['the same namespace', 'namespace: ml\n', clean],
  [
    'labels with selectors',
    'labels:\n- pairs: {team: vision}\n  includeSelectors: true\n',
    all(['EXPANDED_SELECTS_NOTHING']),
  ],
  ['commonLabels', 'commonLabels: {team: vision}\n', all(['EXPANDED_SELECTS_NOTHING'])],
  ['labels without selectors', 'labels:\n- pairs: {team: vision}\n', clean],
  ['annotations', 'commonAnnotations: {team: vision}\n', clean],
  ['an image', 'images:\n- name: rayproject/ray\n  newTag: 2.53.0\n', clean],
  [
    'a list of containers that is replaced',
    patch('RayCluster', `- {op: replace, path: /spec/headGroupSpec/template/spec/containers, value: [${container}]}`),
    { isolated: [], encrypted: ['EXPANDED_POD_UNPROTECTED'], job: [] },
  ],
  [
    'a patched annotation',
    `patches:\n- target: {group: ray.io}\n  patch: |\n    - {op: remove, path: /metadata/annotations/rayshield.io~1applied}\n`,
    all(['EXPANDED_ANNOTATION_LOST']),
  ],
  [
    'policies that are deleted',
    patch(
      'NetworkPolicy',
      '$patch: delete\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: any}',
    ),
    all(['EXPANDED_OBJECT_MISSING']),
  ],
  [
    'a rule for everyone',
    patch('NetworkPolicy', '- {op: add, path: /spec/ingress/-, value: {}}'),
    all(['RULE_OPEN_TO_EVERYONE']),
  ],
  [
    'the field again',
    `patches:\n- target: {kind: RayCluster}\n  patch: |\n    - {op: add, path: /spec/networkIsolation, value: {}}\n- target: {kind: RayJob}\n  patch: |\n    - {op: add, path: /spec/rayClusterSpec/networkIsolation, value: {}}\n`,
    all(['EXPANDED_FIELD_LEFT']),
  ],
];

labSuite('expanded', { parts: ['kustomize'] }, () => {
  const build = async (folder: string, ...flags: string[]): Promise<string> => {
    const { stdout } = await execa(pathOfBinary('kustomize', 'kustomize'), ['build', ...flags, folder]);
    return stdout;
  };
  const settings = ['--operator-namespace', 'kuberay-operator', '--dns', 'kube-dns'];
  const expand = async (text: string): Promise<string> => {
    const { stdout, stderr } = await run(['expand', '-', ...settings], ioFor('/', {}, text), '0.0.0');
    expect(stdout, stderr).not.toBe('');
    return stdout;
  };
  /** The codes of errors and warnings, each once. */
  const judge = async (text: string): Promise<string[]> => {
    const { stdout } = await run(['validate', '-', '--expanded', '--format', 'json'], ioFor('/', {}, text), '0.0.0');
    const { findings } = JSON.parse(stdout) as { findings: { code: string; severity: string }[] };
    return [...new Set(findings.filter(({ severity }) => severity !== 'info').map(({ code }) => code))].sort();
  };

  describe.each(Object.keys(bases) as Base[])('above %s', (base) => {
    test.each(overlays)('%s', async (_, kustomization, expected) => {
      const folder = makeTree({
        'base/all.yaml': await expand(bases[base]),
        'base/kustomization.yaml': 'resources: [all.yaml]\n',
        'kustomization.yaml': `resources: [base]
${kustomization}`,
      });
      expect(await judge(await build(folder))).toEqual(expected[base]);
    });

    test('rayshield above the overlays passes whatever they do', async () => {
      const folder = makeTree({
        'base/all.yaml': bases[base],
        'base/kustomization.yaml': 'resources: [all.yaml]\n',
        'kustomization.yaml':
          'resources: [base]\nnamePrefix: prod-\nnamespace: prod\nlabels:\n- pairs: {team: vision}\n  includeSelectors: true\n',
      });
      expect(await judge(await expand(await build(folder)))).toEqual([]);
    });
  });

  test('a function that kustomize leaves out for want of a flag leaves its field', async () => {
    const folder = makeTree({
      'all.yaml': bases.isolated,
      'rayshield.yaml':
        'apiVersion: rayshield.io/v1alpha1\nkind: RayShield\nmetadata: {name: rayshield, annotations: {config.kubernetes.io/function: "exec: {path: ./rayshield}"}}\n',
      'kustomization.yaml': 'resources: [all.yaml]\ntransformers: [rayshield.yaml]\n',
    });
    expect(await judge(await build(folder, '--enable-alpha-plugins'))).toEqual(['EXPANDED_FIELD_LEFT']);
  });
});
