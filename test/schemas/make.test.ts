import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readArguments } from '../../schemas/make/arguments.ts';
import { resolveDefinition } from '../../schemas/make/definitions.ts';
import { printJSON } from '../../schemas/make/print.ts';
import type { Schema, StructuralSchema } from '../../schemas/make/schema.ts';
import { shareDefinitions } from '../../schemas/make/share.ts';
import { printSources } from '../../schemas/make/sources.ts';
import { buildStrict } from '../../schemas/make/structural.ts';
import { crdFolder, makeFixtureFiles } from './crd.ts';

const expectedFolder = join(crdFolder, 'expected');

describe('the files made of small CRDs', () => {
  const made = makeFixtureFiles();
  if (process.env['UPDATE'] === '1') {
    rmSync(expectedFolder, { recursive: true, force: true });
    for (const [path, text] of made) {
      mkdirSync(dirname(join(expectedFolder, path)), { recursive: true });
      writeFileSync(join(expectedFolder, path), text);
    }
  }

  test('are those that are committed, and no others', () => {
    const committed = readdirSync(expectedFolder, { recursive: true, encoding: 'utf8' });
    expect([...made.keys()].sort()).toEqual(committed.filter((path) => path.endsWith('.json')).sort());
  });

  test.each([...made.keys()])('%s equals the committed text', (path) => {
    expect(made.get(path)).toBe(readFileSync(join(expectedFolder, path), 'utf8'));
  });

  test('hold no upstream descriptions, defaults or extensions', () => {
    for (const [path, text] of made) expect(text, path).not.toMatch(/Left out|cut to|"default"|x-kubernetes/);
  });
});

describe('what is not understood stops the generator', () => {
  test.each([
    ['a keyword', { type: 'string', oneOf: [] }, /keyword oneOf/],
    ['a format', { type: 'string', format: 'ipv4' }, /format ipv4/],
    ['a choice that is not int-or-string', { anyOf: [{ type: 'string' }] }, /keyword anyOf/],
  ])('%s', (_what, node, message) => {
    expect(() => buildStrict(node as StructuralSchema)).toThrow(message);
  });

  test('a definition that is missing, or holds itself', () => {
    const definitions = { a: { $ref: '#/definitions/b' }, b: { items: { $ref: '#/definitions/b' } } };
    expect(() => resolveDefinition(definitions, 'c')).toThrow('no c');
    expect(() => resolveDefinition(definitions, 'a')).toThrow('b refers to itself');
  });
});

describe('sharing', () => {
  const leaf = (...names: string[]): Schema => ({
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
  });

  test('writes equal objects once, named after the field where they are first met', () => {
    const shared = shareDefinitions({ properties: { first: leaf('a'), second: leaf('a'), alone: leaf('b') } });
    expect(shared.properties).toEqual({
      first: { $ref: '#/$defs/first' },
      second: { $ref: '#/$defs/first' },
      alone: leaf('b'),
    });
    expect(shared.$defs).toEqual({ first: leaf('a') });
  });

  test('gives a second schema of the same name a number, and items of a list a singular', () => {
    const { $defs } = shareDefinitions({
      properties: {
        x: { properties: { port: leaf('a'), ports: { items: leaf('b') } } },
        y: { properties: { ports: { items: leaf('a') }, policies: { items: leaf('b') } } },
      },
    });
    expect(Object.keys($defs ?? {})).toEqual(['port', 'port2']);
  });

  test('keeps what is inside a shared schema in one place', () => {
    const outer: Schema = { properties: { inner: leaf('a') } };
    const { $defs } = shareDefinitions({ properties: { one: outer, two: outer } });
    expect($defs).toEqual({ one: outer });
  });
});

describe('printing', () => {
  test('puts on one line what fits, and keeps the bounds of int64 as digits', () => {
    expect(printJSON({ a: [1, 'b'], c: {} })).toBe('{ "a": [1, "b"], "c": {} }\n');
    expect(printJSON({ minimum: -(2 ** 63) })).toBe('{ "minimum": -9223372036854775808 }\n');
    const long = printJSON({ list: Array.from({ length: 9 }, () => 'a value of some length') });
    expect(long.split('\n').slice(0, 3)).toEqual(['{', '  "list": [', '    "a value of some length",']);
  });
});

describe('the command line', () => {
  test('gives each file to the option before it', () => {
    const args = [
      '--kubernetes',
      '1.36.0',
      'd.json',
      '--kuberay',
      'v1.7.0',
      'a',
      'b',
      '--kuberay',
      '1.6',
      'c',
      '--out',
      'x',
    ];
    expect(readArguments(args)).toEqual({
      groups: [
        { product: 'kubernetes', version: '1.36.0', files: ['d.json'] },
        { product: 'kuberay', version: '1.7.0', files: ['a', 'b'] },
        { product: 'kuberay', version: '1.6', files: ['c'] },
      ],
      out: 'x',
    });
  });

  test.each([
    ['no definitions', ['--kuberay', '1.7.0', 'a'], /--kubernetes needs/],
    ['a group without files', ['--kubernetes', '1.36.0', 'd', '--kuberay', '1.7.0'], /--kuberay 1.7.0 has no files/],
    ['a file in the place of a version', ['--kubernetes', 'd.json'], /d.json is no version/],
    ['a file before any option', ['a', '--kubernetes', '1.36.0', 'd'], /a stands before/],
    ['an unknown option', ['--kubray', '1.7.0'], /--kubray/],
  ])('refuses %s', (_what, args, message) => {
    expect(() => readArguments(args)).toThrow(message);
  });

  test('SOURCES.md names folder, version and files of each group', () => {
    const text = printSources([{ product: 'kuberay', version: '1.7.0', files: ['a'] }]);
    expect(text).toMatch(/`kuberay-1\.7\/` \| KubeRay 1\.7\.0 \| https:\S+ \| `ray-operator/);
  });
});
