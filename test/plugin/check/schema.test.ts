import { beforeAll, describe, expect, test } from 'vitest';
import { checkSchema } from '../../../plugin/check/schema.ts';
import type { Validate } from '../../../plugin/check/validator.ts';
import type { Resource } from '../../../plugin/manifests/manifest.ts';
import { collectReports, type Reported } from '../../support/reports.ts';
import { makeValidator, readSchema } from '../../support/validators.ts';

let validate: Validate;
beforeAll(async () => {
  validate = await makeValidator(readSchema('kuberay-1.7/ray.io/raycluster_v1'));
});

const container = (fields: object = {}): object => ({ name: 'ray', image: 'rayproject/ray:2.52.0', ...fields });
const group = (fields: object = {}, pod: object = {}): object => ({
  rayStartParams: {},
  template: { spec: { containers: [container()], ...pod } },
  ...fields,
});

/** What is reported on a RayCluster with these fields of its spec. */
function reportsOn(spec: object, rest: object = {}): readonly Reported[] {
  const body = {
    apiVersion: 'ray.io/v1',
    kind: 'RayCluster',
    metadata: { name: 'demo' },
    spec: { headGroupSpec: group(), ...spec },
    ...rest,
  };
  // It stands in no text.
  return collectReports((report) =>
    checkSchema({ manifest: {}, path: [], body } as unknown as Resource, validate, report),
  );
}

const messages = (spec: object, rest?: object): string[] =>
  reportsOn(spec, rest).map(({ path, message }) => `${path}: ${message}`);

const head = (container: object): object => ({ headGroupSpec: group({}, { containers: [container] }) });

test('a valid object has no findings', () => {
  expect(messages({})).toEqual([]);
});

describe('an unknown field', () => {
  test('is told with the nearest name that is known there', () => {
    expect(messages({ headGroupSpec: group({ rayStartParam: {} }) })).toEqual([
      'spec.headGroupSpec.rayStartParam: there is no field rayStartParam here; did you mean rayStartParams?',
    ]);
  });

  test('is not also a missing field, where it is a slip of it', () => {
    expect(messages(head({ Name: 'ray', image: 'a' }))).toEqual([
      'spec.headGroupSpec.template.spec.containers.0.Name: there is no field Name here; did you mean name?',
    ]);
  });

  test('is told where it belongs, the nearest place first', () => {
    expect(messages({ headGroupSpec: group({ initContainers: [] }) })).toEqual([
      'spec.headGroupSpec.initContainers: there is no field initContainers here; ' +
        'it belongs under spec.headGroupSpec.template.spec: move it there, or remove it',
    ]);
  });

  test('is told the few fields that there are, where nothing is like it', () => {
    expect(messages({ authOptions: { zzz: 1 } })).toEqual([
      'spec.authOptions.zzz: there is no field zzz here; ' +
        'write one of enableK8sTokenAuth, mode, secretName, or remove it, or set kuberayVersion to a version that has it',
    ]);
  });

  test('is told no more where nothing helps', () => {
    expect(messages(head(container({ zzzzz: 1 })))).toEqual([
      'spec.headGroupSpec.template.spec.containers.0.zzzzz: there is no field zzzzz here; ' +
        'remove it, or check its spelling and the version that it needs',
    ]);
  });

  test('of the root is found a place too', () => {
    expect(messages({}, { headGroupSpec: {} })).toEqual([
      'headGroupSpec: there is no field headGroupSpec here; it belongs under spec: move it there, or remove it',
    ]);
  });
});

test('a missing field is named at its own path', () => {
  expect(messages({ workerGroupSpecs: [group({ minReplicas: 0, maxReplicas: 1 })] })).toEqual([
    'spec.workerGroupSpecs.0.groupName: the field groupName is missing; add it below spec.workerGroupSpecs[0]: it is required there',
  ]);
});

test('a missing field that stands at another place is to be moved', () => {
  const { template, ...rest } = group({}, { containers: [container()] }) as { template: object };
  expect(messages({ headGroupSpec: rest, template })).toContain(
    'spec.headGroupSpec.template: the field template is missing; move it below spec.headGroupSpec: it stands at spec.template',
  );
});

test('a missing field that lies in what is unknown is to be moved too', () => {
  expect(messages({ headGroupSpec: undefined, upgrade: { headGroupSpec: group() } })).toContain(
    'spec.headGroupSpec: the field headGroupSpec is missing; move it below spec: it stands at spec.upgrade.headGroupSpec',
  );
});

test('the allowed words come nearest first, whatever their case', () => {
  expect(messages({ networkIsolation: { mode: 'denyallegress' } })).toEqual([
    'spec.networkIsolation.mode: denyallegress is not allowed here; did you mean denyAllEgress? ' +
      'Allowed: denyAllEgress, denyAllIngress, denyAll',
  ]);
});

