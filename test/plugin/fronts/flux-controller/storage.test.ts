import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { openStorage } from '../../../../plugin/fronts/flux-controller/storage.ts';
import { makeStorageServer } from '../../../../plugin/fronts/flux-controller/storage-server.ts';

const root = mkdtempSync(join(tmpdir(), 'rayshield-storage-'));
const server = makeStorageServer(root);
afterAll(() => {
  server.close();
  rmSync(root, { recursive: true, force: true });
});

const hash = (digit: string): string => digit.repeat(64);
const bytes = gzipSync(Buffer.from('0123456789'.repeat(10)));

test('of an object the two newest are kept, and what is younger than a minute', () => {
  let now = Date.now();
  const storage = openStorage(root, () => now);
  const paths = ['1', '2', '3', '4'].map((digit, index) => {
    const { path } = storage.put('ml/a', hash(digit), bytes);
    utimesSync(join(root, path), 0, now / 1000 + index);
    return path;
  });
  storage.prune('ml/a');
  expect(paths.map((path) => existsSync(join(root, path)))).toEqual([true, true, true, true]);
  now += 70_000;
  storage.prune('ml/a');
  expect(paths.map((path) => existsSync(join(root, path)))).toEqual([false, false, true, true]);
  storage.removeAll('ml/a');
  expect(storage.keys()).toEqual([]);
});

test('what is stored is known by its digest, and a spoilt file is not taken for it', () => {
  const storage = openStorage(root);
  const { path, digest, size } = storage.put('ml/b', hash('a'), bytes);
  expect([storage.holds(path, digest), size, storage.keys()]).toEqual([true, bytes.length, ['ml/b']]);
  writeFileSync(join(root, path), 'spoilt');
  expect(storage.holds(path, digest)).toBe(false);
  expect(storage.holds('../../etc/passwd', digest)).toBe(false);
});

test('what a crash has left half-written is removed at the start', () => {
  const { path } = openStorage(root).put('ml/c', hash('c'), bytes);
  writeFileSync(join(root, `${path}.partial`), 'half');
  openStorage(root);
  expect([existsSync(join(root, path)), existsSync(join(root, `${path}.partial`))]).toEqual([true, false]);
});

test('GET, HEAD and a range are served as bytes, all else is not', async () => {
  const { path } = openStorage(root).put('ml/d', hash('d'), bytes);
  writeFileSync(join(root, 'secret.tar.gz'), 'secret');
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const get = (target: string, init?: RequestInit) => fetch(`${base}/${target}`, init);

  const whole = await get(path);
  expect(whole.headers.get('content-type')).toBe('application/gzip');
  expect(whole.headers.get('content-encoding')).toBeNull();
  expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
  const head = await get(path, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length')]).toEqual([200, String(bytes.length)]);

  const range = async (text: string) => {
    const response = await get(path, { headers: { range: text } });
    return [response.status, response.headers.get('content-range'), Buffer.from(await response.arrayBuffer())];
  };
  const last = bytes.length - 1;
  expect(await range('bytes=2-4')).toEqual([206, `bytes 2-4/${bytes.length}`, bytes.subarray(2, 5)]);
  expect(await range('bytes=5-')).toEqual([206, `bytes 5-${last}/${bytes.length}`, bytes.subarray(5)]);
  expect(await range('bytes=-3')).toEqual([206, `bytes ${last - 2}-${last}/${bytes.length}`, bytes.subarray(-3)]);
  expect(await range('bytes=9999-')).toEqual([416, `bytes */${bytes.length}`, Buffer.alloc(0)]);
  expect((await range('lines=1-2'))[0]).toBe(200);

  const statuses = await Promise.all(
    ['', 'secret.tar.gz', `${path}x`, 'externalartifact/ml', `externalartifact/ml/none/${hash('0')}.tar.gz`].map(
      async (target) => (await get(target)).status,
    ),
  );
  expect(statuses).toEqual([404, 404, 404, 404, 404]);
  expect((await get(path, { method: 'PUT', body: 'x' })).status).toBe(405);
  expect((await get('readyz')).status).toBe(200);
});

test.each([
  '/externalartifact/../secret.tar.gz',
  '/externalartifact/ml/%2e%2e/x',
  '//etc/passwd',
  '/..\\secret.tar.gz',
])('the path %s leads nowhere', async (path) => {
  const { request } = await import('node:http');
  const { port } = server.address() as AddressInfo;
  const status = await new Promise((resolve) => {
    request({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).end();
  });
  expect(status).toBe(404);
});
