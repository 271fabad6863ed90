import { expect, test } from 'vitest';
import { readAnyContent, readManifests } from '../../../plugin/manifests/read.ts';
import { wordAt } from '../../../plugin/manifests/written.ts';

const limits = { maxDocuments: 10, maxDepth: 20, maxAliases: 10, maxKeys: 100 };

/** The word at `x` of a document, with `y` beside it. */
function word(text: string, path: readonly (string | number)[] = ['x']): string | undefined {
  const [manifest] = readManifests({ file: 'f', text }, limits).manifests;
  if (manifest === undefined) throw new Error('no document');
  return wordAt(readAnyContent(manifest, limits).manifest, path);
}

test.each([
  ['x: 2.10\n', '2.10'],
  ['x: 010 # c\n', '010'],
  ['x: 1_000\r\n', '1_000'],
  ['w: {x: yes, z: 1}\n', 'yes', ['w', 'x']],
  ['x: [a, ~]\n', '~', ['x', 1]],
  ['{"x": 1.50}\n', '1.50'],
  ['x: &anchor off\n', 'off'],
  ['x:\ny: 1\n', ''],
] as const)('%j is written as %j', (text, written, path: readonly (string | number)[] = ['x']) => {
  expect(word(text, path)).toBe(written);
});

test.each([
  ['a text', 'x: "010"\n'],
  ['a word that is one', 'x: 12:30\n'],
  ['a map', 'x: {y: 1}\n'],
  ['what an alias brings', 'y: &a 010\nx: *a\n'],
  ['nothing at all', 'y: 1\n'],
])('%s is not told', (_, text) => {
  expect(word(text)).toBeUndefined();
});
