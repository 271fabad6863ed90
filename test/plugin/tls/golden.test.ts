import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../../plugin/manifests/manifest.ts';
import { buildTLS } from '../../../plugin/tls/build.ts';
import { patchTLS } from '../../../plugin/tls/patch.ts';
import { readSpec } from '../../support/ray-spec.ts';
import { makeSettings } from '../../support/settings.ts';

const readCase = (file: string): string =>
  readFileSync(new URL(`../../../fixtures/tls/ray-cluster/${file}`, import.meta.url), 'utf8');
const spec = readSpec(parse(readCase('input.yaml')) as KubernetesObject);

test('a RayCluster gets the objects of the case folder, in their order', () => {
  const expected = parseAllDocuments(readCase('objects.yaml')).map((document) => document.toJS() as unknown);
  expect(buildTLS(spec, makeSettings())).toEqual(expected);
});

test('its spec is patched to that of the case folder, keys and lists in the same order', () => {
  const { tlsOptions: _, ...patched } = patchTLS(spec, makeSettings())(spec.cluster);
  expect(JSON.stringify(patched, null, 1)).toBe(JSON.stringify(parse(readCase('patched-spec.yaml')), null, 1));
});
