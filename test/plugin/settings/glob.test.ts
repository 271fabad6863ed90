import { expect, test } from 'vitest';
import { readGlob } from '../../../plugin/settings/glob.ts';

test.each([
  ['*', 'a/b/c.yaml', true],
  ['*.yaml', 'a/b/c.yaml', true],
  ['a*.yaml', 'b/a.yaml', false],
  ['**/c.yaml', 'a/c.yaml', true],
  ['**/c.yaml', 'c.yaml', false],
  ['?.yaml', 'a.yaml', true],
  ['?.yaml', '.yaml', false],
  ['?.yaml', 'ab.yaml', false],
  ['[ab].yaml', 'b.yaml', true],
  ['[a-c].yaml', 'c.yaml', true],
  ['[a-c].yaml', 'd.yaml', false],
  ['[!a-c].yaml', 'd.yaml', true],
  ['[!a-c].yaml', 'b.yaml', false],
  ['{a,b}.yaml', 'b.yaml', true],
  ['{a,b}.yaml', 'c.yaml', false],
  ['{a*,{b,c}/d}.yaml', 'c/d.yaml', true],
  ['{,x-}a.yaml', 'a.yaml', true],
  ['\\*.yaml', '*.yaml', true],
  ['\\*.yaml', 'a.yaml', false],
  ['a,b.yaml', 'a,b.yaml', true],
  ['config.yaml', 'Config.yaml', false],
])('%s of %s: %s', (pattern, text, expected) => {
  expect(readGlob(pattern)?.(text)).toBe(expected);
});

test.each(['', '{a,b', 'a}b{', '[a-', '[]', '[b-a]', '\\', 'x'.repeat(1001)])('%s is none', (pattern) => {
  expect(readGlob(pattern)).toBeUndefined();
});

test('no pattern makes the work grow beyond its length times that of the text', () => {
  const glob = readGlob(`${'{*a,*}'.repeat(100)}b`);
  expect(glob?.('a'.repeat(2000))).toBe(false);
});
