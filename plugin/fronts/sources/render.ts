// The documents of an application's source, whatever it is: what the fronts that render have in common.
import { rmSync } from 'node:fs';
import type { Finding } from '../../findings/finding.ts';
import { hasError } from '../../findings/order.ts';
import type { Settings } from '../../settings/settings.ts';
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
  // With settings that cannot be read nothing is started.
  if (source === undefined || hasError(findings)) return [];
  if (source.kind === 'directory') return readDirectory(place, settings, findings);
  const privateFolder = makeFolder(request.io, findings);
  if (privateFolder === undefined) return [];
  try {
    const sources = await runRenderer(source, { ...request, allowed, privateFolder }, findings);
    return sources.map((text) => readStream(text, settings, findings));
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
