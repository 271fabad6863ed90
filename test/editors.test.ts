// docs/editors.md in a real editor's server: what the page has you write makes yaml-language-server offer, explain and
// underline. Its lines for kubeconform are run by the lab (test/lab/suites/kubeconform.suite.ts).
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settingNames } from '../plugin/settings/table.ts';
import { type Editor, startEditor } from './support/language-server.ts';
import { fencedBlocks } from './support/page.ts';
import { makeFolder } from './support/workdir.ts';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs/editors.md'), 'utf8');
const [modeline = ''] = fencedBlocks(page, 'yaml').map((text) => text.split('\n')[0] ?? '');
const settings = JSON.parse(fencedBlocks(page, 'json')[0] ?? '{}') as Record<'yaml.schemas', Record<string, string>>;

const spec = (fields: string): string => `spec:
${fields}
  headGroupSpec:
    rayStartParams: {}
    template: {spec: {containers: [{name: ray-head, image: "rayproject/ray:2.52.0"}]}}
`;
const head = (kind: string): string => `apiVersion: ray.io/v1\nkind: ${kind}\nmetadata: {name: a, namespace: ml}\n`;
const cluster = (fields: string): string => `${head('RayCluster')}${spec(fields)}`;

let editor: Editor;
beforeAll(async () => {
  const workspace = makeFolder({ 'node_modules/': '', 'manifests/': '' });
  symlinkSync(root, join(workspace, 'node_modules/rayshield'));
  editor = await startEditor(workspace, settings);
});
afterAll(() => editor.close());

/** Both ways of the page: a first line, and a name that the settings have a schema for. */
const ways = [
  ['by its first line', 'a', `${modeline}\n`],
  ['by its name', 'raycluster', ''],
] as const;

describe.each(ways)('a file whose schema is given %s', (_, name, firstLine) => {
  let path = '';
  let opened = 0;
  const open = (fields: string) => {
    opened += 1;
    path = `manifests/${opened}-${name}.yaml`;
    return editor.open(path, `${firstLine}${cluster(fields)}`);
  };

  test('nothing is wrong with what is right', async () => {
    expect(await open('  networkIsolation: {mode: denyAllIngress}\n  tlsOptions: {}')).toEqual([]);
  });

  test('a misspelt field and a wrong value are underlined at their places', async () => {
    const found = await open('  networkIsolatoin: {}\n  tlsOptions:\n    mode: mtls');
    const line = firstLine.split('\n').length + 3;
    const sorted = [...found].sort((one, other) => one.range.start.line - other.range.start.line);
    expect(sorted.map(({ message, range }) => [message, range])).toEqual([
      [expect.stringContaining('networkIsolatoin'), { start: { line, character: 2 }, end: { line, character: 18 } }],
      [
        expect.stringContaining('"mTLS"'),
        { start: { line: line + 2, character: 10 }, end: { line: line + 2, character: 14 } },
      ],
    ]);
  });

  test('the two fields and the values of mode are offered', async () => {
    await open('  netw\n  rayVersion: "2.52.0"\n  tlsOptions:\n    mode: ');
    expect(await editor.complete(path, '  netw')).toContain('networkIsolation');
    expect(await editor.complete(path, '    mode: ')).toEqual(['mTLS']);
    await open('  networkIsolation:\n    mode: ');
    expect(await editor.complete(path, '    mode: ')).toEqual(
      expect.arrayContaining(['denyAll', 'denyAllIngress', 'denyAllEgress']),
    );
  });

  test('what a field does is shown', async () => {
    await open('  networkIsolation: {mode: denyAll}\n  tlsOptions: {}');
    expect(await editor.hover(path, 'networkIsolation')).toContain('denies all but what Ray needs');
    expect(await editor.hover(path, 'mode')).toContain('Which directions are denied');
    expect(await editor.hover(path, 'tlsOptions')).toMatch(/TLS/);
  });
});

describe('every schema that the settings name', () => {
  const globs = Object.values(settings['yaml.schemas']);

  test('is there, one for each file that people write', () => {
    expect(globs).toHaveLength(5);
    for (const path of Object.keys(settings['yaml.schemas']))
      JSON.parse(readFileSync(join(root, path.replace('./node_modules/rayshield/', '')), 'utf8'));
  });

  test.each(globs)('%s refuses a field that nobody knows', async (glob) => {
    const path = glob.replace('**/', 'manifests/').replaceAll('*', 'x');
    const found = await editor.open(path, 'nobody: 1\n');
    expect(found.some(({ message }) => message.includes('nobody'))).toBe(true);
  });

  test('that of settings offers them all', async () => {
    const text =
      'apiVersion: rayshield.io/v1alpha1\nkind: RayShield\nmetadata: {name: rayshield}\nspec:\n  settings:\n    o';
    await editor.open('team/rayshield.yaml', text);
    expect(await editor.complete('team/rayshield.yaml', '  settings:\n    o')).toEqual(
      expect.arrayContaining([...settingNames]),
    );
  });
});
