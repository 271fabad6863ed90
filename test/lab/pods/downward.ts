// What the downward API tells a container about its pod:
// https://kubernetes.io/docs/concepts/workloads/pods/downward-api/
import { readQuantity } from '../cases/quantity.ts';
import type { Container, Pod, ResourceFieldRef } from './pod.ts';

/** What a pod is told that stands in no manifest. */
export interface PodPlace {
  /** The pod's own address, which it knows before the API server does. */
  readonly ip: string;
  readonly hostIP: string;
  /** What a container may use that asks for no limit. */
  readonly allocatable: Readonly<Record<string, string>>;
}

const quoted = (map: Readonly<Record<string, string>> = {}): string =>
  Object.entries(map)
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .sort()
    .join('\n');

/**
 * The value of a fieldRef.
 * @throws where the API server would have refused the path.
 */
export function readField(pod: Pod, place: PodPlace, fieldPath: string): string {
  const { metadata, spec } = pod;
  const [, map, key] = /^metadata\.(labels|annotations)\['([^']+)'\]$/.exec(fieldPath) ?? [];
  if (map !== undefined && key !== undefined) return metadata[map as 'labels' | 'annotations']?.[key] ?? '';
  const fields: Readonly<Record<string, string>> = {
    'metadata.name': metadata.name,
    'metadata.namespace': metadata.namespace ?? '',
    'metadata.uid': metadata.uid ?? '',
    'metadata.labels': quoted(metadata.labels),
    'metadata.annotations': quoted(metadata.annotations),
    'spec.nodeName': spec.nodeName ?? '',
    'spec.serviceAccountName': spec.serviceAccountName ?? 'default',
    'status.podIP': place.ip,
    'status.podIPs': place.ip,
    'status.hostIP': place.hostIP,
    'status.hostIPs': place.hostIP,
  };
  const value = fields[fieldPath];
  if (value === undefined) throw new Error(`the downward API has no field ${fieldPath}`);
  return value;
}

/**
 * The value of a resourceFieldRef: the quantity in units of the divisor, rounded up. Without a limit it is what the node
 * can give, without a request it is 0.
 */
export function readResource(container: Container, place: PodPlace, ref: ResourceFieldRef): string {
  const [list = '', ...rest] = ref.resource.split('.');
  const name = rest.join('.');
  const absent = list === 'limits' ? (place.allocatable[name] ?? '0') : '0';
  const quantity = readQuantity(container.resources?.[list as 'limits' | 'requests']?.[name] ?? absent);
  // A divisor of 0 is the API server's own default and means 1.
  const divisor = readQuantity(ref.divisor ?? '1') || 1;
  if (quantity === undefined) throw new Error(`${ref.resource} of ${container.name} is no quantity`);
  // 100m / 1m is a little over 100 in binary fractions.
  return `${Math.ceil(Number((quantity / divisor).toPrecision(12)))}`;
}
