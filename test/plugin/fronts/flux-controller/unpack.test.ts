import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Headers, pack } from 'tar-stream';
import { afterAll, expect, test } from 'vitest';
import { unpack } from '../../../../plugin/fronts/flux-controller/unpack.ts';

const top = mkdtempSync(join(tmpdir(), 'rayshield-unpack-'));
afterAll(() => rmSync(top, { recursive: true, force: true }));

const limits = { bytes: 10_000, entries: 20 };
type Entry = Partial<Headers> & { readonly name: string; readonly text?: string };

async function pathOf(entries: readonly Entry[]): Promise<string> {
  const tar = pack();
  for (const { text, ...header } of entries) tar.entry(header, text ?? '');
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  const file = join(mkdtempSync(join(top, 'archive-')), 'a.tar.gz');
  writeFileSync(file, gzipSync(Buffer.concat(chunks)));
  return file;
}

function makeFolder(): string {
  const folder = join(mkdtempSync(join(top, 'case-')), 'in');
  mkdirSync(folder);
  return folder;
}

test('files, folders and links that stay inside are made', async () => {
  const folder = makeFolder();
  const entries: Entry[] = [
    { name: './', type: 'directory' },
    { name: './base/link.yaml', type: 'symlink', linkname: '../real.yaml' },
    { name: 'base', type: 'directory' },
    { name: 'real.yaml', text: 'a: 1\n' },
    { name: `${'long/'.repeat(40)}file.yaml`, text: 'deep' },
  ];
  await unpack(await pathOf(entries), folder, limits);
  expect(readFileSync(join(folder, 'base/link.yaml'), 'utf8')).toBe('a: 1\n');
  expect(readFileSync(join(folder, `${'long/'.repeat(40)}file.yaml`), 'utf8')).toBe('deep');
});

test.each<[string, Entry[], RegExp]>([
  ['an absolute name', [{ name: '/etc/x', text: 'x' }], /leads out/],
  ['a name with ..', [{ name: 'a/../../x', text: 'x' }], /leads out/],
  ['a name with a backslash', [{ name: 'a\\..\\x', text: 'x' }], /leads out/],
  ['a link out', [{ name: 'l', type: 'symlink', linkname: '../' }], /link "l" leads out/],
  ['an absolute link', [{ name: 'l', type: 'symlink', linkname: '/etc' }], /link "l" leads out/],
  ['a link to nowhere', [{ name: 'l', type: 'symlink', linkname: 'none' }], /or nowhere/],
  [
    'a link out by way of another',
    [
      { name: 'x/y/up', type: 'symlink', linkname: '..' },
      { name: 'out', type: 'symlink', linkname: 'x/y/up/../..' },
    ],
    /link "out" leads out/,
  ],
  [
    'a hard link',
    [
      { name: 'a', text: 'x' },
      { name: 'l', type: 'link', linkname: '/etc/passwd' },
    ],
    /is a link/,
  ],
  ['a device', [{ name: 'd', type: 'character-device' }], /is a character-device/],
  ['a pipe', [{ name: 'p', type: 'fifo' }], /is a fifo/],
  ['too many bytes', [{ name: 'big', text: 'x'.repeat(10_001) }], /larger than 10000 bytes/],
  [
    'too many entries',
    Array.from({ length: 21 }, (_, index) => ({ name: `f${index}`, text: '' })),
    /more than 20 entries/,
  ],
])('%s is refused, and nothing is written outside', async (_title, entries, message) => {
  const folder = makeFolder();
  await expect(unpack(await pathOf(entries), folder, limits)).rejects.toThrow(message);
  expect(readdirSync(join(folder, '..'))).toEqual(['in']);
});

test('nothing is written through a link: a file of the same name as one is refused or stays inside', async () => {
  const folder = makeFolder();
  const outside = join(folder, '../outside');
  const entries: Entry[] = [
    { name: 'l', type: 'symlink', linkname: '../outside' },
    { name: 'l', text: 'x' },
  ];
  await expect(unpack(await pathOf(entries), folder, limits)).rejects.toThrow(/leads out/);
  expect(existsSync(outside)).toBe(false);
});

test.each([
  ['no gzip', Buffer.from('text'), /no gzip/],
  ['gzip of no tar', gzipSync(Buffer.from('x'.repeat(2000))), /no tar archive/],
])('%s is refused', async (_title, bytes, message) => {
  const file = join(makeFolder(), '../a.tar.gz');
  writeFileSync(file, bytes);
  await expect(unpack(file, makeFolder(), limits)).rejects.toThrow(message);
});

test('an archive that is cut short is refused', async () => {
  const file = await pathOf([{ name: 'a.yaml', text: 'x'.repeat(5000) }]);
  writeFileSync(file, readFileSync(file).subarray(0, 60));
  await expect(unpack(file, makeFolder(), limits)).rejects.toThrow(/cut short/);
});
