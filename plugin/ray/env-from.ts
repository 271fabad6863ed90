// Variables that come to the Ray container from whole ConfigMaps and Secrets. A variable of the container's own `env` wins over
// them, and of two sources the later one:
// https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables
import type { FieldPath } from '../findings/finding.ts';
import { valueAt } from '../manifests/edit.ts';
import type { PodGroup, RaySpec } from './spec.ts';

/** One entry of `envFrom`. */
export interface VariableSource {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly prefix: string;
  readonly path: FieldPath;
  /**
   * The names of its variables, prefix and all, with the values that can be read; undefined where the input does not hold the
   * object. What a Secret holds in base64 is not decoded.
   */
  readonly variables: ReadonlyMap<string, string | undefined> | undefined;
}

/** The sources of a group's Ray container in their order. */
export function findVariableSources(spec: RaySpec, { path, rayContainer }: PodGroup): readonly VariableSource[] {
  const entries = rayContainer['envFrom'];
  return (Array.isArray(entries) ? entries : []).flatMap((entry: unknown, index): VariableSource[] => {
    const prefix = String(valueAt(entry, ['prefix']) ?? '');
    const at = [...path, 'template', 'spec', 'containers', 0, 'envFrom', index];
    const [map, secret] = [valueAt(entry, ['configMapRef', 'name']), valueAt(entry, ['secretRef', 'name'])];
    const named = typeof map === 'string' ? (['ConfigMap', map] as const) : (['Secret', secret] as const);
    const [kind, name] = named;
    if (typeof name !== 'string') return [];
    return [{ kind, name, prefix, path: at, variables: readVariables(spec, { kind, name, prefix }) }];
  });
}

/** A variable that a source of the input brings, unless the container sets it itself: of several the one that counts. */
export function findVariable(
  spec: RaySpec,
  group: PodGroup,
  name: string,
): { readonly path: FieldPath; readonly value: string | undefined } | undefined {
  const source = findVariableSources(spec, group).findLast(({ variables }) => variables?.has(name));
  return source && { path: source.path, value: source.variables?.get(name) };
}

function readVariables(
  spec: RaySpec,
  { kind, name, prefix }: Pick<VariableSource, 'kind' | 'name' | 'prefix'>,
): VariableSource['variables'] {
  const found = spec.neighbours(kind).find((one) => one.name === name && one.namespace === spec.namespace);
  if (found === undefined) return undefined;
  const read = (field: string, isPlain: boolean): [string, string | undefined][] =>
    Object.entries(Object(valueAt(found.body, [field]))).map(([key, value]) => [
      `${prefix}${key}`,
      isPlain && typeof value === 'string' ? value : undefined,
    ]);
  return new Map([...read('data', kind === 'ConfigMap'), ...read('stringData', true)]);
}
