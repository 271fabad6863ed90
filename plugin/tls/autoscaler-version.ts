// Which autoscaler a cluster runs: v1 matches nodes by pod IP and so is blind under DNS names, v2 by instance id (docs/design.md, Observed).
// KubeRay passes autoscalerOptions.version on as RAY_enable_autoscaler_v2 of the head; without either Ray decides.
import type { FieldPath } from '../findings/finding.ts';
import type { RaySpec } from '../ray/spec.ts';

const switchVariable = 'RAY_enable_autoscaler_v2';

// Ray's first release that takes v2 by itself under KubeRay (docs/design.md, Observed).
const firstWithV2 = { major: 2, minor: 50 };

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
  return readSwitch(spec) ?? (asked === 'v2' ? { is: 'v2', ...byVersion } : readRelease(spec));
}

/** The last of several entries counts, as in the kubelet; texts as Ray reads a boolean (src/ray/common/ray_config.h). */
function readSwitch({ head }: RaySpec): AutoscalerVersion | undefined {
  const variables = head.rayContainer.env ?? [];
  const index = variables.findLastIndex(({ name }) => name === switchVariable);
  const found = variables[index];
  if (found === undefined) return undefined;
  const at = [...head.path, 'template', 'spec', 'containers', 0, 'env', index];
  if (found.valueFrom !== undefined) return { is: 'unknown', by: 'variable', at };
  return { is: ['1', 'true'].includes(found.value?.toLowerCase() ?? '') ? 'v2' : 'v1', by: 'variable', at };
}

/** rayVersion says it; where it is absent or no number (`nightly`), the tag of the head's image. */
function readRelease({ cluster, head, path }: RaySpec): AutoscalerVersion {
  const image = [...head.path, 'template', 'spec', 'containers', 0, 'image'];
  const sources = [
    { text: cluster.rayVersion, at: [...path, 'rayVersion'] },
    { text: findTag(head.rayContainer.image), at: image },
  ];
  for (const { text, at } of sources) {
    const [release, major, minor] = /^(\d+)\.(\d+)/.exec(text ?? '') ?? [];
    if (release === undefined) continue;
    const isNew =
      Number(major) > firstWithV2.major || (Number(major) === firstWithV2.major && Number(minor) >= firstWithV2.minor);
    return { is: isNew ? 'v2' : 'v1', by: 'release', at, release };
  }
  return { is: 'unknown', by: 'release', at: cluster.rayVersion === undefined ? image : [...path, 'rayVersion'] };
}

/**
 * The tag of an image of Ray's (`registry:5000/ray:2.52.0`, `rayproject/ray-ml:2.52.0-gpu`), a digest left aside. Other images
 * count their own versions: their tag says nothing of Ray.
 */
const findTag = (image: string | undefined): string | undefined =>
  /(?:^|\/)ray[^/:]*:([^:/]+)$/.exec(image?.replace(/@.*/, '') ?? '')?.[1];
