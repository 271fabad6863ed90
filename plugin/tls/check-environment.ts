// Variables and mounts of a container, or of autoscalerOptions, that stand where tlsOptions puts its own.
import type { FieldPath, Report } from '../findings/finding.ts';
import type { EnvVar } from '../ray/spec.ts';
import { tlsMountPath, tlsVolume } from './environment.ts';

/** What containers and autoscalerOptions have in common. */
interface Environment {
  readonly env?: readonly EnvVar[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

/** Reports what would contradict TLS in `holder`, which stands at `at`; `reserved` are further variables that are ours there. */
export function checkEnvironment(
  holder: Environment,
  at: FieldPath,
  reserved: readonly string[],
  report: Report,
): void {
  for (const [index, { name }] of (holder.env ?? []).entries()) {
    if (isTLSVariable(name) || reserved.includes(name)) {
      report('TLS_VARIABLE_SET', [...at, 'env', index, 'name'], { variable: name });
    }
  }
  for (const [index, mount] of (holder.volumeMounts ?? []).entries()) {
    if (mount.name === tlsVolume || isWithinMount(mount.mountPath)) {
      report('TLS_MOUNT_SET', [...at, 'volumeMounts', index], { volume: tlsVolume, mountPath: tlsMountPath });
    }
  }
}

/** Whether tlsOptions sets a variable of this name, or keeps it for itself. */
export const isTLSVariable = (name: string): boolean => /^(RAY_USE_TLS$|RAY_TLS_|RAYSHIELD_)/.test(name);

/** At our mount or below it, where a read-only volume has no place for a mount point. */
const isWithinMount = (path: string): boolean => `${path.replace(/\/+/g, '/')}/`.startsWith(`${tlsMountPath}/`);
