// Committed files that are made from the settings table say what the table says. `UPDATE=1 npx vitest run
// test/generated.test.ts` rewrites them.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { generatedFiles } from '../build/generated/files.ts';
import { withSettings } from '../build/generated/readme.ts';
import { settingNames } from '../plugin/settings/table.ts';

const root = join(import.meta.dirname, '..');

const readPresent = (path: string): string | undefined =>
  existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined;

describe('files made from the settings table', () => {
  test.each(Object.entries(generatedFiles))('%s is up to date', (path, generate) => {
    const present = readPresent(path);
    // The README is written by hand around its table: there is nothing to make where it is not there.
    if (path === 'README.md' && present === undefined) return;
    const expected = generate(present ?? '');
    if (process.env['UPDATE'] === '1') {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), expected);
    }
    expect(readPresent(path)).toBe(expected);
  });
});

test('plugin.yaml announces every setting, runs generate, and neither discovers nor has a version', () => {
  const { metadata, spec } = parse(readPresent('plugin.yaml') ?? '');
  expect(metadata.name).toBe('rayshield');
  expect(Object.keys(spec)).toEqual(['generate', 'parameters']);
  expect(spec.generate).toEqual({ command: ['rayshield', 'generate'] });
  expect(spec.parameters.static.map(({ name }: { name: string }) => name)).toEqual(settingNames);
  expect(spec.parameters.static).toContainEqual(
    expect.objectContaining({ name: 'dns', collectionType: 'array', itemType: 'string', array: ['any'] }),
  );
  expect(spec.parameters.static).toContainEqual(
    expect.objectContaining({ name: 'clusterDomain', collectionType: 'string', string: 'cluster.local' }),
  );
});

test('the README keeps what stands around its table', () => {
  const readme = withSettings('above\n<!-- settings:begin -->\nold\n<!-- settings:end -->\nbelow\n');
  expect(readme).toMatch(/^above\n<!-- settings:begin -->\n\| setting/);
  expect(readme).toMatch(/<!-- settings:end -->\nbelow\n$/);
  expect(readme).not.toContain('old\n');
  expect(withSettings(readme)).toBe(readme);
  expect(() => withSettings('no markers')).toThrow('needs <!-- settings:begin -->');
});
