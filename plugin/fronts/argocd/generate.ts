// `rayshield generate`: what Argo CD runs in the folder of an application. Its standard output is the whole application, so
// an empty success would delete what is deployed.
// https://argo-cd.readthedocs.io/en/stable/operator-manual/config-management-plugins/#creating-a-config-management-plugin
import type { Finding } from '../../findings/finding.ts';
import { recognise } from '../../manifests/recognise.ts';
import { writeStream } from '../../manifests/write.ts';
import type { Arguments } from '../arguments.ts';
import { startDeadline, within } from '../deadline.ts';
import type { Io, Outcome } from '../io.ts';
import { conclude, expandStreams, isFailure, refuseFlags } from '../pipeline.ts';
import { reportAt } from '../report.ts';
import { placeInRepository } from '../sources/place.ts';
import { renderSource } from '../sources/render.ts';
import { gatherApplicationSettings, rootOf } from './settings.ts';

/** Renders and expands the working directory with the settings that Argo CD gives. */
export async function generate(args: Arguments, io: Io): Promise<Outcome> {
  const findings: Finding[] = [];
  const place = placeInRepository(io.cwd, io.env['ARGOCD_APP_SOURCE_PATH']);
  const { settings } = gatherApplicationSettings(io, [rootOf(place)], args.flags, findings);
  const refused = refuseFlags(findings);
  if (refused !== undefined) return refused;
  const applicationName = nameApplication(io.env['ARGOCD_APP_NAME']);
  const streams = await renderSource({ place, settings, io, applicationName }, findings);
  const manifests = within(startDeadline(settings, io), () => expandStreams(streams, settings, io, findings));
  if (!isFailure(findings, settings) && manifests.every((manifest) => recognise(manifest) === 'nothing')) {
    reportAt(findings)('NOTHING_RENDERED', [], {});
  }
  // The user interface shows the beginning of what was said, so that begins with the reason.
  return conclude(findings, settings, () => writeStream(manifests));
}

/** Argo CD writes `<namespace>_<name>` for an application outside of its own namespace; Helm gets the name, as from Argo CD itself. */
const nameApplication = (instance = ''): string => instance.slice(instance.indexOf('_') + 1);
