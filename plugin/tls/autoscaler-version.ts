// Which autoscaler a cluster runs: v1 matches nodes by pod IP and so is blind under DNS names, v2 by instance id (docs/design.md, Observed).
// KubeRay passes autoscalerOptions.version on as RAY_enable_autoscaler_v2 of the head; without either Ray decides.
import type { FieldPath } from '../findings/finding.ts';
import { findVariable } from '../ray/env-from.ts';
import { findReleases, isBefore } from '../ray/release.ts';
import type { RaySpec } from '../ray/spec.ts';

const switchVariable = 'RAY_enable_autoscaler_v2';

// Ray's first release that takes v2 by itself under KubeRay (docs/design.md, Observed).
const firstWithV2 = [2, 50] as const;

/** The version, what it follows from, and where that stands. */
export interface AutoscalerVersion {
  readonly is: 'v1' | 'v2' | 'unknown';
  readonly by: 'version' | 'variable' | 'release';
  readonly at: FieldPath;
  /** Where Ray's release decides and is known. */
  readonly release?: string;
}

export function findAutoscalerVersion(spec: RaySpec): AutoscalerVersion {
  const asked = spec.cluster.autoscalerOptions?.version;
  const byVersion = { by: 'version', at: [...spec.path, 'autoscalerOptions', 'version'] } as const;
  if (asked === 'v1') return { is: 'v1', ...byVersion };
  // KubeRay writes version v2 down as the container's own variable, which wins over one from a ConfigMap.
  return readSwitch(spec) ?? (asked === 'v2' ? { is: 'v2', ...byVersion } : (readSource(spec) ?? readRelease(spec)));
}

/** The last of several entries counts, as in the kubelet; texts as Ray reads a boolean (src/ray/common/ray_config.h). */
function readSwitch({ head }: RaySpec): AutoscalerVersion | undefined {
  const variables = head.rayContainer.env ?? [];
  const index = variables.findLastIndex(({ name }) => name === switchVariable);
  const found = variables[index];
  if (found === undefined) return undefined;
  const at = [...head.path, 'template', 'spec', 'containers', 0, 'env', index];
  return judgeSwitch(found.valueFrom === undefined ? (found.value ?? '') : undefined, at);
}

/** The same variable from a ConfigMap or Secret of the input. */
function readSource(spec: RaySpec): AutoscalerVersion | undefined {
  const found = findVariable(spec, spec.head, switchVariable);
  return found && judgeSwitch(found.value, found.path);
}

function judgeSwitch(value: string | undefined, at: FieldPath): AutoscalerVersion {
  if (value === undefined) return { is: 'unknown', by: 'variable', at };
  return { is: ['1', 'true'].includes(value.toLowerCase()) ? 'v2' : 'v1', by: 'variable', at };
}

/** rayVersion says it; where it is absent or no number (`nightly`), the tag of the head's image. */
function readRelease(spec: RaySpec): AutoscalerVersion {
  const { cluster, head, path } = spec;
  const found = findReleases(spec).find(({ group }) => group === undefined || group === head);
  const image = [...head.path, 'template', 'spec', 'containers', 0, 'image'];
  if (found === undefined) {
    return { is: 'unknown', by: 'release', at: cluster.rayVersion === undefined ? image : [...path, 'rayVersion'] };
  }
  const is = isBefore(found, firstWithV2) ? 'v1' : 'v2';
  return { is, by: 'release', at: found.at, release: found.numbers.slice(0, 2).join('.') };
}
