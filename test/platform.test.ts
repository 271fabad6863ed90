// The platform file binds every application: no way that a tenant has leads round what it requires, and its page says what
// happens. As processes: platform-process.test.ts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { ioFor } from './support/case.ts';
import { clusterSpec, generateUnder, rayCluster, rayObject, settingsDocument } from './support/platform.ts';
import { rayObject as anyRayObject, rayText } from './support/ray-documents.ts';
import { type Ran, run } from './support/run.ts';
import { makeTree } from './support/workdir.ts';

const isolate = { require: { networkIsolation: 'denyAll' } };
const encrypt = { require: { tls: true } };
const open = [{ ipBlock: { cidr: '0.0.0.0/0' } }];

const expectRefused = ({ exitCode, stdout, stderr }: Ran, words: string): void => {
  expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toContain(words);
};

const closedBy = (stdout: string, name = 'demo'): unknown =>
  parseAllDocuments(stdout)
    .map((document) => document.toJS())
    .find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === `${name}-raycluster`)?.spec.policyTypes;

test('one line isolates 200 applications, and not one of them can say otherwise', async () => {
  const root = makeTree({
    'platform.yaml': settingsDocument(isolate),
    ...Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [
        `apps/${index}/cluster.yaml`,
        rayCluster(index % 2 === 0 ? {} : { networkIsolation: { mode: 'denyAllIngress' } }, { name: `c${index}` }),
      ]),
    ),
  });
  const env = { RAYSHIELD_PLATFORM: join(root, 'platform.yaml') };
  for (let index = 0; index < 200; index += 1) {
    const ran = await run(['generate'], ioFor(join(root, `apps/${index}`), env), '0.0.0');
    if (index % 2 === 1) expectRefused(ran, `error PLATFORM_ISOLATION RayCluster ml/c${index} `);
    else expect(closedBy(ran.stdout, `c${index}`)).toEqual(['Ingress', 'Egress']);
  }
});

describe('a manifest cannot weaken what is required', () => {
  test.each<[string, object, string]>([
    ['by a mode', { networkIsolation: { mode: 'denyAllIngress' } }, 'PLATFORM_ISOLATION'],
    ["by KubeRay's spelling of it", { networkPolicy: { mode: 'DenyAllEgress' } }, 'PLATFORM_ISOLATION'],
    ['by null', { networkIsolation: null }, 'FIELD_NULL'],
    ['by a rule for everyone', { networkIsolation: { ingressRules: [{}] } }, 'PLATFORM_RULE_OPEN'],
    ['by every address', { networkIsolation: { egressRules: [{ to: open }] } }, 'PLATFORM_RULE_OPEN'],
    [
      'by the pods of every namespace',
      {
        networkIsolation: {
          ingressRules: [
            {
              from: [
                {
                  namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'Exists' }] },
                },
              ],
            },
          ],
        },
      },
      'PLATFORM_RULE_OPEN',
    ],
    [
      'by ports in two halves',
      {
        networkIsolation: {
          egressRules: [
            { to: open, ports: [{ port: 1, endPort: 3000 }] },
            { to: open, ports: [{ port: 3001, endPort: 6000 }] },
          ],
        },
      },
      'this and other rules together',
    ],
    [
      'by a client',
      { networkIsolation: {}, tlsOptions: { enabled: true, clients: [{ name: 'notebook', from: open }] } },
      'PLATFORM_RULE_OPEN',
    ],
  ])('%s', async (_, fields, words) => {
    const annotations = { 'rayshield.io/accept': 'RULE_OPEN_TO_EVERYONE,POLICY_OPENS_MORE' };
    expectRefused(await generateUnder(isolate, rayCluster(fields, { annotations })), words);
  });

  test.each(['enabled: false', 'retiring: true'])('TLS by %s', async (option) => {
    expectRefused(await generateUnder(encrypt, rayCluster({ tlsOptions: parse(option) })), 'PLATFORM_TLS');
  });

  test('single ways stay its own business', async () => {
    const networkIsolation = {
      ingressRules: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 8000 }] }],
      egressRules: [{ to: open, ports: [{ port: 443 }] }, { to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }],
    };
    expect(await generateUnder(isolate, rayCluster({ networkIsolation }))).toMatchObject({ exitCode: 0 });
  });

  test('a direction that is not required is its own business too', async () => {
    const rules = { networkIsolation: { egressRules: [{ to: open }] } };
    const ran = await generateUnder({ require: { networkIsolation: 'denyAllIngress' } }, rayCluster(rules));
    expect(ran).toMatchObject({ exitCode: 0 });
  });
});