describe('a value of the wrong type', () => {
  const env = (value: unknown): string[] => messages(head(container({ env: [{ name: 'A', value }] })));
  const replicas = (value: unknown): string[] =>
    messages({ workerGroupSpecs: [group({ groupName: 'a', minReplicas: 0, maxReplicas: value })] });
  const field = 'spec.headGroupSpec.template.spec.containers.0.env.0.value';

  test('number or boolean for text is an unquoted value', () => {
    expect(env(8265)).toEqual([`${field}: this must be text, and it is the number 8265; put it in quotes: "8265"`]);
    expect(env(false)).toEqual([`${field}: this must be text, and it is the boolean false; put it in quotes: "false"`]);
  });

  test('text for a number or boolean has quotes too many', () => {
    expect(replicas('5')).toEqual([
      'spec.workerGroupSpecs.0.maxReplicas: this must be a whole number, and it is text; remove the quotes',
    ]);
    expect(messages({ suspend: 'true' })).toEqual([
      'spec.suspend: this must be true or false, and it is text; write true or false, without quotes',
    ]);
    expect(replicas('five')).toEqual([
      'spec.workerGroupSpecs.0.maxReplicas: this must be a whole number, and it is text; give a whole number',
    ]);
  });

  test('a fraction of a CPU must be quoted', () => {
    expect(messages(head(container({ resources: { limits: { cpu: 0.5 } } })))).toEqual([
      'spec.headGroupSpec.template.spec.containers.0.resources.limits.cpu: ' +
        'this must be a whole number or text, and it is the number 0.5; put it in quotes: "0.5"',
    ]);
  });

  test('lists, maps and empty values say how they are written', () => {
    expect(messages({ workerGroupSpecs: group() })).toEqual([
      'spec.workerGroupSpecs: this must be a list, and it is a map; ' +
        'write each item on a line of its own, after a dash and a blank',
    ]);
    expect(messages({ autoscalerOptions: [] })).toEqual([
      'spec.autoscalerOptions: this must be a map of fields, and it is a list; ' +
        'remove the dash: one map stands here, not several',
    ]);
    expect(messages({ autoscalerOptions: 'v2' })).toEqual([
      'spec.autoscalerOptions: this must be a map of fields, and it is text; ' +
        'write its fields as lines of name: value below it, indented more than its name',
    ]);
    expect(messages({ rayVersion: null })).toEqual([
      'spec.rayVersion: this must be text, and nothing stands here; give it a value, or remove the line',
    ]);
  });
});

describe('a value that is not in its list', () => {
  test('is repeated only where it is nearly one, which then comes first', () => {
    expect(messages({ networkIsolation: { mode: 'denyAllEgres' } })).toEqual([
      'spec.networkIsolation.mode: denyAllEgres is not allowed here; did you mean denyAllEgress? ' +
        'Allowed: denyAllEgress, denyAllIngress, denyAll',
    ]);
    expect(messages({ tlsOptions: { mode: 'hunter2-secret' } })).toEqual([
      'spec.tlsOptions.mode: this value is not allowed here; write mTLS',
    ]);
  });

  test('of the wrong type is told what is allowed, and no more', () => {
    expect(messages({ tlsOptions: { mode: true } })).toEqual([
      'spec.tlsOptions.mode: true is not allowed here; write mTLS',
    ]);
    expect(messages({ tlsOptions: { mode: {} } })).toEqual([
      'spec.tlsOptions.mode: this value is not allowed here; write mTLS',
    ]);
  });
});

test('forms are named, with an example', () => {
  expect(messages(head(container({ resources: { limits: { memory: '8 Gi' } } })))).toEqual([
    'spec.headGroupSpec.template.spec.containers.0.resources.limits.memory: this is not a quantity ' +
      '(a number, perhaps with m, k, M, G, T, Ki, Mi, Gi or Ti; GB and MB are no units); write it as 500m, 2 or 8Gi',
  ]);
  const ingressRules = [{ from: [{ ipBlock: { cidr: '10.0.0.1' } }] }];
  expect(messages({ networkIsolation: { ingressRules } })).toEqual([
    'spec.networkIsolation.ingressRules.0.from.0.ipBlock.cidr: this is not a range of addresses; write it as 10.0.0.0/8 or fd00::/8',
  ]);
});

test('bounds of numbers, lists and texts are given', () => {
  expect(messages({ tlsOptions: { generation: -1 } })).toEqual([
    'spec.tlsOptions.generation: -1 is too small; give a number of at least 0',
  ]);
  expect(messages({ networkIsolation: { ingressRules: [{ ports: [{ port: 70000 }] }] } })).toEqual([
    'spec.networkIsolation.ingressRules.0.ports.0.port: 70000 is too large; give a number of at most 65535',
  ]);
  const extraDnsNames = Array.from({ length: 51 }, () => 'a.example.com');
  expect(messages({ tlsOptions: { extraDnsNames } })).toEqual([
    'spec.tlsOptions.extraDnsNames: this has too many items; give at most 50 items',
  ]);
  expect(messages({ networkIsolation: { ingressRules: [{ ports: [{ port: '' }] }] } })).toEqual([
    'spec.networkIsolation.ingressRules.0.ports.0.port: this is empty; give at least 1 character',
  ]);
});

test('keys with slashes and digits keep their own path', () => {
  const metadata = { name: 'demo', labels: { 'a/b~c': 1, '0': 2 } };
  expect(reportsOn({}, { metadata }).map(({ path }) => path)).toEqual(['metadata.labels.0', 'metadata.labels.a/b~c']);
});

test('no text of the input is repeated', () => {
  const secret = 'hunter2 hunter2';
  const found = messages({
    headGroupSpec: group({}, { hostNetwork: secret, containers: [container({ env: secret, command: { a: secret } })] }),
    networkIsolation: { mode: secret, ingressRules: [{ from: [{ ipBlock: { cidr: secret } }] }] },
  });
  expect(found).toHaveLength(5);
  expect(found.join()).not.toContain('hunter2');
});
