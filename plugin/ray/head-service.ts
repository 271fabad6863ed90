// The head's Service, which KubeRay makes and workers dial: its name and address, as far as they are known before the sync.
// GenerateHeadServiceName in ray-operator/controllers/ray/utils/util.go of https://github.com/ray-project/kuberay

import type { Settings } from '../settings/settings.ts';
import { hasFixedClusterName } from './labels.ts';
import { portOf } from './ports.ts';
import type { RaySpec } from './spec.ts';

/** KubeRay's name for the head Service of an owner: of a cluster, and beside it of a RayService or RayJob. */
export const defaultHeadService = (owner: string): string => `${owner}-head-svc`;

/** The head Service's name; undefined where it follows from a cluster name that KubeRay makes up. */
export function findHeadService(spec: RaySpec): string | undefined {
  const named = spec.cluster.headGroupSpec.headService?.metadata?.name;
  if (named) return named;
  return hasFixedClusterName(spec) ? defaultHeadService(spec.name) : undefined;
}

/**
 * All names of head Services that are known before the sync: a RayService and a RayJob have one of their own beside the
 * cluster's.
 */
export function findHeadServices(spec: RaySpec): readonly string[] {
  const service = findHeadService(spec);
  const hasOwn = spec.kind === 'RayService' || spec.kind === 'RayJob';
  return [...(service === undefined ? [] : [service]), ...(hasOwn ? [defaultHeadService(spec.name)] : [])];
}

/** Where a Service is found from anywhere in the cluster. */
export const serviceHost = (service: string, spec: RaySpec, settings: Settings): string =>
  `${service}.${spec.namespace}.svc.${settings.clusterDomain}`;

/** The GCS address under the name of a head Service. */
export const gcsAddress = (service: string, spec: RaySpec, settings: Settings): string =>
  `${serviceHost(service, spec, settings)}:${portOf(spec.head, 'gcs')}`;