describe('no Ray object is passed over', () => {
  const policyTypes = ['Ingress', 'Egress'];

  test.each([
    ['a RayJob', rayObject('RayJob', { entrypoint: 'a', rayClusterSpec: clusterSpec() })],
    ['a RayService', rayObject('RayService', { rayClusterConfig: clusterSpec() })],
    [
      'a RayCronJob',
      rayObject('RayCronJob', {
        schedule: '0 1 * * *',
        jobTemplate: { entrypoint: 'a', submissionMode: 'HTTPMode', rayClusterSpec: clusterSpec() },
      }),
    ],
    ['one of v1alpha1', { ...rayObject('RayCluster', clusterSpec()), apiVersion: 'ray.io/v1alpha1' }],
    ['one that is suspended', rayObject('RayCluster', clusterSpec({ suspend: true }))],
    [
      'an item of a List of a List',
      {
        apiVersion: 'v1',
        kind: 'List',
        items: [{ apiVersion: 'v1', kind: 'List', items: [rayObject('RayCluster', clusterSpec())] }],
      },
    ],
    [
      'a RayJob whose clusterSelector kubectl takes away',
      rayObject('RayJob', {
        entrypoint: 'a',
        clusterSelector: { 'ray.io/cluster': null },
        rayClusterSpec: clusterSpec(),
      }),
    ],
  ])('%s', async (_, object) => {
    const { exitCode, stdout, stderr } = await generateUnder(isolate, stringify(object));
    expect(exitCode, stderr).toBe(0);
    const text = JSON.stringify(parseAllDocuments(stdout).map((document) => document.toJS()));
    expect(text).toContain(`"policyTypes":${JSON.stringify(policyTypes)}`);
    expect(text).toMatch(/"rayshield.io\/applied":"networkIsolation=denyAll,platform=networkIsolation"/);
  });

  test('a RayCluster with a clusterSelector, which is no field of it', async () => {
    const object = { ...rayObject('RayCluster', clusterSpec()), clusterSelector: { a: 'b' } };
    expectRefused(await generateUnder(isolate, stringify(object)), 'PLATFORM_GIVES');
  });

  test.each([
    ['of a later version', { ...rayObject('RayCluster', clusterSpec()), apiVersion: 'ray.io/v2' }],
    ['of an unknown kind', rayObject('RayFleet', {})],
    ['in a list of its own', { apiVersion: 'ray.io/v1', kind: 'RayClusterList', metadata: {}, items: [] }],
    [
      'in a list of others',
      { apiVersion: 'v1', kind: 'PodList', metadata: {}, items: [rayObject('RayCluster', clusterSpec())] },
    ],
    ['without metadata', { apiVersion: 'ray.io/v1', kind: 'RayCluster', spec: clusterSpec() }],
    [
      'nested in another Ray object',
      rayObject('RayJob', { entrypoint: 'a', rayClusterSpec: clusterSpec({ x: rayObject('RayCluster', {}) }) }),
    ],
    ['as a template', { apiVersion: 'a/v1', kind: 'A', metadata: {}, spec: { t: rayObject('RayJob', {}) } }],
  ])('one %s is refused', async (_, object) => {
    expectRefused(await generateUnder(isolate, stringify(object)), 'error PLATFORM_OUT_OF_REACH');
  });

  test.each([
    ['a line end of YAML 1.1 alone', `# \u2028${rayCluster().replaceAll('\n', '\u2028')}`, 'YAML_LINE_BREAK'],
    ['a key that is given twice', `${rayCluster()}kind: ConfigMap\n`, 'YAML_DUPLICATE_KEY'],
    ['a tag', rayCluster().replace('kind: RayCluster', 'kind: !!binary UmF5Q2x1c3Rlcg=='), 'YAML_TAG'],
    ['a document that cannot be read', `${rayCluster()} nonsense: [\n`, 'YAML_SYNTAX'],
  ])('%s hides none', async (_, text, code) => {
    expectRefused(await generateUnder(isolate, text), code);
  });

  test('what only names a Ray object is let be, byte for byte', async () => {
    const text = `apiVersion: keda.sh/v1alpha1
kind: ScaledObject   # kept
metadata: {name: a, ownerReferences: [{apiVersion: ray.io/v1, kind: RayCluster, name: b, uid: c}]}
spec: {scaleTargetRef: {apiVersion: ray.io/v1, kind: RayCluster, name: b}}
`;
    expect(await generateUnder(isolate, text)).toEqual({ exitCode: 0, stdout: text, stderr: '' });
  });

  test('a job on a cluster that is there starts none, and is let be', async () => {
    const text = stringify(rayObject('RayJob', { entrypoint: 'a', clusterSelector: { 'ray.io/cluster': 'b' } }));
    expect(await generateUnder(isolate, text)).toEqual({ exitCode: 0, stdout: text, stderr: '' });
  });

  test('without require and default a Ray object that asks for nothing leaves byte for byte', async () => {
    const text = `${rayCluster()}# the end\n`;
    const keys = { lock: ['dns'], allowedIssuers: ['own-ca'], failOn: 'warning' };
    expect(await generateUnder(keys, text)).toEqual({ exitCode: 0, stdout: text, stderr: '' });
  });
});

