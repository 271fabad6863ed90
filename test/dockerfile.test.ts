// The Dockerfile's promises to Argo CD, and that what it copies is there. The lab's suite `image` runs its steps.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readStages } from './support/dockerfile.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const given = { KUSTOMIZE_IMAGE: 'kustomize@sha256:1', HELM_IMAGE: 'helm@sha256:2' };
const stages = readStages(join(root, 'Dockerfile'), given);
const last = stages.at(-1)?.instructions ?? [];
const instructions = stages.flatMap((stage) => stage.instructions);

const sources = instructions
  .filter(({ name, words }) => name === 'COPY' && !words[0]?.startsWith('--from'))
  .flatMap(({ words }) => words.slice(0, -1));

const linesOf = (name: string): string[] => last.filter((one) => one.name === name).map(({ text }) => text);

test('the image runs as user 999 by number and starts the CMP server', () => {
  expect(last.slice(-2).map(({ name, text }) => [name, text])).toEqual([
    ['USER', '999'],
    ['ENTRYPOINT', '["/var/run/argocd/argocd-cmp-server"]'],
  ]);
});

test('the renderers come from the images that are given, which have no default: a tag would be another image tomorrow', () => {
  expect(stages.map(({ from }) => from)).toEqual([
    'kustomize@sha256:1',
    'helm@sha256:2',
    'node:24-slim',
    'node:24-slim',
  ]);
  expect(readStages(join(root, 'Dockerfile'), {}).map(({ from }) => from)).toEqual([
    '',
    '',
    'node:24-slim',
    'node:24-slim',
  ]);
  expect(linesOf('COPY')).toContain('--from=kustomize /app/kustomize /usr/local/bin/kustomize');
  expect(linesOf('COPY')).toContain('--from=helm /usr/bin/helm /usr/local/bin/helm');
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
  expect(linesOf('COPY')).toContain('plugin.yaml /home/argocd/cmp-server/config/plugin.yaml');
  expect(linesOf('RUN')).toContain('ln -s /opt/rayshield/dist/rayshield.cjs /usr/local/bin/rayshield');
});

test('a label tells where the bill of materials is, and it is there', () => {
  expect(linesOf('LABEL').join('\n')).toContain('io.rayshield.sbom="/opt/rayshield/sbom.cdx.json"');
  expect(linesOf('COPY')).toContain('--from=build /src/sbom.cdx.json /opt/rayshield/sbom.cdx.json');
});
