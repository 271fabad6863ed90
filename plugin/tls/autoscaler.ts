// What TLS changes for the autoscaler, a container that KubeRay adds to the head's pod. It copies nothing from the Ray
// container and gets only autoscalerOptions.env and .volumeMounts (docs/design.md, Observed).
import type { RayClusterSpec } from '../ray/spec.ts';
import { loopbackVariable, tlsMount, tlsVariables } from './environment.ts';

/** The cluster spec as it is where autoscaling is off. */
export function patchAutoscaler(cluster: RayClusterSpec): RayClusterSpec {
  if (cluster.enableInTreeAutoscaling !== true) return cluster;
  const { autoscalerOptions: options } = cluster;
  return {
    ...cluster,
    autoscalerOptions: {
      ...options,
      env: [...(options?.env ?? []), ...tlsVariables, loopbackVariable],
      volumeMounts: [...(options?.volumeMounts ?? []), tlsMount],
    },
  };
}
