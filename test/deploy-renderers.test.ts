// deploy/kustomize and deploy/helm-plugin, as far as they can be judged without the tools; the lab has these.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { fencedBlocks } from './support/page.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const { version } = JSON.parse(read('package.json')) as { version: string };

interface Declared {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
  readonly spec: object;
}

const declared = (path: string): Declared => parse(read(`deploy/kustomize/${path}`)) as Declared;
const functionOf = ({ metadata }: Declared): unknown =>
  parse(metadata.annotations['config.kubernetes.io/function'] ?? '');

test('the plugin of Helm 4 is of this version, and has no key that Helm does not know', () => {
  const { version: own, ...plugin } = parse(read('deploy/helm-plugin/plugin.yaml')) as Record<string, unknown>;
  expect(own).toBe(version);
  expect(plugin).toEqual({
    apiVersion: 'v1',
    type: 'postrenderer/v1',
    name: 'rayshield',
    runtime: 'subprocess',
    runtimeConfig: { platformCommand: [{ command: 'rayshield' }] },
  });
});

describe('deploy/kustomize', () => {
  test('all functions have the same settings', () => {
    const [first, ...others] = ['rayshield.yaml', 'rayshield-check.yaml', 'container/rayshield.yaml'].map(declared);
    for (const { apiVersion, kind, spec } of others)
      expect({ apiVersion, kind, spec }).toEqual({
        apiVersion: first?.apiVersion,
        kind: first?.kind,
        spec: first?.spec,
      });
  });

  test('only the validator checks alone', () => {
    expect(declared('rayshield-check.yaml').metadata.annotations['rayshield.io/check']).toBe('true');
    for (const path of ['rayshield.yaml', 'container/rayshield.yaml'])
      expect(Object.keys(declared(path).metadata.annotations)).toEqual(['config.kubernetes.io/function']);
  });

  test('the image is that of this version, and is what its Dockerfile says how to build', () => {
    const { container } = functionOf(declared('container/rayshield.yaml')) as { container: { image: string } };
    expect(container.image.endsWith(`:${version}`)).toBe(true);
    const dockerfile = read('deploy/kustomize/container/Dockerfile');
    expect(dockerfile).toContain(`--tag ${container.image} `);
    expect(dockerfile).toMatch(/^FROM \$\{SIDECAR\}\nUSER 65534:65534\nENTRYPOINT \["rayshield"\]\n$/m);
  });

  test('the page shows the same functions', () => {
    const page = read('docs/kustomize.md');
    const [validator = ''] = fencedBlocks(page, 'yaml');
    expect(functionOf(parse(validator))).toEqual(functionOf(declared('rayshield-check.yaml')));
    expect(page).toContain('exec: {path: rayshield}');
  });
});
