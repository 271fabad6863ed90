// One NetworkPolicy object. A direction that has no part in it is left out of policyTypes and has no rules:
// a policy that lists a direction closes it. https://kubernetes.io/docs/concepts/services-networking/network-policies/
import type { KubernetesObject } from '../manifests/manifest.ts';
import { buildMetadata } from '../ray/metadata.ts';
import { fitName } from '../ray/names.ts';
import type { EgressRule, IngressRule, RaySpec } from '../ray/spec.ts';

export interface PolicyRules {
  /** Undefined leaves the direction to other policies; an empty list closes it. */
  readonly ingress?: readonly IngressRule[];
  readonly egress?: readonly EgressRule[];
}

/** The policy `name` over the pods that have `labels`. */
export function buildPolicy(
  spec: RaySpec,
  name: string,
  labels: Readonly<Record<string, string>>,
  { ingress, egress }: PolicyRules,
): KubernetesObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: buildMetadata(spec, fitName(name, 253), 'network-isolation'),
    spec: {
      podSelector: { matchLabels: labels },
      policyTypes: [...(ingress ? ['Ingress'] : []), ...(egress ? ['Egress'] : [])],
      ...(ingress && ingress.length > 0 ? { ingress } : {}),
      ...(egress && egress.length > 0 ? { egress } : {}),
    },
  };
}
