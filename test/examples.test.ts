// What the documentation shows is run: the examples of deploy/, the quick start, the README's manifest.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { ioFor } from './support/case.ts';
import { run } from './support/run.ts';

const root = join(import.meta.dirname, '..');
const examples = readdirSync(join(root, 'deploy/examples'))
  .filter((name) => name.endsWith('.yaml'))
  .sort();

const kindsOf = (stream: string): string[] => parseAllDocuments(stream).map((document) => String(document.get('kind')));
const count = (kinds: readonly string[], kind: string): number => kinds.filter((one) => one === kind).length;

async function expandFile(...argv: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await run(
    ['expand', ...argv, '--operator-namespace', 'kuberay-operator'],
    ioFor(root),
    '0.0.0',
  );
  expect(exitCode, stderr).toBe(0);
  // An example warns of nothing.
  expect(stderr).not.toMatch(/ warning /);
  return stdout;
}

test('the proposal has eight examples of a RayCluster, and each other kind has one', () => {
  expect(examples.filter((name) => name.startsWith('ray-cluster.'))).toHaveLength(8);
  expect(examples.filter((name) => !name.startsWith('ray-cluster.'))).toHaveLength(3);
});

test.each(examples)('deploy/examples/%s expands', async (name) => {
  const input = readFileSync(join(root, 'deploy/examples', name), 'utf8');
  const kinds = kindsOf(await expandFile(`deploy/examples/${name}`));
  expect(count(kinds, 'NetworkPolicy')).toBeGreaterThanOrEqual(2);
  expect(count(kinds, 'Service')).toBe(input.includes('tlsOptions') ? 2 : 0);
  const ownsCA = input.includes('tlsOptions') && !input.includes('certificateSecretName');
  expect([count(kinds, 'Issuer'), count(kinds, 'Certificate')]).toEqual(ownsCA ? [2, 3] : [0, 0]);
});

test('all examples expand together', async () => {
  const kinds = kindsOf(await expandFile('deploy/examples'));
  expect(kinds.filter((kind) => kind.startsWith('Ray'))).toHaveLength(examples.length);
});

describe('README', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');

  test('the manifest becomes the objects of the table', async () => {
    const manifest = /```yaml\n(.*?)```/s.exec(readme)?.[1] ?? '';
    const io = ioFor(root, {}, manifest);
    const { stdout, exitCode } = await run(['expand', '-', '--operator-namespace', 'kuberay-operator'], io, '0.0.0');
    expect(exitCode).toBe(0);
    const names = parseAllDocuments(stdout).map(
      (document) => `${document.get('kind')} ${document.getIn(['metadata', 'name'])}`,
    );
    expect(names).toEqual([
      'NetworkPolicy demo-raycluster',
      'NetworkPolicy demo-raycluster-head',
      'Service demo-raycluster-head-nodes',
      'Service demo-raycluster-worker-nodes',
      'Issuer demo-raycluster-selfsigned',
      'Certificate demo-raycluster-ca',
      'Issuer demo-raycluster-ca',
      'Certificate demo-raycluster-head',
      'Certificate demo-raycluster-worker',
      'RayCluster demo',
    ]);
  });

  test('links lead to files that are there', () => {
    for (const file of ['README.md', 'CONTRIBUTING.md', 'docs/design.md', 'docs/tls.md']) {
      const text = readFileSync(join(root, file), 'utf8');
      for (const [, link = ''] of text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)) {
        if (link.startsWith('http')) continue;
        expect(existsSync(join(root, file, '..', link)), `${file}: ${link}`).toBe(true);
      }
    }
  });
});