describe('the settings of an application', () => {
  const locked = {
    ...isolate,
    spec: { settings: { operatorNamespace: 'kuberay' } },
    lock: ['operatorNamespace', 'dns'],
  };

  test.each([
    ['its file', { files: { 'rayshield.yaml': settingsDocument({ spec: { settings: { dns: ['10.0.0.1'] } } }) } }],
    ['its variables', { env: { ARGOCD_ENV_RAYSHIELD_OPERATOR_NAMESPACE: 'mine' } }],
    ['its parameters', { env: { ARGOCD_APP_PARAMETERS: '[{"name":"dns","array":["10.0.0.1"]}]' } }],
  ])('cannot change what is locked by %s', async (_, application) => {
    expectRefused(await generateUnder(locked, rayCluster(), application), 'error SETTING_LOCKED');
  });

  test('nor that warnings fail', async () => {
    const env = { ARGOCD_ENV_RAYSHIELD_FAIL_ON: 'error' };
    expectRefused(await generateUnder({ failOn: 'warning' }, rayCluster(), { env }), 'changes failOn');
    const warned = await generateUnder({ failOn: 'warning' }, rayCluster({ networkIsolation: {} }));
    expectRefused(warned, 'FAIL_ON_WARNING');
  });

  test('choose an issuer that is allowed, or are refused', async () => {
    const keys = { ...encrypt, allowedIssuers: ['ClusterIssuer/ray-ca', 'own-secrets'] };
    const accept = { annotations: { 'rayshield.io/accept': 'TLS_SHARED_ISSUER' } };
    const withIssuer = (issuer: string) => ({ env: { ARGOCD_ENV_RAYSHIELD_ISSUER_REF: issuer } });
    expectRefused(await generateUnder(keys, rayCluster({}, accept)), 'does not let own-ca sign');
    const mine = await generateUnder(keys, rayCluster({}, accept), withIssuer('ClusterIssuer.mine.io/ray-ca'));
    expectRefused(mine, 'does not let ClusterIssuer.mine.io/ray-ca sign');
    expect(await generateUnder(keys, rayCluster({}, accept), withIssuer('ClusterIssuer/ray-ca'))).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('name: "ray-ca"'),
    });
  });
});

test("a default is no requirement: its author's word wins", async () => {
  const keys = { default: { tlsOptions: { mode: 'mTLS' } } };
  expect((await generateUnder(keys, rayCluster())).stdout).toContain('RAY_USE_TLS');
  const off = await generateUnder(keys, rayCluster({ tlsOptions: { enabled: false } }));
  expect(off.exitCode).toBe(0);
  expect(off.stdout).not.toContain('RAY_USE_TLS');
});

test('validate says what expand says', async () => {
  const root = makeTree({
    'platform.yaml': settingsDocument(isolate),
    'ray.yaml': rayCluster({ networkIsolation: { mode: 'denyAllEgress' } }),
  });
  const io = ioFor(root, { RAYSHIELD_PLATFORM: 'platform.yaml' });
  expect((await run(['validate', 'ray.yaml'], io, '0')).stdout).toMatch(
    /^ray\.yaml:\d+:\d+: error PLATFORM_ISOLATION /,
  );
  const bare = ioFor(makeTree({ 'ray.yaml': rayCluster() }), { RAYSHIELD_PLATFORM: join(root, 'platform.yaml') });
  const { exitCode, stdout } = await run(['validate', 'ray.yaml'], bare, '0');
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('info PLATFORM_GIVES')]);
  const hidden = makeTree({ 'ray.yaml': `${rayCluster()}# \u2028\n` });
  const judged = await run(
    ['validate', 'ray.yaml'],
    ioFor(hidden, { RAYSHIELD_PLATFORM: join(root, 'platform.yaml') }),
    '0',
  );
  expect([judged.exitCode, judged.stdout]).toEqual([1, expect.stringContaining('YAML_LINE_BREAK')]);
});

