// All settings of an application, in the layers that Argo CD has.
import { isAbsolute } from 'node:path';
import type { Finding } from '../../findings/finding.ts';
import type { Resolved } from '../../settings/resolve.ts';
import type { Arguments } from '../arguments.ts';
import type { Io } from '../io.ts';
import { reportAt } from '../report.ts';
import { platformVariable } from '../settings/environment.ts';
import { gatherSettings } from '../settings/gather.ts';
import type { Place } from '../sources/place.ts';
import { readArgoEnvironment } from './environment.ts';
import { readParameters } from './parameters.ts';

/** The settings of the application in `place`. */
export function gatherApplicationSettings(args: Arguments, io: Io, place: Place, findings: Finding[]): Resolved {
  const report = reportAt(findings);
  // A relative path would lead into the folder of the application, which must not set what binds it.
  const platform = io.env[platformVariable];
  if (platform && !isAbsolute(platform)) report('PLATFORM_PATH', [], { variable: platformVariable });
  const upper = {
    environment: readArgoEnvironment(io.env, report),
    parameters: readParameters(io.env['ARGOCD_APP_PARAMETERS'], report),
    flags: args.flags,
  };
  return gatherSettings(io, [{ folder: place.folder, shown: '', isWalked: true }], upper, findings);
}
