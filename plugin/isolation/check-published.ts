// Closed ingress beside what is made to let others in: Ingresses and outer Services of the head, and the proxies of a
// RayService. None of them opens a policy, so their traffic ends at the pod.
// https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-and-ingress (policies know pods alone)
import type { FieldPath, Report } from '../findings/finding.ts';
import type { FactsOf } from '../findings/table.ts';
import { valueAt } from '../manifests/edit.ts';
import type { KubernetesObject } from '../manifests/manifest.ts';
import { findHeadServices } from '../ray/head-service.ts';
import { closesIngress } from '../ray/mode.ts';
import { findPodLabels } from '../ray/pod-labels.ts';
import { portOf, rayPorts } from '../ray/ports.ts';
import type { RaySpec } from '../ray/spec.ts';
import type { Rule } from './coverage.ts';
import { opensPort } from './exposure.ts';
import { mayTake } from './selector.ts';
import { findWaysIn } from './user-rules.ts';

/** Something by which others are meant to come to the head, and the ports that it leads to. */
interface Publication {
  readonly at: FieldPath;
  readonly facts: FactsOf<'HEAD_PUBLISHED_CLOSED'>;
  readonly ports: readonly number[];
}

const outerTypes: readonly unknown[] = ['LoadBalancer', 'NodePort'];
const outerType = /LoadBalancer|NodePort/;

/** Reports what publishes the head, or serves from all pods, where no rule of the input lets anyone come to it. */
export function checkPublished(spec: RaySpec, report: Report): void {
  if (!closesIngress(spec)) return;
  const published = [...findOwnIngress(spec), ...findOwnService(spec), ...findIngresses(spec), ...findServices(spec)];
  const ways = published.length === 0 ? [] : [...findWaysIn(spec, [spec.head]), ...findClients(spec)];
  for (const { at, facts, ports } of published) {
    const isOpen = ways.some((way) => ports.some((port) => opensPort(spec, way.ports, port)));
    if (!isOpen) report('HEAD_PUBLISHED_CLOSED', at, facts, 'key');
  }
  if (spec.kind === 'RayService') checkServe(spec, report);
}

function checkServe(spec: RaySpec, report: Report): void {
  const groups = [spec.head, ...spec.workers];
  const ports = [...new Set(groups.map((group) => portOf(group, 'serve')))];
  const ways = findWaysIn(spec, groups);
  const isOpen = ways.some((way) => ports.some((port) => opensPort(spec, way.ports, port)));
  if (!isOpen)
    report('SERVE_PORT_CLOSED', spec.isolation?.path ?? [], { port: ports[0] ?? rayPorts.serve.number }, 'key');
}

/** What `from` of clients opens. */
const findClients = ({ tls, head }: RaySpec): Rule[] =>
  (tls?.clients ?? [])
    .filter(({ from = [] }) => from.length > 0)
    .map(({ from = [] }) => ({ peers: from, ports: [{ port: portOf(head, 'client') }] }));

function findOwnIngress({ path, cluster, head }: RaySpec): Publication[] {
  if (cluster.headGroupSpec['enableIngress'] !== true) return [];
  const at = [...path, 'headGroupSpec', 'enableIngress'];
  return [{ at, facts: { by: 'Ingress' }, ports: [portOf(head, 'dashboard')] }];
}

const headPorts = ({ head }: RaySpec): number[] =>
  (['dashboard', 'client', 'gcs', 'serve', 'metrics'] as const).map((name) => portOf(head, name));

/** The type of KubeRay's own head Service: headService says it, else serviceType (common/service.go, BuildServiceForHeadPod). */
function findOwnService(spec: RaySpec): Publication[] {
  const places = [['headService', 'spec', 'type'], ['serviceType']] as const;
  const place = places.find((one) => valueAt(spec.cluster.headGroupSpec, one) !== undefined);
  const type = place && valueAt(spec.cluster.headGroupSpec, place);
  if (place === undefined || (type !== 'LoadBalancer' && type !== 'NodePort')) return [];
  return [{ at: [...spec.path, 'headGroupSpec', ...place], facts: { by: type }, ports: headPorts(spec) }];
}

/** Ingresses of the input that lead to a Service of the head. */
function findIngresses(spec: RaySpec): Publication[] {
  const ingresses = spec.neighbours('Ingress');
  const services = ingresses.length === 0 ? [] : findHeadServices(spec);
  return ingresses.flatMap(({ body, name, namespace, place }) => {
    if (namespace !== spec.namespace || !body.apiVersion.startsWith('networking.k8s.io/')) return [];
    const backends = findBackends(body).filter((one) => services.includes(String(valueAt(one, ['name']))));
    if (backends.length === 0) return [];
    const ports = backends.flatMap((backend) => resolvePort(spec, valueAt(backend, ['port'])));
    return [{ at: spec.isolation?.path ?? [], facts: { by: 'Ingress', other: { name, place } }, ports }];
  });
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const findBackends = (ingress: KubernetesObject): unknown[] => [
  valueAt(ingress, ['spec', 'defaultBackend', 'service']),
  ...list(valueAt(ingress, ['spec', 'rules']))
    .flatMap((rule) => list(valueAt(rule, ['http', 'paths'])))
    .map((path) => valueAt(path, ['backend', 'service'])),
];

/** The number of a Service port of KubeRay's, which is that of the pod; all of them where it names none that is known. */
function resolvePort(spec: RaySpec, port: unknown): readonly number[] {
  const [number, name] = [valueAt(port, ['number']), valueAt(port, ['name'])];
  if (typeof number === 'number') return [number];
  const named = spec.head.rayContainer.ports?.find((one) => name !== undefined && one.name === name);
  return named === undefined ? headPorts(spec) : [named.containerPort];
}

/** Outer Services of the input whose selector takes the head's pods. */
function findServices(spec: RaySpec): Publication[] {
  const services = spec.neighbours('Service', outerType);
  const labels = services.length === 0 ? {} : findPodLabels(spec, spec.head);
  return services.flatMap(({ body, name, namespace, place }) => {
    const [type, selector] = [valueAt(body, ['spec', 'type']), valueAt(body, ['spec', 'selector'])];
    if (namespace !== spec.namespace || body.apiVersion !== 'v1' || !outerTypes.includes(type)) return [];
    // A Service without a selector takes no pods.
    if (!isLabels(selector) || !mayTake({ matchLabels: selector }, labels)) return [];
    const ports = list(valueAt(body, ['spec', 'ports'])).flatMap((port) => resolveTarget(spec, port));
    const by = type === 'NodePort' ? type : 'LoadBalancer';
    return [{ at: spec.isolation?.path ?? [], facts: { by, other: { name, place } }, ports }];
  });
}

const isLabels = (value: unknown): value is Readonly<Record<string, string>> =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;

const resolveTarget = (spec: RaySpec, port: unknown): readonly number[] => {
  const target = valueAt(port, ['targetPort']) ?? valueAt(port, ['port']);
  return resolvePort(spec, typeof target === 'number' ? { number: target } : { name: target });
};
