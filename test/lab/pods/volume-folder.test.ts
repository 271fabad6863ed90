// What a program sees of a volume that changes.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeTree } from '../../support/workdir.ts';
import { writeVolume } from './volume-folder.ts';

const files = (content: Readonly<Record<string, string>>): Map<string, Buffer> =>
  new Map(Object.entries(content).map(([path, text]) => [path, Buffer.from(text)]));
const namesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => !name.startsWith('..'))
    .sort();

test('files at their paths; those that are gone are gone', () => {
  const folder = join(makeTree(), 'volume');
  writeVolume(folder, files({ 'tls.crt': 'one', 'sub/key': 'two' }));
  expect([readFileSync(join(folder, 'tls.crt'), 'utf8'), readFileSync(join(folder, 'sub/key'), 'utf8')]).toEqual([
    'one',
    'two',
  ]);
  writeVolume(folder, files({ 'tls.crt': 'new' }));
  expect([namesIn(folder), readFileSync(join(folder, 'tls.crt'), 'utf8')]).toEqual([['tls.crt'], 'new']);
});

test('what has not changed is left alone', () => {
  const folder = join(makeTree(), 'volume');
  writeVolume(folder, files({ a: '1' }));
  const moment = readlinkSync(join(folder, '..data'));
  writeVolume(folder, files({ a: '1' }));
  expect(readlinkSync(join(folder, '..data'))).toBe(moment);
  writeVolume(folder, files({ a: '2' }));
  expect(readlinkSync(join(folder, '..data'))).not.toBe(moment);
});

test('a volume of no files is an empty folder', () => {
  const folder = join(makeTree(), 'volume');
  writeVolume(folder, files({}));
  expect(namesIn(folder)).toEqual([]);
});
