// Closed ingress beside what is made to let others in: Ingresses, routes and outer Services of the head, and the proxies of a
// RayService. None of them opens a policy, so their traffic ends at the pod.
// https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-and-ingress (policies know pods alone)
import type { FieldPath, Report } from '../findings/finding.ts';
import type { FactsOf } from '../findings/table.ts';
import { valueAt } from '../manifests/edit.ts';
import { findProxyPorts } from '../ray/listening-ports.ts';
import { closesIngress } from '../ray/mode.ts';
import { portOf, rayPorts } from '../ray/ports.ts';
import type { RaySpec } from '../ray/spec.ts';
import type { Rule } from './coverage.ts';
import { opensPort } from './exposure.ts';
import { findBackends, findPort, findServicesOfInput, findTargets } from './head-services.ts';
import { findRoutes } from './routes.ts';
import { findWaysIn } from './user-rules.ts';

/** Something by which others are meant to come to the head, and the ports that it leads to. */
interface Publication {
  readonly at: FieldPath;
  readonly facts: FactsOf<'HEAD_PUBLISHED_CLOSED'>;
  readonly ports: readonly number[];
}

const outerType = /LoadBalancer|NodePort/;

/** Reports what publishes the head, or serves from all pods, where no rule of the input lets anyone come to it. */
export function checkPublished(spec: RaySpec, report: Report): void {
  if (!closesIngress(spec)) return;
  const published = [...findOwnIngress(spec), ...findOwnService(spec), ...findRouted(spec), ...findOuterServices(spec)];
  const ways = published.length === 0 ? [] : [...findWaysIn(spec, [spec.head]), ...findClients(spec)];
  for (const { at, facts, ports } of published) {
    const isOpen = ways.some((way) => ports.some((port) => opensPort(spec, way.ports, port)));
    if (!isOpen) report('HEAD_PUBLISHED_CLOSED', at, facts, 'key');
  }
  if (spec.kind === 'RayService') checkServe(spec, report);
}

function checkServe(spec: RaySpec, report: Report): void {
  const groups = [spec.head, ...spec.workers];
  const ports = [...new Set([...findProxyPorts(spec), ...groups.map((group) => portOf(group, 'serve'))])];
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

/** The type of KubeRay's own head Service: headService says it, else serviceType (common/service.go, BuildServiceForHeadPod). */
function findOwnService(spec: RaySpec): Publication[] {
  const places = [['headService', 'spec', 'type'], ['serviceType']] as const;
  const place = places.find((one) => valueAt(spec.cluster.headGroupSpec, one) !== undefined);
  const type = place && valueAt(spec.cluster.headGroupSpec, place);
  if (place === undefined || (type !== 'LoadBalancer' && type !== 'NodePort')) return [];
  return [{ at: [...spec.path, 'headGroupSpec', ...place], facts: { by: type }, ports: findPort(spec, undefined) }];
}

/** Ingresses and other routes of the input that lead to a Service of the head. */
function findRouted(spec: RaySpec): Publication[] {
  const routes = findRoutes(spec);
  const services = routes.length === 0 ? [] : findBackends(spec);
  return routes.flatMap(({ kind, object: { name, place }, backends }) => {
    const ports = backends.flatMap(({ service, port }) =>
      services.filter((one) => one.name === service).flatMap(({ leadsTo }) => leadsTo(port)),
    );
    if (ports.length === 0) return [];
    return [{ at: spec.isolation?.path ?? [], facts: { by: kind, other: { name, place } }, ports }];
  });
}

/** Outer Services of the input whose selector takes the head's pods. */
const findOuterServices = (spec: RaySpec): Publication[] =>
  findServicesOfInput(spec, outerType).flatMap((service) => {
    const type = valueAt(service.body, ['spec', 'type']);
    if (type !== 'LoadBalancer' && type !== 'NodePort') return [];
    const facts = { by: type, other: { name: service.name, place: service.place } } as const;
    return [{ at: spec.isolation?.path ?? [], facts, ports: findTargets(spec, service) }];
  });
