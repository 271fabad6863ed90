import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../plugin/findings/finding.ts';
import type { Manifest } from '../../../plugin/manifests/manifest.ts';
import { readContent, readManifests } from '../../../plugin/manifests/read.ts';

const limits = { maxDocuments: 3, maxDepth: 20, maxAliases: 10, maxKeys: 1000 };
const read = (text: string): { manifests: Manifest[]; findings: Finding[] } => {
  const { manifests, findings } = readManifests({ file: 'f.yaml', text }, limits);
  const contents = manifests.map((manifest) => readContent(manifest, limits));
  return {
    manifests: contents.map(({ manifest }) => manifest),
    findings: [...findings, ...contents.flatMap((one) => one.findings)],
  };
};
const codes = (text: string): string[] => read(text).findings.map(({ code }) => code);

const ray = 'apiVersion: ray.io/v1\nkind: RayCluster\nmetadata: {name: a}\n';

describe('readContent', () => {
  test('reads what may hold a Ray object and leaves the rest unread, broken or not', () => {
    const { manifests, findings } = read(`kind: ConfigMap\n---\n{{ broken\n---\n${ray}`);
    expect(findings).toEqual([]);
    expect(manifests.map(({ content }) => content !== undefined)).toEqual([false, false, true]);
  });

  test.each([
    ['an escape', 'apiVersion: "ray\\u002eio/v1"\nkind: RayCluster\nmetadata: {}\n'],
    ['a folded line', 'apiVersion: "ray.\\\n  io/v1"\nkind: RayCluster\nmetadata: {}\n'],
    ['an escaped slash', '{"apiVersion": "ray.io\\/v1", "kind": "RayCluster", "metadata": {}}\n'],
    ['an alias', 'x: &a ray.io/v1\napiVersion: *a\nkind: RayCluster\nmetadata: {}\n'],
    ['another object around it', 'kind: AppWrapper\nspec: {template: {apiVersion: ray.io/v1}}\n'],
  ])('finds a Ray object behind %s', (_, text) => {
    expect(read(text).manifests[0]?.content).toBeDefined();
  });

  test('does not judge documents that only speak of Ray', () => {
    expect(codes('kind: ConfigMap\ndata:\n  a: ray.io/v1\n  n: |\n    {{ x }}\n')).toEqual([]);
  });

  test.each([
    ['YAML_SYNTAX', `${ray}spec: "x\n`],
    ['YAML_DUPLICATE_KEY', `${ray}kind: RayJob\n`],
    ['YAML_TAG', 'apiVersion: !!binary cmF5LmlvL3Yx\nkind: ray.io/\n'],
    ['HELM_TEMPLATE', `${ray}spec: {{ .Values.x }}\n`],
    ['HELM_TEMPLATE', `{{- if x }}\n${ray}{{- end }}\n`],
    ['YAML_DIRECTIVE', `%YAML 1.1\n---\n${ray}`],
    ...['\r', '\u0085', '\u2028', '\u2029', '\n\ufeff'].map((end) => [
      'YAML_LINE_BREAK',
      `${ray}spec: {} # x${end}  networkIsolation: {}\n`,
    ]),
    ['YAML_DOCUMENT_END', `a: 1\n...\n${ray}`],
    ['YAML_CONTENT_ON_MARKER', `--- {apiVersion: ray.io/v1, kind: RayCluster, metadata: {}}\n`],
    ['TOO_MANY_DOCUMENTS', '---\n---\n---\n---\n'],
  ])('%s', (code, text) => {
    expect(codes(text)).toContain(code);
  });
});
