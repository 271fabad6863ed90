import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { download } from '../../../../plugin/fronts/flux-controller/download.ts';

const folder = mkdtempSync(join(tmpdir(), 'rayshield-download-'));
const file = join(folder, 'artifact');
const bytes = Buffer.from('artifact');
const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
/** The statuses that are answered, one after the other; the last again and again. */
let answers: (number | 'broken' | Buffer)[] = [];
let asked = 0;
const server = createServer((_request, response) => {
  const answer = answers[Math.min(asked, answers.length - 1)] ?? 500;
  asked += 1;
  if (answer === 'broken') response.destroy();
  else if (typeof answer === 'number')
    response.writeHead(answer, answer === 302 ? { location: '/else' } : {}).end(bytes);
  else response.end(answer);
});

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

function fetchWith(given: typeof answers, change: Partial<Parameters<typeof download>[0]> = {}): Promise<void> {
  [answers, asked] = [given, 0];
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.tar.gz`;
  return download({ url, digest, file, maxBytes: 100, pauses: [1, 2], stop: new AbortController().signal, ...change });
}

test('what may pass is tried again: a broken connection, 429, 5xx, and bytes that are not those of the digest', async () => {
  await fetchWith(['broken', 503, 200]);
  expect(readFileSync(file)).toEqual(bytes);
  await fetchWith([429, Buffer.from('other'), 200]);
  expect(readFileSync(file)).toEqual(bytes);
  expect(asked).toBe(3);
});

test.each<[string, { given?: typeof answers; change?: object; says: RegExp; asks: number }]>([
  ['a missing artifact', { given: [404], says: /no longer has/, asks: 1 }],
  ['a refusal', { given: [403], says: /status 403/, asks: 1 }],
  ['a redirect', { given: [302], says: /status 302/, asks: 1 }],
  ['a server that never answers well', { given: [500], says: /status 500/, asks: 3 }],
  ['a connection that breaks', { given: ['broken'], says: /cannot be fetched: ECONNRESET/, asks: 3 }],
  ['other bytes', { given: [Buffer.from('other')], says: /not what its source's digest says/, asks: 3 }],
  ['too many bytes', { given: [Buffer.alloc(101)], says: /larger than 100 bytes/, asks: 1 }],
  ['a digest of another kind', { change: { digest: 'blake3:00' }, says: /blake3 digest; rayshield reads/, asks: 0 }],
  ['another protocol', { change: { url: 'file:///etc/passwd' }, says: /neither http nor https/, asks: 0 }],
])('%s is refused', async (_title, { given = [200], change, says, asks }) => {
  await expect(fetchWith(given, change)).rejects.toThrow(says);
  expect(asked).toBe(asks);
});
