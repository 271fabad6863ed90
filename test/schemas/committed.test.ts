// What must hold of the committed schemas, whatever upstream they were made from.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { shortenErrors } from '../../build/shorten-errors.ts';
import { compileValidator } from '../../build/validators.ts';
import { type Validate, validatorName } from '../../plugin/check/validator.ts';
import { schemaWords } from '../../plugin/findings/words/schema.ts';
import type { KubeRayVersion } from '../../plugin/settings/settings.ts';
import { makeValidator, readSchema } from '../support/validators.ts';

const folder = join(import.meta.dirname, '../../schemas');
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /^(kuberay|cert-manager|kubernetes).*\.json$/.test(name))
  .map((name) => name.replace(/\.json$/, ''))
  .sort();

const versions: KubeRayVersion[] = ['1.3', '1.4', '1.5', '1.6', '1.7'];
const kinds = [
  ...['RayCluster', 'RayJob', 'RayService', 'RayCronJob'].flatMap((kind) => [
    ['ray.io/v1', kind],
    ['ray.io/v1alpha1', kind],
  ]),
  ...['Certificate', 'ClusterIssuer', 'Issuer'].map((kind) => ['cert-manager.io/v1', kind]),
  ['networking.k8s.io/v1', 'NetworkPolicy'],
  ['v1', 'Service'],
] as [string, string][];

describe('the files', () => {
  test('are those that validators are looked up by', () => {
    const wanted = versions.flatMap((version) => kinds.map(([group, kind]) => validatorName(group, kind, version)));
    expect(names).toEqual([...new Set(wanted.filter((name) => name !== undefined))].sort());
    expect(names).toHaveLength(37);
  });

  test.each(names)('%s is draft-07, fixes its kind, and refers only to itself', (name) => {
    const text = readFileSync(join(folder, `${name}.json`), 'utf8');
    const schema = readSchema(name);
    expect(schema.$schema).toBe('http://json-schema.org/draft-07/schema#');
    expect(
      validatorName(
        String(schema.properties?.['apiVersion']?.const),
        String(schema.properties?.['kind']?.const),
        '1.7',
      ),
    ).toMatch(new RegExp(`${name.slice(name.indexOf('/'))}$`));
    for (const [, target] of text.matchAll(/"\$ref": "(.*?)"/g)) {
      expect(Object.keys(schema.$defs ?? {}).map((one) => `#/$defs/${one}`)).toContain(target);
    }
    expect(text).not.toMatch(/x-kubernetes|"default"/);
  });

  test('every pattern has words of its own, or is short enough to be shown', () => {
    const patterns = names.flatMap((name) =>
      [...readFileSync(join(folder, `${name}.json`), 'utf8').matchAll(/"pattern": (".*?")[,} \n]/g)].map(([, text]) =>
        String(JSON.parse(text ?? '""')),
      ),
    );
    const shown = [...new Set(patterns)].filter((pattern) =>
      schemaWords.SCHEMA_FORM.say({ pattern })[0].startsWith('this text has not'),
    );
    for (const pattern of shown) expect(pattern.length, pattern).toBeLessThan(130);
  });
});

describe('the code of a validator', () => {
  test('has none of the long errors of ajv', () => {
    expect(compileValidator(readSchema('kubernetes/v1/service_v1'))).not.toMatch(
      /schemaPath|message:|parentData:|concat/,
    );
  });

  test('is refused where ajv has come to write errors in another way', () => {
    expect(() => shortenErrors('const err1 = {schemaPath:"#/type"};')).toThrow('shorten-errors.ts');
  });
});

const group = {
  template: { spec: { containers: [{ name: 'ray', image: 'rayproject/ray:2.52.0' }] } },
  rayStartParams: {},
};
const cluster = (fields: object): object => ({
  apiVersion: 'ray.io/v1',
  kind: 'RayCluster',
  metadata: { name: 'demo' },
  spec: { headGroupSpec: group, ...fields },
});

