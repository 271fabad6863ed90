import { describe, expect, test } from 'vitest';
import { positionOf } from '../../../plugin/manifests/position.ts';
import { readContent, readManifests } from '../../../plugin/manifests/read.ts';

const limits = { maxDocuments: 10, maxDepth: 20, maxAliases: 10, maxKeys: 1000 };

/** `line:column` of a field of the last document. */
function place(text: string, path: readonly (string | number)[], anchor: 'key' | 'value' = 'value'): string {
  const manifest = readManifests({ file: 'f', text }, limits).manifests.at(-1);
  if (manifest === undefined) throw new Error('no document');
  const { line, column } = positionOf(readContent(manifest, limits).manifest, path, anchor);
  return `${line}:${column}`;
}

const head = 'apiVersion: ray.io/v1\nkind: RayCluster\nmetadata: {}\n';

describe('positionOf', () => {
  test('counts lines through all documents before', () => {
    expect(place(`a: 1\n---\n# c\n${head}spec:\n  x: 1\n`, ['spec', 'x'])).toBe('8:6');
  });

  test('points at keys and at values', () => {
    expect(place(`${head}spec: {a: [1, {b: 2}]}\n`, ['spec', 'a', 1, 'b'], 'key')).toBe('4:16');
    expect(place(`${head}spec: {a: [1, {b: 2}]}\n`, ['spec', 'a', 1, 'b'])).toBe('4:19');
  });

  test('counts characters, not units or bytes', () => {
    expect(place(`${head}spec: {"é😀": 1, b: 2}\n`, ['spec', 'b'], 'key')).toBe('4:17');
  });

  test('does not count a byte order mark, nor the carriage return of a line end', () => {
    expect(place(`\uFEFF${head.replaceAll('\n', '\r\n')}spec: 1\r\n`, ['apiVersion'], 'key')).toBe('1:1');
    expect(place(`\uFEFF${head.replaceAll('\n', '\r\n')}spec: 1\r\n`, ['spec'])).toBe('4:7');
  });

  test('of what an alias brings is the place of the alias', () => {
    expect(place(`${head}x: &a {b: {c: 1}}\nspec: *a\n`, ['spec', 'b', 'c'])).toBe('5:7');
  });

  test('of what a merge brings is the place of the merge key', () => {
    expect(place(`${head}x: &a {b: 1}\nspec: {<<: *a, d: 2}\n`, ['spec', 'b'])).toBe('5:8');
    expect(place(`${head}x: &a {b: 1}\nspec: {<<: *a, d: 2}\n`, ['spec', 'd'], 'key')).toBe('5:16');
  });

  test('of a missing field is its nearest parent', () => {
    expect(place(`${head}spec:\n  a:\n    b: 1\n`, ['spec', 'a', 'c', 'd'])).toBe('5:3');
  });

  test('is right though numbers among keys are walked first', () => {
    expect(place(`${head}spec: {z: {y: 1}, 2: {x: 1}, 1: 0, a: 5}\n`, ['spec', 'a'], 'key')).toBe('4:36');
    expect(place(`${head}spec: {z: {y: 1}, 2: {x: 1}, 1: 0, a: 5}\n`, ['spec', '2', 'x'])).toBe('4:26');
  });
});
