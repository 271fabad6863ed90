// Why rayshield itself refuses a case for a minor version of KubeRay: nothing of that reaches a server. A case that it refuses for
// another reason is a fault, of the case or of rayshield.
import type { KubeRayVersion } from '../../../plugin/settings/settings.ts';

interface Reason {
  /** The last version that it holds for. */
  readonly until: KubeRayVersion;
  /** Whether the version's definitions lack what the case has, so that the API server refuses it too. */
  readonly bySchema: boolean;
}

const reasons: Readonly<Record<string, Reason>> = {
  // RayCronJob.
  KIND_NOT_SERVED: { until: '1.5', bySchema: true },
  // Fields of later versions: authOptions, deletionStrategy, autoscalerOptions.version, gcsFaultToleranceOptions.backend.
  SCHEMA_UNKNOWN_FIELD: { until: '1.6', bySchema: true },
  // rayStartParams until 1.3, gcsFaultToleranceOptions.redisAddress until 1.6.
  SCHEMA_MISSING_FIELD: { until: '1.6', bySchema: true },
  // KubeRay 1.3 clips the names of Services, and then no certificate has them.
  NAME_TOO_LONG: { until: '1.3', bySchema: false },
  // The submitter's pod has no label of KubeRay's before 1.7.
  CRON_SUBMITTER_UNKNOWN: { until: '1.6', bySchema: false },
  // Two samples have generateName.
  NAME_MISSING: { until: '1.7', bySchema: false },
};

/** The codes that explain nothing for this version. */
export const findUnexplained = (codes: readonly string[], version: KubeRayVersion): string[] =>
  codes.filter((code) => version > (reasons[code]?.until ?? ''));

/** Whether the API server must refuse the case too. */
export const isBySchema = (codes: readonly string[]): boolean => codes.some((code) => reasons[code]?.bySchema === true);
