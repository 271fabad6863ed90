// `rayshield generate`: what Argo CD runs in the folder of an application. Its standard output is the whole application, so
// an empty success would delete what is deployed.
// https://argo-cd.readthedocs.io/en/stable/operator-manual/config-management-plugins/#creating-a-config-management-plugin
import { isAbsolute } from 'node:path';
import type { Finding } from '../../findings/finding.ts';
import { recognise } from '../../manifests/recognise.ts';
import { writeStream } from '../../manifests/write.ts';
import type { Arguments } from '../arguments.ts';
import { startDeadline, within } from '../deadline.ts';
import { findInput, readSources } from '../files/input.ts';
import { readStreams } from '../files/streams.ts';
import type { Io, Outcome } from '../io.ts';
import { conclude, expandStreams, isFailure, refuseFlags } from '../pipeline.ts';
import { reportAt } from '../report.ts';
import { platformVariable } from '../settings/environment.ts';
import { gatherSettings } from '../settings/gather.ts';
import { readArgoEnvironment } from './environment.ts';
import { readParameters } from './parameters.ts';

/** Expands the working directory with the settings that Argo CD gives. */
export async function generate(args: Arguments, io: Io): Promise<Outcome> {
  const findings: Finding[] = [];
  const report = reportAt(findings);
  // A relative path would lead into the folder of the application, which must not set what binds it.
  const platform = io.env[platformVariable];
  if (platform && !isAbsolute(platform)) report('PLATFORM_PATH', [], { variable: platformVariable });
  const input = findInput(['.'], io.cwd, findings);
  const upper = {
    environment: readArgoEnvironment(io.env, report),
    parameters: readParameters(io.env['ARGOCD_APP_PARAMETERS'], report),
    flags: args.flags,
  };
  const { settings } = gatherSettings(io, input.roots, upper, findings);
  const refused = refuseFlags(findings);
  if (refused !== undefined) return refused;
  const sources = readSources(input.files, settings.maxBytes, findings);
  const manifests = within(startDeadline(settings, io), () =>
    expandStreams(readStreams(sources, settings, findings), settings, io, findings),
  );
  if (!isFailure(findings, settings) && manifests.every((manifest) => recognise(manifest) === 'nothing')) {
    report('NOTHING_RENDERED', [], {});
  }
  return conclude(findings, settings, () => writeStream(manifests));
}
