// What in a head's or worker group's pods contradicts TLS: hand-made TLS, another address, a pod that asks no cluster DNS.
// Containers other than Ray's may use the volume: that is how they come to TLS (check-sidecars.ts).
import type { Report } from '../findings/finding.ts';
import type { PodGroup } from '../ray/spec.ts';
import { checkEnvironment } from './check-environment.ts';
import { addressVariable, tlsVolume } from './environment.ts';
import { nodeAddressParameter } from './start-parameter.ts';

export function checkPodTemplate(group: PodGroup, report: Report): void {
  const pod = [...group.path, 'template', 'spec'];
  const container = [...pod, 'containers', 0];
  checkEnvironment(group.rayContainer, container, [], report);
  for (const [index, { name }] of (group.rayContainer.env ?? []).entries()) {
    if (name === addressVariable) report('TLS_ADDRESS_SET', [...container, 'env', index, 'name'], {});
  }
  for (const [index, { name }] of (group.template.spec.volumes ?? []).entries()) {
    if (name === tlsVolume) report('TLS_VOLUME_SET', [...pod, 'volumes', index, 'name'], { volume: tlsVolume });
  }
  if (Object.hasOwn(group.rayStartParams, nodeAddressParameter)) {
    const at = [...group.path, 'rayStartParams', nodeAddressParameter];
    report('TLS_NODE_ADDRESS_SET', at, { parameter: nodeAddressParameter }, 'key');
  }
  checkDns(group, report);
}

/** https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy */
function checkDns({ path, template }: PodGroup, report: Report): void {
  const pod = [...path, 'template', 'spec'];
  const { dnsPolicy = 'ClusterFirst', hostNetwork } = template.spec;
  if (hostNetwork === true) {
    if (dnsPolicy !== 'ClusterFirstWithHostNet') report('TLS_HOST_NETWORK_DNS', [...pod, 'hostNetwork'], {});
  } else if (dnsPolicy === 'Default' || dnsPolicy === 'None') {
    report('TLS_DNS_POLICY', [...pod, 'dnsPolicy'], { dnsPolicy });
  }
}
