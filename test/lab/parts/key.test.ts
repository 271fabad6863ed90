import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findVersion } from './go-module.ts';
import { digest, findRecipe, readFolder } from './key.ts';
import { parts } from './parts.ts';

const folder = mkdtempSync(join(tmpdir(), 'rayshield-key-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a key is the same for the same texts in any order', () => {
  expect(digest({ 'go.mod': 'a', 'go.sum': 'b' })).toBe(digest({ 'go.sum': 'b', 'go.mod': 'a' }));
});

test('a key changes with every text and every name', () => {
  const keys = [
    digest({ 'go.mod': 'a', 'go.sum': 'b' }),
    digest({ 'go.mod': 'a', 'go.sum': 'c' }),
    digest({ 'go.mod': 'ab', 'go.sum': '' }),
    digest({ 'go.mod': 'a', 'main.go': 'b' }),
    digest({ 'go.mod': 'a' }),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});

test('a folder is read with all below it, under its paths', () => {
  mkdirSync(join(folder, 'etcd'));
  writeFileSync(join(folder, 'go.mod'), 'module lab');
  writeFileSync(join(folder, 'etcd/main.go'), 'package main');
  expect(readFolder(folder)).toEqual({ 'go.mod': 'module lab', 'etcd/main.go': 'package main' });
});

test('parts have recipes of their own, and a new file that a part provides makes another recipe', () => {
  expect(new Set(parts.map(findRecipe)).size).toBe(parts.length);
  const part = { sources: () => ({ pin: '1' }), provides: ['bin/ray'] };
  expect(findRecipe({ ...part, provides: ['bin/ray', 'bin/serve'] })).not.toBe(findRecipe(part));
});

test('a pin is what go.mod requires', () => {
  const goMod = 'module lab\n\nrequire example.org/one v1.2.3\n\nrequire (\n\texample.org/two v0.4.0 // indirect\n)\n';
  expect(findVersion(goMod, 'example.org/one')).toBe('1.2.3');
  expect(findVersion(goMod, 'example.org/two')).toBe('0.4.0');
  expect(() => findVersion(goMod, 'example.org/three')).toThrow('go.mod does not require example.org/three');
});

test('a part says its versions', () => {
  const pins = Object.fromEntries(parts.map(({ name, pin }) => [name, pin]));
  expect(pins['control-plane']).toMatch(
    /^Kubernetes 1\.\d+\.\d+, etcd 3\.[\d.]+, cert-manager [\d.]+, CoreDNS [\d.]+$/,
  );
  expect(pins['kuberay-1.6.2']).toBe('KubeRay operator 1.6.2');
  expect(pins['kuberay-1.3.2']).toBe('KubeRay operator 1.3.2');
});
