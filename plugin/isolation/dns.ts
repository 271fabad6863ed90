// Egress to the cluster's DNS. Where each platform's DNS can be reached: kube-dns and node-local-dns pods by label;
// NodeLocal DNSCache at 169.254.20.10 (kubernetes.io/docs/tasks/administer-cluster/nodelocaldns); Cloud DNS for GKE at
// 169.254.169.254, of which port 53 alone is opened, for the same address serves metadata; OpenShift's pods on 5353.
import type { EgressRule, PolicyPeer } from '../ray/spec.ts';
import type { DnsPods, DnsPreset, DnsServer, Endpoint } from '../settings/settings.ts';
import { podsIn, udpAndTCP } from './rules.ts';

const kubeSystem = (...names: string[]): PolicyPeer => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
  podSelector: { matchExpressions: [{ key: 'k8s-app', operator: 'In', values: names }] },
});

const block = (cidr: string): PolicyPeer => ({ ipBlock: { cidr } });

// One rule for each port; within a rule the peers of all servers that listen on it.
const nodeLocal = block('169.254.20.10/32');
const openshift: EgressRule = {
  to: [podsIn('openshift-dns', { 'dns.operator.openshift.io/daemonset-dns': 'default' })],
  ports: udpAndTCP(5353),
};

const on53 = (...to: PolicyPeer[]): EgressRule => ({ to, ports: udpAndTCP(53) });

const presets: Readonly<Record<DnsPreset, readonly EgressRule[]>> = {
  any: [on53(kubeSystem('kube-dns', 'node-local-dns'), nodeLocal, block('169.254.169.254/32')), openshift],
  'kube-dns': [on53(kubeSystem('kube-dns'))],
  'node-local-dns': [on53(kubeSystem('node-local-dns'), nodeLocal)],
  'gke-cloud-dns': [on53(block('169.254.169.254/32'))],
  openshift: [openshift],
};

/** The rules that let pods ask the DNS servers of the settings. */
export const buildDNSRules = (servers: readonly DnsServer[]): EgressRule[] =>
  servers.flatMap((server) => (typeof server === 'string' ? presets[server] : [serverRule(server)]));

const serverRule = (server: Endpoint | DnsPods): EgressRule => ({
  to: ['cidr' in server ? block(server.cidr) : podsIn(server.namespace, server.labels)],
  ports: udpAndTCP(server.port),
});
