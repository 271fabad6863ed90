import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { hashFiles, makeArchive } from '../../../../plugin/fronts/flux-controller/archive.ts';

const files = [
  { name: 'b.yaml', text: 'b: 1\n' },
  { name: 'a.yaml', text: 'a: ü\n' },
];

test('the same files make the same bytes, in whatever order they come', async () => {
  const archive = await makeArchive(files);
  expect(archive.equals(await makeArchive([...files].reverse()))).toBe(true);
  // Names in lexical order, no time, no owner, mode 0600: https://www.gnu.org/software/tar/manual/html_node/Standard.html
  const tar = gunzipSync(archive);
  const header = (at: number) => tar.subarray(at, at + 512).toString('latin1');
  expect(header(0).slice(0, 6)).toBe('a.yaml');
  expect(header(1024).slice(0, 6)).toBe('b.yaml');
  expect(header(0).slice(100, 107)).toBe('000600 ');
  expect(Number.parseInt(header(0).slice(136, 147), 8)).toBe(0);
  expect(header(0).slice(265, 329).replace(/\0/g, '')).toBe('');
  // gzip's own time, RFC 1952.
  expect(archive.readUInt32LE(4)).toBe(0);
});

test('the tar is what it was in earlier releases', async () => {
  const tar = gunzipSync(await makeArchive(files));
  expect(createHash('sha256').update(tar).digest('hex')).toMatchInlineSnapshot(
    `"049acfc29453dbf82299a2a026585e35a0db7581539555bb12e9cb9c8aeece66"`,
  );
});

test('the hash is of names and contents, each of which counts', () => {
  expect(hashFiles(files)).toBe(hashFiles([...files].reverse()));
  const others = [
    [{ name: 'a.yaml', text: 'a: ü\nb: 1\n' }],
    [{ name: 'c.yaml', text: 'b: 1\n' }, ...files.slice(1)],
    [{ name: 'b.yaml', text: 'b: 2\n' }, ...files.slice(1)],
  ];
  expect(new Set([files, ...others].map(hashFiles)).size).toBe(4);
});