describe('for every manifest and every setting of an application', () => {
  const closes = { denyAll: ['Ingress', 'Egress'], denyAllIngress: ['Ingress'], denyAllEgress: ['Egress'] };
  const operator = { spec: { settings: { operatorNamespace: 'kuberay' } } };
  const settings = fc.record(
    {
      RAYSHIELD_KUBERAY_VERSION: fc.constantFrom('1.5', '1.7'),
      RAYSHIELD_FAIL_ON: fc.constantFrom('error', 'warning'),
      RAYSHIELD_ISSUER_REF: fc.constantFrom('', 'mine', 'ClusterIssuer/ray-ca'),
      RAYSHIELD_DNS: fc.constantFrom('any', '10.0.0.1'),
      RAYSHIELD_API_SERVER: fc.constantFrom('off', '0.0.0.0/0:443'),
    },
    { requiredKeys: [] },
  );

  test('nothing comes out that has less than is required', async () => {
    let printed = 0;
    await fc.assert(
      fc.asyncProperty(
        anyRayObject('a').map((object) => object as { kind: string; metadata: { annotations: object } }),
        settings,
        fc.constantFrom(...(Object.keys(closes) as (keyof typeof closes)[])),
        fc.boolean(),
        async (object, env, networkIsolation, tls) => {
          const annotations = { ...object.metadata.annotations, 'rayshield.io/accept': 'RULE_OPEN_TO_EVERYONE' };
          const text = rayText({ ...object, metadata: { ...object.metadata, annotations } });
          const root = makeTree({ 'p.yaml': settingsDocument({ ...operator, require: { networkIsolation, tls } }) });
          const io = ioFor(root, { ...env, RAYSHIELD_PLATFORM: 'p.yaml' }, text);
          const { exitCode, stdout, stderr } = await run(['expand', '-'], io, '0');
          if (exitCode !== 0) {
            expect([stdout, stderr]).toEqual(['', expect.stringMatching(/error /)]);
            return;
          }
          printed += 1;
          const documents = parseAllDocuments(stdout).map((document) => document.toJS());
          const policy = documents.find(({ metadata }) => metadata.name === `a-${object.kind.toLowerCase()}`);
          expect(policy?.kind).toBe('NetworkPolicy');
          expect(policy.spec.policyTypes).toEqual(expect.arrayContaining(closes[networkIsolation]));
          const [head] = JSON.stringify(documents.at(-1)).match(/"headGroupSpec":.*/) ?? [''];
          if (tls) expect(head).toContain('"RAY_USE_TLS"');
        },
      ),
      { numRuns: 150 },
    );
    expect(printed).toBeGreaterThan(20);
  });
});

describe('docs/platform.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../docs/platform.md'), 'utf8');
  const block = (name: string): string =>
    new RegExp(`<!-- platform:${name} -->\\n\`\`\`\\w+\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? '';
  const runPage = (file: string, manifest: string): Promise<Ran> => {
    const root = makeTree({ 'platform.yaml': block(file), 'cluster.yaml': manifest });
    return run(['expand', 'cluster.yaml'], ioFor(root, { RAYSHIELD_PLATFORM: 'platform.yaml' }), '0');
  };

  test('the one line does what the page says', async () => {
    const { exitCode, stdout } = await runPage('file', block('silent'));
    expect([exitCode, closedBy(stdout)]).toEqual([0, ['Ingress', 'Egress']]);
    const [applied = ''] = /rayshield\.io\/applied: [^`]*/.exec(page) ?? [];
    expect(stdout.replaceAll('"', '')).toContain(applied);
  });

  test('both files fit their schema, for editors, and slips do not', () => {
    const path = join(import.meta.dirname, '../schemas/rayshield.io/rayshield_v1alpha1.json');
    const fits = new Ajv({ strict: false, validateFormats: false }).compile(JSON.parse(readFileSync(path, 'utf8')));
    for (const name of ['file', 'full']) expect(fits(parse(block(name))), JSON.stringify(fits.errors)).toBe(true);
    const slips = [
      { require: { networkIsolation: 'none' } },
      { require: { tsl: true } },
      { default: { networkIsolation: { ingresRules: [] } } },
      { default: { networkIsolation: { ingressRules: [{ fron: [] }] } } },
      { allowedIssuers: [] },
    ];
    for (const slip of slips) expect(fits({ ...parse(block('full')), ...slip }), JSON.stringify(slip)).toBe(false);
  });

  test('the refusal reads as it does there', async () => {
    const weaker = block('silent').replace('spec:\n', 'spec:\n  networkIsolation: {mode: denyAllIngress}\n');
    expect((await runPage('file', weaker)).stderr).toContain(block('refusal'));
  });

  test('the whole file is taken, and holds', async () => {
    const { exitCode, stdout, stderr } = await runPage('full', block('silent'));
    expect([exitCode, closedBy(stdout)], stderr).toEqual([0, ['Ingress', 'Egress']]);
    expect(stdout).toContain('RAY_USE_TLS');
    expect(stdout).toContain('duration: "4320h0m0s"');
    const own = 'spec:\n  tlsOptions: {certificateSecretName: a, workerCertificateSecretName: b}\n';
    expectRefused(await runPage('full', block('silent').replace('spec:\n', own)), 'PLATFORM_ISSUER');
  });
});
