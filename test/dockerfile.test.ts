// The Dockerfile's promises to Argo CD, and that what it copies is there: no container engine runs in the tests.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const instructions = read('Dockerfile')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [name = '', ...words] = line.split(' ');
    return { name, words };
  });

const sources = instructions
  .filter(({ name, words }) => name === 'COPY' && !words[0]?.startsWith('--from'))
  .flatMap(({ words }) => words.slice(0, -1));

test('the image runs as user 999 by number and starts the CMP server', () => {
  const last = instructions.slice(-2);
  expect(last).toEqual([
    { name: 'USER', words: ['999'] },
    { name: 'ENTRYPOINT', words: ['["/var/run/argocd/argocd-cmp-server"]'] },
  ]);
});

test('both stages have the same Node, for which the code cache is made', () => {
  const images = instructions.filter(({ name }) => name === 'FROM').map(({ words }) => words[0]);
  expect(images).toEqual(['node:24-slim', 'node:24-slim']);
});

test('everything that is copied exists and is let into the build context, and nothing else is', () => {
  const allowed = read('.dockerignore')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1));
  expect([...sources].sort()).toEqual(allowed);
  for (const source of sources) expect(existsSync(join(root, source)), source).toBe(true);
});

test('the plugin configuration stands where the CMP server looks, and its command is on the PATH', () => {
  const lines = instructions.map(({ name, words }) => [name, ...words].join(' '));
  expect(lines).toContain('COPY plugin.yaml /home/argocd/cmp-server/config/plugin.yaml');
  expect(lines).toContain('RUN ln -s /opt/rayshield/dist/rayshield.cjs /usr/local/bin/rayshield');
});
