// The settings of a run inside Argo CD: what it tells by variables, what the sidecar's operator set, and what the application asks for.
import { isAbsolute } from 'node:path';
import type { Finding } from '../../findings/finding.ts';
import type { Given, Resolved } from '../../settings/resolve.ts';
import type { InputRoot } from '../files/input.ts';
import type { Io } from '../io.ts';
import { reportAt } from '../report.ts';
import { platformVariable } from '../settings/environment.ts';
import { gatherSettings } from '../settings/gather.ts';
import type { Place } from '../sources/place.ts';
import { readArgoEnvironment } from './environment.ts';
import { readParameters } from './parameters.ts';

/** All layers for the application in `roots`. */
export function gatherApplicationSettings(
  io: Io,
  roots: readonly InputRoot[],
  flags: readonly Given[],
  findings: Finding[],
): Resolved {
  const report = reportAt(findings);
  const platform = io.env[platformVariable];
  // A relative path would lead into the folder of the application, which must not set what binds it.
  if (platform && !isAbsolute(platform)) {
    report('PLATFORM_PATH', [], { variable: platformVariable, problem: 'relative' });
  }
  const environment = readArgoEnvironment(io.env, report);
  const parameters = readParameters(io.env['ARGOCD_APP_PARAMETERS'], report);
  return gatherSettings(io, roots, { environment, parameters, flags }, findings);
}

/** The root of the application in `place`. */
export const rootOf = ({ folder }: Place): InputRoot => ({ folder, shown: '', isWalked: true });
