// Services that lead to the head of an owner: those that KubeRay makes, by their names, and those of the input, by what they
// select. What publishes one of them publishes the head.
import { valueAt } from '../manifests/edit.ts';
import type { Neighbour } from '../manifests/neighbours.ts';
import { findHeadServices } from '../ray/head-service.ts';
import { findPodLabels } from '../ray/pod-labels.ts';
import { portOf } from '../ray/ports.ts';
import type { RaySpec } from '../ray/spec.ts';
import { mayTake } from './selector.ts';

/** A Service by its name, and the ports of the head that one of its own, by number or name, leads to. */
interface HeadService {
  readonly name: string;
  readonly leadsTo: (port: unknown) => readonly number[];
}

/** Services of the input, of the owner's namespace, whose selector takes the head's pods. */
export function findServicesOfInput(spec: RaySpec, sign?: RegExp): readonly Neighbour[] {
  const services = spec.neighbours('Service', sign);
  const labels = services.length === 0 ? {} : findPodLabels(spec, spec.head);
  return services.filter(({ body, namespace }) => {
    const selector = valueAt(body, ['spec', 'selector']);
    if (namespace !== spec.namespace || body.apiVersion !== 'v1') return false;
    // A Service without a selector takes no pods.
    return isLabels(selector) && mayTake({ matchLabels: selector }, labels);
  });
}

const isLabels = (value: unknown): value is Readonly<Record<string, string>> =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;

/** All Services that an Ingress or a route may name; those of the input are searched only here. */
export const findBackends = (spec: RaySpec): readonly HeadService[] => [
  ...findHeadServices(spec).map((name) => ({ name, leadsTo: (port: unknown) => findPort(spec, port) })),
  ...findServicesOfInput(spec).map((service) => ({
    name: service.name,
    leadsTo: (port: unknown) => findTargets(spec, service, port),
  })),
];

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The ports of the head that a Service of the input leads to; by all its ports where none is asked for. */
export function findTargets(spec: RaySpec, { body }: Neighbour, asked?: unknown): readonly number[] {
  const ports = list(valueAt(body, ['spec', 'ports']));
  const meant = ports.filter((port) => [valueAt(port, ['port']), valueAt(port, ['name'])].includes(asked));
  return (asked === undefined || meant.length === 0 ? ports : meant).flatMap((port) =>
    findPort(spec, valueAt(port, ['targetPort']) ?? valueAt(port, ['port'])),
  );
}

/** A number, or the port of that name on the Ray container; all that the head is known for where it is neither. */
export function findPort({ head }: RaySpec, port: unknown): readonly number[] {
  if (typeof port === 'number') return [port];
  const named = head.rayContainer.ports?.find(({ name }) => name !== undefined && name === port);
  if (named !== undefined) return [named.containerPort];
  return (['dashboard', 'client', 'gcs', 'serve', 'metrics'] as const).map((name) => portOf(head, name));
}
