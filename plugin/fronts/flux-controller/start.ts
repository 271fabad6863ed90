// `rayshield flux-controller`: reads the command line, and hands over to the controller, which is a bundle of its own
// (dist/flux-controller.cjs): no other verb pays for the Kubernetes client.
import type { Finding } from '../../findings/finding.ts';
import { hasError } from '../../findings/order.ts';
import { printFindings } from '../../findings/print-text.ts';
import type { Arguments } from '../arguments.ts';
import type { Io, Outcome } from '../io.ts';
import { refuseFlags } from '../pipeline.ts';
import { reportAt } from '../report.ts';
import { readEnvironment } from '../settings/environment.ts';
import { gatherSettings } from '../settings/gather.ts';
import { readOptions } from './options.ts';

/** Runs until it is told to stop. */
export async function startFluxController(args: Arguments, io: Io, version: string): Promise<Outcome> {
  const findings: Finding[] = [];
  const options = readOptions(args, findings);
  if (findings.length > 0) return { exitCode: 2, stdout: [], stderr: printFindings(findings) };
  // What is wrong with settings that hold for every source is said now, and not by each of them.
  gatherSettings(io, [], { environment: readEnvironment(io.env, reportAt(findings)), flags: args.flags }, findings);
  const refused = refuseFlags(findings);
  if (refused !== undefined) return refused;
  if (hasError(findings)) return { exitCode: 1, stdout: [], stderr: printFindings(findings) };
  const exitCode = await io.loadFluxController()({ ...options, version });
  return { exitCode, stdout: [], stderr: printFindings(findings) };
}
