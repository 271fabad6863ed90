// https://kubernetes.io/docs/concepts/storage/projected-volumes/
import { expect, test } from 'vitest';
import type { Pod, Volume } from './pod.ts';
import { readVolume, type VolumeFacts } from './volumes.ts';

const pod: Pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a', namespace: 'ml' },
  spec: { containers: [{ name: 'main', resources: { limits: { memory: '1Mi' } } }] },
};
const data = { 'tls.crt': Buffer.from('crt'), 'tls.key': Buffer.from('key') };
const facts: VolumeFacts = {
  pod,
  place: { ip: '10.66.0.10', hostIP: '10.66.0.1', allocatable: {} },
  source: {
    readSecret: (name) => Promise.resolve(name === 'tls' ? data : undefined),
    readConfigMap: (name) => Promise.resolve(name === 'ca' ? { 'ca.crt': Buffer.from('ca') } : undefined),
  },
  requestToken: (audience, seconds) => Promise.resolve(`${audience} ${seconds}`),
};

const read = async (volume: Omit<Volume, 'name'>): Promise<Record<string, string>> => {
  const files = (await readVolume({ name: 'v', ...volume }, facts)) ?? new Map<string, Buffer>();
  return Object.fromEntries([...files].map(([path, content]) => [path, content.toString()]));
};

test.each<[title: string, volume: Omit<Volume, 'name'>, files: Record<string, string>]>([
  ['a Secret', { secret: { secretName: 'tls' } }, { 'tls.crt': 'crt', 'tls.key': 'key' }],
  ['keys at paths', { secret: { secretName: 'tls', items: [{ key: 'tls.key', path: 'a/b' }] } }, { 'a/b': 'key' }],
  ['an optional one that is not there', { configMap: { name: 'none', optional: true } }, {}],
  [
    'the downward API',
    {
      downwardAPI: {
        items: [
          { path: 'name', fieldRef: { fieldPath: 'metadata.name' } },
          { path: 'limit', resourceFieldRef: { containerName: 'main', resource: 'limits.memory', divisor: '1Ki' } },
        ],
      },
    },
    { name: 'a', limit: '1024' },
  ],
  [
    'several in one',
    {
      projected: {
        sources: [
          { serviceAccountToken: { path: 'token', expirationSeconds: 600, audience: 'x' } },
          { configMap: { name: 'ca', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        ],
      },
    },
    { token: 'x 600', 'ca.crt': 'ca' },
  ],
])('%s', async (_, volume, files) => {
  expect(await read(volume)).toEqual(files);
});

test('an emptyDir has no files of its own', async () => {
  expect(await readVolume({ name: 'v', emptyDir: {} }, facts)).toBeUndefined();
});

test('a Secret or a key that is not there is waited for', async () => {
  const reason = 'ContainerCreating';
  await expect(read({ secret: { secretName: 'none' } })).rejects.toMatchObject({ reason });
  const items = [{ key: 'none', path: 'x' }];
  await expect(read({ secret: { secretName: 'tls', items } })).rejects.toMatchObject({ reason });
});

test('a kind of volume that the lab has not is named', async () => {
  await expect(readVolume({ name: 'disk' }, facts)).rejects.toThrow('disk');
});
