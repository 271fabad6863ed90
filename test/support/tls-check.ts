// Runs the TLS checks over a cluster that has nothing to report, but for what a test changes.

import type { Settings } from '../../plugin/settings/settings.ts';
import { checkTLS } from '../../plugin/tls/check.ts';
import { makeRaySpec, type SpecParts } from './ray-spec.ts';
import { collectReports, type Reported } from './reports.ts';
import { makeSettings } from './settings.ts';

/** All findings of a cluster with TLS, closed ingress and pods that are replaced. */
export function checkCluster(parts: SpecParts = {}, settings: Partial<Settings> = {}): readonly Reported[] {
  const { cluster, ...rest } = parts;
  const quiet = { tls: { enabled: true }, isolation: { mode: 'denyAll' } };
  const spec = makeRaySpec({ ...quiet, ...rest, cluster: { upgradeStrategy: { type: 'Recreate' }, ...cluster } });
  return collectReports((report) => checkTLS(spec, makeSettings(settings), report));
}

/** The same as `CODE path`. */
export const listFindings = (parts: SpecParts = {}, settings: Partial<Settings> = {}): string[] =>
  checkCluster(parts, settings).map(({ code, path }) => `${code} ${path}`);
