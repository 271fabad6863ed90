// Services with an address of their own, as kube-proxy has them: in each pod's namespace the Service's address and port become
// those of an endpoint (https://kubernetes.io/docs/reference/networking/virtual-ips/). kubernetes.default needs nothing of its
// own: the API server writes an EndpointSlice for itself.
import type { KubernetesObject } from '../cluster/api.ts';
import type { Protocol } from './pod.ts';

export interface Service extends KubernetesObject {
  readonly spec: {
    readonly clusterIP?: string;
    readonly ports?: readonly { readonly name?: string; readonly port: number; readonly protocol?: Protocol }[];
  };
}

export interface EndpointSlice extends KubernetesObject {
  readonly endpoints?:
    | readonly { readonly addresses: readonly string[]; readonly conditions?: { readonly ready?: boolean } }[]
    | null;
  readonly ports?: readonly { readonly name?: string; readonly port?: number; readonly protocol?: Protocol }[] | null;
}

/** The label that ties a slice to its Service. */
const serviceNameLabel = 'kubernetes.io/service-name';

const isOf = (slice: EndpointSlice, { metadata }: Service): boolean =>
  slice.metadata.namespace === metadata.namespace && slice.metadata.labels?.[serviceNameLabel] === metadata.name;

/** Elements of the map from a Service's address to that of its first ready endpoint. Real proxies choose at random. */
function listElements(service: Service, slices: readonly EndpointSlice[]): string[] {
  const { clusterIP, ports = [] } = service.spec;
  if (clusterIP === undefined || clusterIP === '' || clusterIP === 'None') return [];
  return ports.flatMap(({ name = '', port, protocol = 'TCP' }) => {
    for (const slice of slices) {
      const target = slice.ports?.find((one) => (one.name ?? '') === name)?.port;
      const [address] = slice.endpoints?.find(({ conditions }) => conditions?.ready !== false)?.addresses ?? [];
      if (target !== undefined && address !== undefined) {
        return [`${clusterIP} . ${protocol.toLowerCase()} . ${port} : ${address} . ${target}`];
      }
    }
    return [];
  });
}

/** The ruleset for nftables, the same for all pods. Policies see a connection after it, at its endpoint. */
export function printServices(services: readonly Service[], slices: readonly EndpointSlice[]): string {
  const elements = services
    .flatMap((service) =>
      listElements(
        service,
        slices.filter((slice) => isOf(slice, service)),
      ),
    )
    .sort();
  return [
    'table ip services',
    'delete table ip services',
    'table ip services {',
    '  map endpoints {',
    '    type ipv4_addr . inet_proto . inet_service : ipv4_addr . inet_service',
    ...(elements.length > 0 ? [`    elements = { ${elements.join(', ')} }`] : []),
    '  }',
    '  chain output {',
    '    type nat hook output priority -100',
    '    dnat to ip daddr . ip protocol . th dport map @endpoints',
    '  }',
    '}',
    '',
  ].join('\n');
}
