// One source's archive to the archive of its expansion, by the code that renders for Argo CD and everywhere else.
import { mkdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../findings/finding.ts';
import { recognise } from '../../manifests/recognise.ts';
import { writeStream } from '../../manifests/write.ts';
import { readSettingsDocument, settingsApiVersion, settingsKind } from '../../settings/document.ts';
import { isInside } from '../files/walk.ts';
import type { Io } from '../io.ts';
import { conclude, expandStreams, isFailure } from '../pipeline.ts';
import { reportAt } from '../report.ts';
import { readEnvironment } from '../settings/environment.ts';
import { gatherSettings } from '../settings/gather.ts';
import type { Place } from '../sources/place.ts';
import { renderSource } from '../sources/render.ts';
import { hashFiles, makeArchive } from './archive.ts';
import type { Rendered, RenderRequest } from './rendering.ts';
import { UnpackFailure, unpack } from './unpack.ts';

/** More than Flux's own limit for a download, and less than what a worker has room for. */
const unpackLimits = { bytes: 268_435_456, entries: 50_000 };
const manifestsFile = 'manifests.yaml';

// Without it kustomize-controller would make the same one.
const kustomization = {
  name: 'kustomization.yaml',
  text: `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - ${manifestsFile}\n`,
};

/** Unpacks, renders, expands and packs. */
export async function renderArchive(request: RenderRequest, io: Io): Promise<Rendered> {
  const root = join(request.folder, 'source');
  mkdirSync(root, { recursive: true });
  try {
    await unpack(request.archive, root, unpackLimits);
  } catch (error) {
    if (!(error instanceof UnpackFailure)) throw error;
    return { is: 'refused', said: `the source's artifact was not unpacked: ${error.message}` };
  }
  const place = placeIn(realpathSync.native(root), request.path);
  if (place === undefined)
    return { is: 'refused', said: `spec.path is no folder of the source's artifact; name one that is, as in ./deploy` };
  return expandPlace(place, request, io);
}

function placeIn(root: string, path: string): Place | undefined {
  const folder = join(root, path);
  // Node's own realpathSync takes `..` behind a link away before it follows the link; the system does not.
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return undefined;
  const real = realpathSync.native(folder);
  return real === root || isInside(root, real) ? { folder: real, root } : undefined;
}

async function expandPlace(place: Place, request: RenderRequest, io: Io): Promise<Rendered> {
  const findings: Finding[] = [];
  const report = reportAt(findings);
  const layers = {
    environment: readEnvironment(io.env, report),
    parameters: readSettings(request, findings),
    flags: request.flags,
  };
  const { settings } = gatherSettings(io, [{ folder: place.folder, shown: '', isWalked: true }], layers, findings);
  const streams = await renderSource({ place, settings, io, applicationName: request.name }, findings);
  const manifests = expandStreams(streams, settings, io, findings);
  if (!isFailure(findings, settings) && manifests.every((manifest) => recognise(manifest) === 'nothing'))
    report('NOTHING_RENDERED', [], {});
  const { exitCode, stdout, stderr } = conclude(findings, settings, () => writeStream(manifests));
  if (exitCode !== 0) return { is: exitCode === 3 ? 'failed' : 'refused', said: stderr };
  const files = [kustomization, { name: manifestsFile, text: stdout.join('') }];
  return { is: 'rendered', archive: await makeArchive(files), hash: hashFiles(files), said: stderr };
}

/** `spec.settings` as the settings document that it is the same as. */
function readSettings({ settings, name }: RenderRequest, findings: Finding[]) {
  const document = { apiVersion: settingsApiVersion, kind: settingsKind, metadata: { name }, spec: { settings } };
  return readSettingsDocument(document, 'source', reportAt(findings)).given;
}
