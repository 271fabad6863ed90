// The headless Services that give pods their DNS names, `<pod IP with dashes>.<service>.<namespace>.svc.<domain>`:
// https://github.com/kubernetes/dns/blob/master/docs/specification.md#24---records-for-a-headless-service
import type { KubernetesObject } from '../manifests/manifest.ts';
import { podLabels } from '../ray/labels.ts';
import { buildMetadata } from '../ray/metadata.ts';
import { nodesServiceName } from '../ray/names.ts';
import { rayPorts } from '../ray/ports.ts';
import type { PodGroup, RaySpec } from '../ray/spec.ts';

// Records need a port, and no more than one: Ray's ports are many and random, and nobody dials through the Service.
const port = rayPorts.gcs.number;

/** The identity Service of a role. Pods are found before they are ready, since Ray asks for its own name to become so. */
export const buildNodesService = (spec: RaySpec, role: PodGroup['role']): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: buildMetadata(spec, nodesServiceName(spec, role), 'tls'),
  spec: {
    clusterIP: 'None',
    ipFamilyPolicy: 'PreferDualStack',
    publishNotReadyAddresses: true,
    selector: podLabels(spec, { role }),
    ports: [{ name: 'ray', port, protocol: 'TCP', targetPort: port }],
  },
});
