// The documents of an application's source, whatever it is: what the fronts that render have in common.
import { rmSync } from 'node:fs';
import type { Finding } from '../../findings/finding.ts';
import { hasError } from '../../findings/order.ts';
import type { Source } from '../../manifests/manifest.ts';
import type { Settings } from '../../settings/settings.ts';
import { startDeadline, within } from '../deadline.ts';
import { reasonOf } from '../files/read-file.ts';
import type { Io } from '../io.ts';
import { readStream, type Stream } from '../pipeline.ts';
import { reportAt } from '../report.ts';
import { runCommand } from './command.ts';
import { type DetectedSource, detectSource } from './detect.ts';
import { readDirectory } from './directory.ts';
import { templateChart } from './helm/template.ts';
import { buildKustomization } from './kustomize/build.ts';
import { readPermissions } from './permissions.ts';
import type { Place } from './place.ts';
import type { Rendering } from './rendering.ts';
import { makePrivateFolder } from './tools.ts';

export interface SourceRequest {
  readonly place: Place;
  readonly settings: Settings;
  readonly io: Io;
  /** What Helm calls the release where no setting does; empty where nobody knows. */
  readonly applicationName: string;
}

/** The documents of the source; where `findings` were told of an error, not all of them. */
export async function renderSource(request: SourceRequest, findings: Finding[]): Promise<readonly Stream[]> {
  const { place, settings } = request;
  const allowed = readPermissions(request.io.env, reportAt(findings));
  const source = detectSource(place.folder, settings, findings);
  if (source === undefined) return [];
  const deadline = startDeadline(settings, request.io);
  if (source.kind === 'directory') return within(deadline, () => readDirectory(place, settings, findings));
  // With settings that cannot be read nothing is started.
  if (hasError(findings)) return [];
  const sources = await renderPrivately(source, { ...request, allowed }, findings);
  return within(deadline, () => sources.map((text) => readStream(text, settings, findings)));
}

/** What the renderer of the source prints, with a folder of its own that nobody else sees. */
async function renderPrivately(
  source: DetectedSource,
  rendering: Omit<Rendering, 'privateFolder'>,
  findings: Finding[],
): Promise<readonly Source[]> {
  const privateFolder = makeFolder(rendering.io, findings);
  if (privateFolder === undefined) return [];
  try {
    return await runRenderer(source, { ...rendering, privateFolder }, findings);
  } catch (error) {
    // A full disk, or a file that went while it was read.
    reportAt(findings, '.')('SOURCE_SYSTEM', [], { reason: reasonOf(error) });
    return [];
  } finally {
    rmSync(privateFolder, { recursive: true, force: true });
  }
}

function makeFolder({ env }: Io, findings: Finding[]): string | undefined {
  try {
    return makePrivateFolder(env);
  } catch (error) {
    reportAt(findings)('PRIVATE_FOLDER', [], { reason: reasonOf(error) });
    return undefined;
  }
}

function runRenderer({ kind, file }: DetectedSource, rendering: Rendering, findings: Finding[]) {
  if (kind === 'helm') return templateChart(file, rendering, findings);
  return kind === 'kustomize' ? buildKustomization(file, rendering, findings) : runCommand(rendering, findings);
}
