// Variables that come to a Ray container from a ConfigMap or Secret. What the container's own `env` sets wins over them, so
// those that tlsOptions sets hold; but whoever put TLS there means something else than what will happen.
import type { Report } from '../findings/finding.ts';
import { findVariableSources } from '../ray/env-from.ts';
import type { PodGroup } from '../ray/spec.ts';
import { isTLSVariable } from './check-environment.ts';
import { addressVariable } from './environment.ts';
import type { TLSSpec } from './request.ts';

/** Reports where TLS variables or RAY_ADDRESS come by envFrom, or may come and cannot be seen. */
export function checkEnvFrom(spec: TLSSpec, group: PodGroup, report: Report): void {
  for (const { kind, name, prefix, path, variables } of findVariableSources(spec, group)) {
    const ours = [...(variables?.keys() ?? [])].filter(isOurs);
    if (ours.length > 0) report('TLS_ENV_FROM', path, { kind, name, variables: ours });
    else if (variables === undefined && mayBecomeOurs(prefix)) report('TLS_ENV_FROM_UNSEEN', path, { kind, name });
  }
}

const isOurs = (name: string): boolean => isTLSVariable(name) || name === addressVariable;

/** Whether a name that begins so can be one of ours. */
const mayBecomeOurs = (prefix: string): boolean =>
  [addressVariable, 'RAY_USE_TLS', 'RAY_TLS_', 'RAYSHIELD_'].some(
    (name) => name.startsWith(prefix) || prefix.startsWith(name),
  );