describe.each(['1.3', '1.7'])('RayCluster of KubeRay %s', (version) => {
  let validate: Validate;
  beforeAll(async () => {
    validate = await makeValidator(readSchema(`kuberay-${version}/ray.io/raycluster_v1`));
  });
  const pointers = (fields: object): string[] =>
    validate(cluster(fields)).map(({ keyword, instancePath }) => `${keyword} ${instancePath}`);

  const rule = {
    from: [
      { podSelector: { matchExpressions: [{ key: 'a', operator: 'Exists' }] } },
      { ipBlock: { cidr: 'fd00::/8' } },
    ],
    ports: [{ port: 8265 }, { port: 'http', protocol: 'UDP' }, { port: 1, endPort: 65535 }],
  };

  test.each(['networkIsolation', 'networkPolicy'])('%s takes the same fields', (field) => {
    const egress = { to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] };
    expect(
      pointers({
        [field]: {
          mode: 'denyAllIngress',
          ingressRules: [rule],
          egressRules: [egress],
          head: { ingressRules: [rule] },
          worker: { egressRules: [egress] },
          workerGroups: [{ groupName: 'gpu', ingressRules: [rule] }],
        },
      }),
    ).toEqual([]);
    expect(pointers({ [field]: { mode: 'DenyAll' } })).toEqual([]);
    expect(pointers({ [field]: {} })).toEqual([]);
  });

  test('rules are strict', () => {
    const ingress = (one: object): string[] => pointers({ networkIsolation: { ingressRules: [one] } });
    expect(ingress({ to: [] })).toEqual(['known /spec/networkIsolation/ingressRules/0']);
    expect(ingress({ ports: [{ protocol: 'tcp' }] })).toEqual([
      'allowed /spec/networkIsolation/ingressRules/0/ports/0/protocol',
    ]);
    expect(ingress({ ports: [{ port: 65536 }] })).toEqual([
      'maximum /spec/networkIsolation/ingressRules/0/ports/0/port',
    ]);
    expect(ingress({ from: [{ ipBlock: { cidr: '10.0.0.1' } }] })).toEqual([
      'pattern /spec/networkIsolation/ingressRules/0/from/0/ipBlock/cidr',
    ]);
    expect(pointers({ networkIsolation: { workerGroups: [{}] } })).toEqual([
      'required /spec/networkIsolation/workerGroups/0',
    ]);
  });

  test('tlsOptions takes all of its fields', () => {
    const tlsOptions = {
      enabled: true,
      mode: 'mTLS',
      certificateSecretName: 'a',
      workerCertificateSecretName: 'b',
      issuerRef: { name: 'corp', kind: 'ClusterIssuer', group: 'cert-manager.io' },
      duration: '8760h',
      renewBefore: '2160h',
      privateKey: { algorithm: 'ECDSA', size: 256 },
      extraDnsNames: ['ray.example.com'],
      generation: 2,
      retiring: false,
      clients: [{ name: 'notebook', from: rule.from }],
    };
    expect(pointers({ tlsOptions })).toEqual([]);
  });

  test.each<[object, string]>([
    [{ generation: -1 }, 'minimum /spec/tlsOptions/generation'],
    [{ mode: 'TLS' }, 'allowed /spec/tlsOptions/mode'],
    [{ issuerRef: {} }, 'required /spec/tlsOptions/issuerRef'],
    [{ clients: [{}] }, 'required /spec/tlsOptions/clients/0'],
    [{ extraDnsNames: Array.from({ length: 51 }, () => 'a') }, 'maxItems /spec/tlsOptions/extraDnsNames'],
    [{ secretName: 'a' }, 'known /spec/tlsOptions'],
  ])('tlsOptions refuses %j', (tlsOptions, problem) => {
    expect(pointers({ tlsOptions })).toEqual([problem]);
  });
});
