// Variables that come to a Ray container from a ConfigMap or Secret. What the container's own `env` sets wins over them, so
// those that tlsOptions sets hold; but whoever put TLS there means something else than what will happen.
// https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables
import type { Report } from '../findings/finding.ts';
import { valueAt } from '../manifests/edit.ts';
import type { PodGroup } from '../ray/spec.ts';
import { isTLSVariable } from './check-environment.ts';
import { addressVariable } from './environment.ts';
import type { TLSSpec } from './request.ts';

/** Reports where TLS variables or RAY_ADDRESS come by envFrom, or may come and cannot be seen. */
export function checkEnvFrom(spec: TLSSpec, { path, rayContainer }: PodGroup, report: Report): void {
  const sources = rayContainer['envFrom'];
  for (const [index, value] of (Array.isArray(sources) ? sources : []).entries()) {
    const source = readSource(value);
    if (source === undefined) continue;
    const { kind, name, prefix } = source;
    const at = [...path, 'template', 'spec', 'containers', 0, 'envFrom', index];
    const keys = findKeys(spec, source);
    const variables = keys?.map((key) => `${prefix}${key}`).filter(isOurs) ?? [];
    if (variables.length > 0) report('TLS_ENV_FROM', at, { kind, name, variables });
    else if (keys === undefined && mayBecomeOurs(prefix)) report('TLS_ENV_FROM_UNSEEN', at, { kind, name });
  }
}

interface VariableSource {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly prefix: string;
}

function readSource(value: unknown): VariableSource | undefined {
  const prefix = String(valueAt(value, ['prefix']) ?? '');
  const [map, secret] = [valueAt(value, ['configMapRef', 'name']), valueAt(value, ['secretRef', 'name'])];
  if (typeof map === 'string') return { kind: 'ConfigMap', name: map, prefix };
  return typeof secret === 'string' ? { kind: 'Secret', name: secret, prefix } : undefined;
}

const isOurs = (name: string): boolean => isTLSVariable(name) || name === addressVariable;

/** Whether a name that begins so can be one of ours. */
const mayBecomeOurs = (prefix: string): boolean =>
  [addressVariable, 'RAY_USE_TLS', 'RAY_TLS_', 'RAYSHIELD_'].some(
    (name) => name.startsWith(prefix) || prefix.startsWith(name),
  );

/** The keys of an object of the input; undefined where the input does not hold it. */
function findKeys(spec: TLSSpec, { kind, name }: VariableSource): readonly string[] | undefined {
  const found = spec.neighbours(kind).find((one) => one.name === name && one.namespace === spec.namespace);
  if (found === undefined) return undefined;
  return ['data', 'stringData'].flatMap((field) => Object.keys(Object(valueAt(found.body, [field]))));
}
