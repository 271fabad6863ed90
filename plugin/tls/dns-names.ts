// The names that certificates are made out to. A pod's name is in a wildcard of its role's Service, so no pod has to exist
// when they are issued; a worker's names never cover the head (design.md 5).

import { findHeadService, findHeadServices, serviceHost } from '../ray/head-service.ts';
import { nodesServiceName } from '../ray/names.ts';
import type { PodGroup } from '../ray/spec.ts';
import type { Settings } from '../settings/settings.ts';
import type { TLSSpec } from './request.ts';

/** Ray's agents and the autoscaler dial loopback on both families (docs/design.md, Observed). */
export const loopbackAddresses: readonly string[] = ['127.0.0.1', '::1'];

/** The subject alternative names of a role, each once. The user's extra names are the head's alone. */
export function buildDnsNames(spec: TLSSpec, settings: Settings, role: PodGroup['role']): readonly string[] {
  const nodes = `*.${serviceHost(nodesServiceName(spec, role), spec, settings)}`;
  if (role === 'worker') return ['localhost', nodes];
  const services = findHeadServices(spec).flatMap((service) => fourForms(service, spec, settings));
  return [
    ...new Set([
      'localhost',
      ...services,
      ...buildNamespaceWildcard(spec, settings),
      nodes,
      ...(spec.tls.extraDnsNames ?? []),
    ]),
  ];
}

/** Every Service of the namespace, where the head's is not known by name; else nothing. */
export const buildNamespaceWildcard = (spec: TLSSpec, settings: Settings): readonly string[] =>
  findHeadService(spec) === undefined ? [serviceHost('*', spec, settings)] : [];

/** From the short name to the fully qualified one. */
const fourForms = (service: string, spec: TLSSpec, settings: Settings): readonly string[] => [
  service,
  `${service}.${spec.namespace}`,
  `${service}.${spec.namespace}.svc`,
  serviceHost(service, spec, settings),
];
