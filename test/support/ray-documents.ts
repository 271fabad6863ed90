// Arbitrary Ray manifests and streams of documents around them, for properties.
import fc from 'fast-check';
import { stringify } from 'yaml';

type Document = Readonly<Record<string, unknown>>;

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,7}(-[a-z0-9]{1,4})?$/);
// What a YAML 1.1 reader takes for something else must come out as the string it was.
const awkward = fc.constantFrom(
  'on',
  'NO',
  '0777',
  '1_000',
  '2024-01-01',
  '12:30',
  '~',
  'a: b',
  '# x',
  'x\ny\n',
  '\u0085',
  'é',
  '😀',
  '',
);

const peer = fc.oneof(
  fc.record({ podSelector: fc.record({ matchLabels: fc.dictionary(label, label, { minKeys: 1, maxKeys: 2 }) }) }),
  fc.record({ namespaceSelector: fc.record({ matchLabels: fc.dictionary(label, label, { minKeys: 1, maxKeys: 2 }) }) }),
  fc.constant({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }),
);
const port = fc.oneof(
  fc.record({ port: fc.integer({ min: 1, max: 65535 }) }),
  fc.constant({ port: 'serve', protocol: 'TCP' }),
);
const rule = (side: 'from' | 'to'): fc.Arbitrary<Document> =>
  fc.record({ [side]: fc.array(peer, { minLength: 1, maxLength: 2 }), ports: fc.array(port, { maxLength: 2 }) });
const rules = (modes: { ingress: boolean; egress: boolean }): fc.Arbitrary<Document> =>
  fc.record(
    {
      ...(modes.ingress ? { ingressRules: fc.array(rule('from'), { maxLength: 2 }) } : {}),
      ...(modes.egress ? { egressRules: fc.array(rule('to'), { maxLength: 2 }) } : {}),
    },
    { requiredKeys: [] },
  );

const modes = {
  denyAll: { ingress: true, egress: true },
  DenyAllIngress: { ingress: true, egress: false },
  denyAllEgress: { ingress: false, egress: true },
} as const;

const isolation = (groups: readonly string[]): fc.Arbitrary<Document> =>
  fc.constantFrom(...(Object.keys(modes) as (keyof typeof modes)[])).chain((mode) =>
    fc
      .tuple(
        rules(modes[mode]),
        fc.record({ head: rules(modes[mode]), worker: rules(modes[mode]) }, { requiredKeys: [] }),
        fc.subarray([...groups]),
        rules(modes[mode]),
      )
      .map(([flat, roles, named, own]) => ({
        mode,
        ...flat,
        ...roles,
        ...(named.length > 0 ? { workerGroups: named.map((groupName) => ({ groupName, ...own })) } : {}),
      })),
  );

const tls = fc.oneof(
  fc.constant({}),
  fc.constant({ certificateSecretName: 'own-head', workerCertificateSecretName: 'own-worker' }),
  fc.record(
    {
      mode: fc.constant('mTLS'),
      generation: fc.integer({ min: 0, max: 9 }),
      duration: fc.constantFrom('48h', '2160h30m'),
      privateKey: fc.constantFrom({ algorithm: 'RSA', size: 3072 }, { size: 384 }),
      extraDnsNames: fc.constant(['ray.example.com']),
      retiring: fc.boolean(),
      clients: fc.uniqueArray(label, { maxLength: 2 }).map((names) => names.map((name) => ({ name }))),
    },
    { requiredKeys: [] },
  ),
  fc.constant({ enabled: false }),
);

const template = (name: string): fc.Arbitrary<Document> =>
  fc.record({
    spec: fc.record({
      containers: fc
        .record({
          env: fc.array(
            fc.record({ name: label.map((text) => text.toUpperCase().replaceAll('-', '_')), value: awkward }),
            { maxLength: 3 },
          ),
        })
        .map((container) => [{ name, image: 'rayproject/ray:2.52.0', ...container }]),
    }),
  });

const clusterSpec = (withFields: boolean): fc.Arbitrary<Document> =>
  fc.uniqueArray(label, { maxLength: 3 }).chain((groups) =>
    fc
      .record({
        headGroupSpec: fc.record({ rayStartParams: fc.constant({}), template: template('ray-head') }),
        workerGroupSpecs: fc.tuple(
          ...groups.map((groupName) =>
            fc.record({
              groupName: fc.constant(groupName),
              minReplicas: fc.constant(0),
              maxReplicas: fc.integer({ min: 1, max: 9 }),
              rayStartParams: fc.constant({ 'num-cpus': '1' }),
              template: template('ray-worker'),
            }),
          ),
        ),
        fields: withFields
          ? fc.record({ networkIsolation: isolation(groups), tlsOptions: tls }, { requiredKeys: [] })
          : fc.constant({}),
      })
      .map(({ fields, ...spec }) => ({ rayVersion: '2.52.0', ...fields, ...spec })),
  );

const kinds: Readonly<Record<string, (cluster: Document) => Document>> = {
  RayCluster: (cluster) => cluster,
  RayJob: (rayClusterSpec) => ({ entrypoint: 'python x.py', rayClusterSpec }),
  RayService: (rayClusterConfig) => ({ rayClusterConfig }),
  RayCronJob: (rayClusterSpec) => ({
    schedule: '0 1 * * *',
    jobTemplate: { entrypoint: 'python x.py', submissionMode: 'HTTPMode', rayClusterSpec },
  }),
};

/** A Ray object as a user writes it down. */
export const rayText = (object: unknown): string =>
  // The printer writes U+0085 as itself, which ends a line for Kubernetes; an author would write the escape.
  stringify(object, { version: '1.1' }).replaceAll('\u0085', '\\N');

/** A Ray object of any kind, with or without our fields; `name` makes it unlike its neighbours. */
export const rayObject = (name: string, withFields = true): fc.Arbitrary<Document> =>
  fc
    .tuple(
      fc.constantFrom(...Object.keys(kinds)),
      clusterSpec(withFields),
      fc.dictionary(label, awkward, { maxKeys: 2 }),
    )
    .map(([kind, cluster, annotations]) => ({
      apiVersion: 'ray.io/v1',
      kind,
      metadata: { name, namespace: 'ml', annotations },
      spec: kinds[kind]?.(cluster) ?? {},
    }));

/** Documents of others, each with something that a parser and printer would not give back. */
export const otherText = fc.constantFrom(
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a:   "b"  , n: 0777}   # kept\n',
  '# nothing but a comment\n',
  '',
  'apiVersion: v1\r\nkind: Secret\r\nmetadata:\r\n    name: b\r\n',
  '{"apiVersion":"v1","kind":"Service","metadata":{"name":"c"},"spec":{}}\n',
  "kind: Deployment\napiVersion: apps/v1\nmetadata: {name: 'd'}\nspec: &x\n  y: >-\n    folded\n    text\n",
  'apiVersion: ray.io/v1\nkind: RayCluster # untouched\nmetadata: {name: plain}\nspec: {headGroupSpec: {template: {}}, x: on}\n',
);

/** A stream: documents of others around Ray objects of names of their own, joined by separators. */
export const stream = fc
  .array(fc.oneof({ weight: 1, arbitrary: fc.constant('ray') }, { weight: 1, arbitrary: otherText }), {
    minLength: 1,
    maxLength: 5,
  })
  .chain((parts) =>
    fc.tuple(
      ...parts.map((part, index) =>
        part === 'ray'
          ? fc.oneof(rayObject(`r${index}`), rayObject(`r${index}`, false)).map(rayText)
          : fc.constant(part),
      ),
    ),
  )
  .map((texts) => texts.join('---\n'));
