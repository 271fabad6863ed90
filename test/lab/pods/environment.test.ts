// https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/
import { describe, expect, test } from 'vitest';
import { type EnvironmentFacts, readEnvironment } from './environment.ts';
import type { Container, Pod } from './pod.ts';

const pod: Pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'head-1', namespace: 'ml', uid: 'u', labels: { 'ray.io/group': 'small', app: 'x' } },
  spec: { nodeName: 'lab', containers: [{ name: 'other', resources: { limits: { cpu: '3' } } }] },
};

const objects: Readonly<Record<string, Readonly<Record<string, Buffer>>>> = {
  s1: { key: Buffer.from('secret'), B: Buffer.from('b') },
};

async function read(container: Partial<Container>): Promise<Record<string, string>> {
  const find = (name: string) => Promise.resolve(objects[name]);
  const facts: EnvironmentFacts = {
    pod,
    container: { name: 'main', ...container },
    place: { ip: '10.66.0.10', hostIP: '10.66.0.1', allocatable: { cpu: '2', memory: '1000' } },
    source: { readSecret: find, readConfigMap: find },
    apiServer: { host: '10.66.0.1', port: '6443' },
  };
  const variables = await readEnvironment(facts);
  return Object.fromEntries(variables.map(({ name, value }) => [name, value]));
}

const readField = async (fieldPath: string): Promise<string | undefined> =>
  (await read({ env: [{ name: 'X', valueFrom: { fieldRef: { fieldPath } } }] }))['X'];

const readResource = async (resources: Container['resources'], ref: object): Promise<string | undefined> => {
  const resourceFieldRef = { resource: 'limits.cpu', ...ref };
  return (await read({ ...(resources && { resources }), env: [{ name: 'X', valueFrom: { resourceFieldRef } }] }))['X'];
};

test.each([
  ['status.podIP', '10.66.0.10'],
  ['status.hostIP', '10.66.0.1'],
  ['metadata.name', 'head-1'],
  ['metadata.namespace', 'ml'],
  ["metadata.labels['ray.io/group']", 'small'],
  ["metadata.labels['none']", ''],
  ['metadata.labels', 'app="x"\nray.io/group="small"'],
  ['spec.nodeName', 'lab'],
  ['spec.serviceAccountName', 'default'],
])('the field %s is %j', async (path, value) => {
  expect(await readField(path)).toBe(value);
});

test('a field that there is not is an error', async () => {
  await expect(readField('status.phase')).rejects.toThrow('no field status.phase');
});

describe('resources are whole units of the divisor', () => {
  test.each<[title: string, resources: Container['resources'], ref: object, value: string]>([
    ['rounded up', { limits: { cpu: '1500m' } }, {}, '2'],
    ['in thousandths', { limits: { cpu: '100m' } }, { divisor: '1m' }, '100'],
    ['in units of two', { limits: { memory: '2Gi' } }, { resource: 'limits.memory', divisor: '1Mi' }, '2048'],
    ['of the node where there is no limit', undefined, {}, '2'],
    ['nothing where nothing is requested', undefined, { resource: 'requests.memory' }, '0'],
    ['of another container', undefined, { containerName: 'other' }, '3'],
    ["with the API server's own divisor", { limits: { cpu: '4' } }, { divisor: '0' }, '4'],
  ])('%s', async (_, resources, ref, value) => {
    expect(await readResource(resources, ref)).toBe(value);
  });
});

describe('Secrets and ConfigMaps', () => {
  const keyOf = (ref: object) =>
    read({ env: [{ name: 'X', valueFrom: { secretKeyRef: { name: 's1', key: 'key', ...ref } } }] });

  test('a key', async () => {
    expect(await keyOf({})).toMatchObject({ X: 'secret' });
  });

  test.each([
    [{ name: 'none' }, 'secret "none" not found'],
    [{ key: 'none' }, "couldn't find key none in secret s1"],
  ])('a missing one is waited for: %j', async (ref, message) => {
    await expect(keyOf(ref)).rejects.toMatchObject({ reason: 'CreateContainerConfigError', message });
    expect(await keyOf({ ...ref, optional: true })).not.toHaveProperty('X');
  });

  test('all of one, under a prefix; env comes later and wins', async () => {
    const env = [{ name: 'P_B', value: 'mine' }];
    expect(await read({ envFrom: [{ prefix: 'P_', configMapRef: { name: 's1' } }], env })).toMatchObject({
      P_key: 'secret',
      P_B: 'mine',
    });
  });
});

test('every container knows the API server', async () => {
  expect(await read({})).toEqual({
    KUBERNETES_SERVICE_HOST: '10.66.0.1',
    KUBERNETES_SERVICE_PORT: '6443',
    KUBERNETES_SERVICE_PORT_HTTPS: '6443',
  });
});
