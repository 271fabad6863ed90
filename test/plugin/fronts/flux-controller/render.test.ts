import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { afterAll, expect, test } from 'vitest';
import { type ArchiveFile, makeArchive } from '../../../../plugin/fronts/flux-controller/archive.ts';
import { renderArchive } from '../../../../plugin/fronts/flux-controller/render.ts';
import type { Rendered, RenderRequest } from '../../../../plugin/fronts/flux-controller/rendering.ts';
import { ioFor } from '../../../support/case.ts';

const top = mkdtempSync(join(tmpdir(), 'rayshield-render-'));
afterAll(() => rmSync(top, { recursive: true, force: true }));

const cluster = `apiVersion: ray.io/v1
kind: RayCluster
metadata: {name: train, namespace: ml}
spec:
  networkIsolation: {}
  headGroupSpec:
    rayStartParams: {}
    template: {spec: {containers: [{name: ray-head, image: 'rayproject/ray:2.46.0'}]}}
`;

async function renderFiles(
  files: readonly ArchiveFile[],
  change: Partial<RenderRequest> = {},
  env: Record<string, string> = {},
): Promise<Rendered> {
  const folder = mkdtempSync(join(top, 'case-'));
  const archive = join(folder, 'artifact.tar.gz');
  writeFileSync(archive, await makeArchive(files));
  const settings = { operatorNamespace: 'kuberay-operator' };
  const request = { archive, folder, path: './', settings, flags: [], name: 'ray', ...change };
  return renderArchive(request, ioFor(folder, { TMPDIR: top, ...env }));
}

async function unpackText(rendered: Rendered, name: string): Promise<string | undefined> {
  if (rendered.is !== 'rendered') return rendered.said;
  const entries = extract();
  entries.end(gunzipSync(rendered.archive));
  let text: string | undefined;
  for await (const entry of entries) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    if (entry.header.name === name) text = Buffer.concat(chunks).toString('utf8');
  }
  return text;
}

const sourceFile = { name: 'train.yaml', text: cluster };

test('the artifact has the expanded manifests and a kustomization of them', async () => {
  const rendered = await renderFiles([sourceFile]);
  expect(await unpackText(rendered, 'manifests.yaml')).toMatch(/NetworkPolicy[\s\S]*RayCluster/);
  expect(await unpackText(rendered, 'kustomization.yaml')).toContain('- manifests.yaml');
  expect(await renderFiles([sourceFile])).toEqual(rendered);
});

test('settings come from the file, above it from the object, and the platform file locks them', async () => {
  const file = {
    name: 'rayshield.yaml',
    text: 'apiVersion: rayshield.io/v1alpha1\nkind: RayShield\nmetadata: {name: ray}\nspec: {settings: {operatorNamespace: by-file}}\n',
  };
  const ofFile = await renderFiles([sourceFile, file], { settings: {} });
  expect(await unpackText(ofFile, 'manifests.yaml')).toContain('by-file');
  const ofObject = await renderFiles([sourceFile, file], { settings: { operatorNamespace: 'by-object' } });
  expect(await unpackText(ofObject, 'manifests.yaml')).toContain('by-object');
  const platform = join(top, 'platform.yaml');
  writeFileSync(platform, `${file.text.replace('by-file', 'by-platform')}lock: [operatorNamespace]\n`);
  const locked = await renderFiles(
    [sourceFile],
    { settings: { operatorNamespace: 'x' } },
    { RAYSHIELD_PLATFORM: platform },
  );
  expect(locked).toMatchObject({ is: 'refused', said: expect.stringContaining('SETTING_LOCKED') });
});

test.each<[string, readonly ArchiveFile[], Partial<RenderRequest>, RegExp]>([
  ['a finding', [{ ...sourceFile, text: cluster.replace('{}', '{mode: none}') }], {}, /^train\.yaml:5:\d+: error/],
  [
    'a setting that there is not',
    [sourceFile],
    { settings: { dnss: 'x' } },
    /error SETTING_UNKNOWN.*dnss.*did you mean dns/,
  ],
  ['a path out of the artifact', [sourceFile], { path: '../..' }, /spec\.path is no folder/],
  ['a path to nothing', [sourceFile], { path: 'none' }, /spec\.path is no folder/],
  ['a path to a file', [sourceFile], { path: 'train.yaml' }, /spec\.path is no folder/],
  ['nothing at all', [{ name: 'a.txt', text: 'x' }], {}, /FOLDER_EMPTY/],
  ['comments alone', [{ name: 'a.yaml', text: '# nothing\n' }], {}, /NOTHING_RENDERED/],
])('%s is refused', async (_title, files, change, says) => {
  expect(await renderFiles(files, change)).toMatchObject({ is: 'refused', said: expect.stringMatching(says) });
});

test('where the tool of a kustomization is missing the host is at fault', async () => {
  const rendered = await renderFiles([sourceFile, { name: 'kustomization.yaml', text: 'resources: [train.yaml]\n' }]);
  expect(rendered).toMatchObject({ is: 'failed', said: expect.stringContaining('TOOL_MISSING') });
});
