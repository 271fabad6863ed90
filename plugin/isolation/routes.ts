// What leads from outside to Services: Ingresses, routes of the Gateway API and of OpenShift. Which of them name a Service.
// https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/, https://gateway-api.sigs.k8s.io/reference/spec/
// and https://docs.redhat.com/en/documentation/openshift_container_platform/4.19/html/network_apis/route-route-openshift-io-v1
import { valueAt } from '../manifests/edit.ts';
import type { KubernetesObject } from '../manifests/manifest.ts';
import type { Neighbour } from '../manifests/neighbours.ts';
import type { RaySpec } from '../ray/spec.ts';

type RouteKind = keyof typeof readers;

/** A Service of the owner's namespace that a route leads to; `port` is a number, a name, or undefined for all. */
interface Backend {
  readonly service: string;
  readonly port: unknown;
}

interface Route {
  readonly kind: RouteKind;
  readonly object: Neighbour;
  readonly backends: readonly Backend[];
}

/** All routes of the input that lead to Services of the owner's namespace. */
export function findRoutes(spec: RaySpec): readonly Route[] {
  return (Object.keys(readers) as RouteKind[]).flatMap((kind) =>
    spec.neighbours(kind).flatMap((object): Route[] => {
      const { group, read } = readers[kind];
      const found = object.body.apiVersion.startsWith(`${group}/`) ? read(object.body) : [];
      const backends = found.flatMap(({ name, namespace, port }): Backend[] =>
        typeof name === 'string' && (namespace ?? object.namespace) === spec.namespace ? [{ service: name, port }] : [],
      );
      return backends.length === 0 ? [] : [{ kind, object, backends }];
    }),
  );
}

/** As it is written: nothing of it has been checked. */
interface Reference {
  readonly name: unknown;
  readonly namespace?: unknown;
  readonly port: unknown;
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function readIngress(body: KubernetesObject): Reference[] {
  const services = [
    valueAt(body, ['spec', 'defaultBackend', 'service']),
    ...list(valueAt(body, ['spec', 'rules']))
      .flatMap((rule) => list(valueAt(rule, ['http', 'paths'])))
      .map((path) => valueAt(path, ['backend', 'service'])),
  ];
  return services.map((service) => ({
    name: valueAt(service, ['name']),
    port: valueAt(service, ['port', 'number']) ?? valueAt(service, ['port', 'name']),
  }));
}

const readGatewayRoute = (body: KubernetesObject): Reference[] =>
  list(valueAt(body, ['spec', 'rules']))
    .flatMap((rule) => list(valueAt(rule, ['backendRefs'])))
    .filter((one) => (valueAt(one, ['kind']) ?? 'Service') === 'Service')
    .map((one) => ({
      name: valueAt(one, ['name']),
      namespace: valueAt(one, ['namespace']),
      port: valueAt(one, ['port']),
    }));

const readOpenShiftRoute = (body: KubernetesObject): Reference[] =>
  [valueAt(body, ['spec', 'to']), ...list(valueAt(body, ['spec', 'alternateBackends']))].map((one) => ({
    name: valueAt(one, ['name']),
    port: valueAt(body, ['spec', 'port', 'targetPort']),
  }));

const gateway = { group: 'gateway.networking.k8s.io', read: readGatewayRoute } as const;

const readers = {
  Ingress: { group: 'networking.k8s.io', read: readIngress },
  HTTPRoute: gateway,
  GRPCRoute: gateway,
  TCPRoute: gateway,
  TLSRoute: gateway,
  Route: { group: 'route.openshift.io', read: readOpenShiftRoute },
} as const;
