// What stands beside an isolated owner, or in it, and undoes or defeats the isolation.
import { describe, expect, test } from 'vitest';
import { checkIsolation } from '../../../plugin/isolation/check.ts';
import { makeRaySpec, type SpecParts } from '../../support/ray-spec.ts';
import { collectReports, type Reported } from '../../support/reports.ts';
import { makeSettings } from '../../support/settings.ts';

const settings = makeSettings({ operatorNamespace: 'kuberay' });

/** All but the info about the first roll-out, of a spec with closed ingress and egress. */
const check = (parts: SpecParts): readonly Reported[] =>
  collectReports((report) =>
    checkIsolation(makeRaySpec({ isolation: { mode: 'denyAll' }, ...parts }), settings, report),
  ).filter(({ code }) => code !== 'ISOLATION_NEW_PODS');
const codes = (parts: SpecParts): string[] => check(parts).map(({ code }) => code);

const policy = (spec: string, namespace = 'ml'): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: extra, namespace: ${namespace}}
spec: ${spec}
`;

describe('policies of the input', () => {
  const wide = '{podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{}], egress: [{}]}';

  test('one that opens both directions is told in both', () => {
    expect(check({ neighbours: policy(wide) })).toMatchObject([
      {
        code: 'POLICY_OPENS_MORE',
        path: 'spec.networkIsolation',
        facts: {
          policy: 'extra',
          place: 'others.yaml:4:18',
          pods: [],
          ingress: { to: ['everyone'], ports: [] },
          egress: { to: ['everyone'], ports: [] },
        },
      },
    ]);
  });

  test('what a mode leaves open is not opened by a policy', () => {
    const [found] = check({ isolation: { mode: 'denyAllIngress' }, neighbours: policy(wide) });
    expect(found?.facts).not.toHaveProperty('egress');
  });

  test.each(['{podSelector: {matchLabels: {ray.io/cluster: other}}, ingress: [{}]}', 'everything'])(
    'one of other pods, or that nobody can read, is no matter: %s',
    (spec) => {
      expect(check({ neighbours: policy(spec) })).toEqual([]);
    },
  );

  test('one of another namespace is no matter', () => {
    expect(check({ neighbours: policy(wide, 'lab') })).toEqual([]);
  });

  test("a template's own labels are found, and a group's win over them", () => {
    const worker = { group: { labels: { team: 'blue' } } };
    const byTeam = (team: string): string => policy(`{podSelector: {matchLabels: {team: ${team}}}, ingress: [{}]}`);
    expect(check({ worker, neighbours: byTeam('blue') })[0]?.facts).toMatchObject({ pods: ['the group small'] });
    expect(check({ worker, neighbours: byTeam('red') })).toEqual([]);
  });

  test('the name of a port is its number', () => {
    const operator =
      '{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kuberay}}, podSelector: {matchLabels: {app.kubernetes.io/component: kuberay-operator}}}';
    const neighbours = policy(
      `{podSelector: {matchLabels: {ray.io/node-type: head}}, ingress: [{from: [${operator}], ports: [{port: ui}]}]}`,
    );
    const names = (containerPort: number) => ({ head: { ray: { ports: [{ name: 'ui', containerPort }] } } });
    expect(check({ neighbours, ...names(8265) })).toEqual([]);
    expect(check({ neighbours, ...names(10001) })[0]?.facts).toMatchObject({ ingress: { ports: ['10001'] } });
    expect(check({ neighbours })[0]?.facts).toMatchObject({ ingress: { ports: ['ui'] } });
  });

  test('the pods of a RayJob are found by what is known of them', () => {
    const byLabel = (label: string): string => policy(`{podSelector: {matchLabels: {${label}}}, ingress: [{}]}`);
    const found = (label: string): string[] => codes({ kind: 'RayJob', neighbours: byLabel(label) });
    expect(found('rayshield.io/owner: demo-rayjob')).toEqual(['POLICY_OPENS_MORE']);
    expect(found('ray.io/node-type: head')).toEqual(['POLICY_OPENS_MORE']);
    expect(found('ray.io/cluster: demo')).toEqual([]);
  });

  test('it is found in a List and in JSON', () => {
    const object = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'extra', namespace: 'ml' },
      spec: { podSelector: {}, ingress: [{}] },
    };
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [object] });
    expect(codes({ neighbours: list })).toEqual(['POLICY_OPENS_MORE']);
    expect(codes({ neighbours: JSON.stringify(object) })).toEqual(['POLICY_OPENS_MORE']);
  });
});

describe('what publishes the head', () => {
  const groups = (group: object): SpecParts => ({ head: { group: { ...group } } });

  test('an Ingress or an outer Service of its own, where nothing lets it in', () => {
    expect(codes(groups({ enableIngress: true }))).toEqual(['HEAD_PUBLISHED_CLOSED']);
    expect(codes(groups({ serviceType: 'LoadBalancer' }))).toEqual(['HEAD_PUBLISHED_CLOSED']);
    const service = { spec: { type: 'ClusterIP' } };
    expect(codes(groups({ serviceType: 'NodePort', headService: service }))).toEqual([]);
    expect(codes(groups({ enableIngress: false, serviceType: 'ClusterIP' }))).toEqual([]);
  });

  test('open ingress, a rule for the port, or clients let it in', () => {
    const published = groups({ serviceType: 'LoadBalancer' });
    const rule = { from: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 10001 }] };
    expect(codes({ ...published, isolation: { mode: 'denyAllEgress' } })).toEqual([]);
    expect(codes({ ...published, isolation: { mode: 'denyAll', head: { ingressRules: [rule] } } })).toEqual([]);
    expect(codes({ ...published, isolation: { mode: 'denyAll', worker: { ingressRules: [rule] } } })).toContain(
      'HEAD_PUBLISHED_CLOSED',
    );
    const clients = [{ name: 'notebook', from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }];
    expect(codes({ ...published, tls: { clients } })).toEqual([]);
  });
});

describe('a RayService with closed ingress', () => {
  const rule = (port: number) => ({ from: [{ podSelector: {} }], ports: [{ port }] });

  test('needs a rule for its serve port, of whatever role', () => {
    expect(codes({ kind: 'RayService' })).toEqual(['SERVE_PORT_CLOSED']);
    for (const place of ['head', 'worker']) {
      const isolation = { mode: 'denyAll', [place]: { ingressRules: [rule(8000)] } };
      expect(codes({ kind: 'RayService', isolation })).toEqual([]);
    }
    expect(codes({ kind: 'RayService', isolation: { mode: 'denyAll', ingressRules: [rule(8265)] } })).toEqual([
      'SERVE_PORT_CLOSED',
    ]);
    expect(codes({ kind: 'RayService', isolation: { mode: 'denyAllEgress' } })).toEqual([]);
    expect(codes({ kind: 'RayJob' })).toEqual([]);
  });

  test('takes the port that its container names', () => {
    const ports = [{ name: 'serve', containerPort: 9000 }];
    const isolation = { mode: 'denyAll', ingressRules: [rule(9000)] };
    expect(codes({ kind: 'RayService', isolation, head: { ray: { ports } } })).toEqual([]);
  });

  test('takes the port that the proxies are told', () => {
    const isolation = { mode: 'denyAll', ingressRules: [rule(9000)] };
    const owner = { serveConfigV2: 'http_options: {port: 9000}\napplications: [{user_config: {port: 8265}}]' };
    expect(codes({ kind: 'RayService', isolation, owner })).toEqual([]);
    expect(codes({ kind: 'RayService', isolation: { mode: 'denyAll', ingressRules: [rule(8265)] }, owner })).toEqual([
      'SERVE_PORT_CLOSED',
    ]);
  });
});

describe('runtime environments behind closed egress', () => {
  const found = (runtimeEnvYAML: string, isolation: object = { mode: 'denyAll' }): string[] =>
    codes({ kind: 'RayJob', isolation: { ...isolation }, owner: { runtimeEnvYAML } });

  test.each([
    'pip: [requests]',
    'pip: {packages: [requests]}',
    'pip: requirements.txt',
    'uv: [requests]',
    'conda: {dependencies: [pip]}',
    'conda: environment.yaml',
    'working_dir: s3://bucket/a.zip',
    'working_dir: HTTPS://example.com/a.zip',
    'py_modules: [/app, gs://bucket/b.zip]',
    'image_uri: registry/ray:1',
    'pip: {packages: [./a.whl], pip_version: "==24.0"}',
    'java_jars: ["https://example.com/a.jar"]',
    'py_executable: uv run --with emoji',
    'py_executable: /usr/bin/uv run',
  ])('%s must be fetched', (text) => {
    expect(found(text)).toEqual(['RUNTIME_ENV_CLOSED']);
  });

  test.each([
    'env_vars: {A: b}',
    'pip: []',
    'pip: [./wheels/a.whl, --no-deps]',
    'pip: [--no-index, requests]',
    'conda: base',
    'working_dir: /app',
    'working_dir: gcs://_ray_pkg_1.zip',
    'working_dir: file:///app.zip',
    'py_modules: [/app]',
    'java_jars: [/app/a.jar]',
    'py_executable: /opt/venv/bin/python',
    'py_executable: uv run --offline',
    '[no, map]',
    '{broken',
    '',
  ])('%s is on the spot, or no environment', (text) => {
    expect(found(text)).toEqual([]);
  });

  const rule = (port: number) => ({ mode: 'denyAll', egressRules: [{ to: [{ podSelector: {} }], ports: [{ port }] }] });

  test('a rule for the web is a way out; one for any port is where a source is named', () => {
    expect(found('pip: [requests]', rule(443))).toEqual([]);
    expect(found('pip: [requests]', rule(5432))).toEqual(['RUNTIME_ENV_CLOSED']);
    expect(found('pip: [--index-url, "http://pypi.infra:8080", requests]', rule(8080))).toEqual([]);
    expect(found('{pip: [requests], env_vars: {https_proxy: x}}', rule(3128))).toEqual([]);
    expect(found('pip: [requests]', { mode: 'denyAllIngress' })).toEqual([]);
  });

  test('of a job of the input that runs on the cluster counts too', () => {
    const job = (cluster: string, namespace = 'ml', env = 'pip: [requests]'): string =>
      `apiVersion: ray.io/v1\nkind: RayJob\nmetadata: {name: visit, namespace: ${namespace}}\nspec: {clusterSelector: {ray.io/cluster: ${cluster}}, runtimeEnvYAML: "${env}"}\n`;
    expect(check({ neighbours: job('demo') })).toMatchObject([
      {
        code: 'RUNTIME_ENV_CLOSED',
        path: 'spec.networkIsolation',
        facts: { fetched: ['pip'], job: { name: 'visit', place: 'others.yaml:3:18' } },
      },
    ]);
    expect(codes({ neighbours: job('demo'), isolation: rule(443) })).toEqual([]);
    for (const other of [job('other'), job('demo', 'lab'), job('demo', 'ml', 'pip: []')]) {
      expect(codes({ neighbours: other })).toEqual([]);
    }
    expect(codes({ kind: 'RayJob', neighbours: job('demo') })).toEqual([]);
  });

  test('a value that JSON cannot hold is no harm', () => {
    expect(found('{pip: [requests], config: {seed: 12345678901234567890}}')).toEqual(['RUNTIME_ENV_CLOSED']);
  });
});

describe('ports of rules', () => {
  const found = (port: object, parts: SpecParts = {}): string[] =>
    codes({
      isolation: { mode: 'denyAll', head: { ingressRules: [{ from: [{ podSelector: {} }], ports: [port] }] } },
      ...parts,
    });

  test('a name is looked for in all containers that go on running', () => {
    const named = { name: 'web', image: 'web', ports: [{ name: 'http', containerPort: 8443 }] };
    expect(found({ port: 'http' })).toEqual(['RULE_PORT_NAME_UNKNOWN']);
    expect(found({ port: 'http' }, { head: { others: [named] } })).toEqual([]);
    const init = (container: object): SpecParts => ({ head: { pod: { initContainers: [container] } } });
    expect(found({ port: 'http' }, init(named))).toEqual(['RULE_PORT_NAME_UNKNOWN']);
    expect(found({ port: 'http' }, init({ ...named, restartPolicy: 'Always' }))).toEqual([]);
  });

  test('a number is known by Ray, by a parameter or by a container, or cannot be told', () => {
    expect(found({ port: 9001 })).toEqual(['RULE_PORT_UNUSED']);
    expect(found({ port: 9001, protocol: 'UDP' })).toEqual([]);
    expect(found({ port: 9000, endPort: 10010 })).toEqual([]);
    expect(found({ port: 9001 }, { head: { rayStartParams: { 'node-manager-port': '9001' } } })).toEqual([]);
    expect(found({ port: 9001 }, { head: { ray: { ports: [{ containerPort: 9001 }] } } })).toEqual([]);
    expect(found({ port: 9001 }, { head: { others: [{ name: 'any', image: 'any' }] } })).toEqual([]);
  });
});
