// What all containers of a pod share besides the network: host name, /etc/hosts, /etc/resolv.conf
// (https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/).
import type { Pod } from './pod.ts';

// Linux's limit (hostname(7)), which the kubelet cuts pod names to.
const longestHostname = 63;

/** The host name of a pod. */
export const hostnameOf = ({ metadata, spec }: Pod): string =>
  spec.hostname ?? metadata.name.slice(0, longestHostname).replace(/[-.]+$/, '');

/** The text of /etc/hosts. */
export function writeHosts(pod: Pod, ip: string, clusterDomain: string): string {
  const hostname = hostnameOf(pod);
  const { subdomain, hostAliases = [] } = pod.spec;
  const full =
    subdomain === undefined ? '' : `${hostname}.${subdomain}.${pod.metadata.namespace}.svc.${clusterDomain}\t`;
  return [
    '# Kubernetes-managed hosts file.',
    '127.0.0.1\tlocalhost',
    '::1\tlocalhost ip6-localhost ip6-loopback',
    `${ip}\t${full}${hostname}`,
    ...hostAliases.map((alias) => `${alias.ip}\t${(alias.hostnames ?? []).join('\t')}`),
    '',
  ].join('\n');
}

/** The text of /etc/resolv.conf. `Default`, the node's own servers, is none here: no way leads out of the lab. */
export function writeResolvConf({ metadata, spec }: Pod, dns: string, clusterDomain: string): string {
  const { dnsPolicy = 'ClusterFirst', dnsConfig = {} } = spec;
  const isCluster = dnsPolicy.startsWith('ClusterFirst');
  const ownSearches = isCluster
    ? [`${metadata.namespace}.svc.${clusterDomain}`, `svc.${clusterDomain}`, clusterDomain]
    : [];
  const searches = [...ownSearches, ...(dnsConfig.searches ?? [])];
  const options = new Map<string, string | undefined>(isCluster ? [['ndots', '5']] : []);
  for (const { name, value } of dnsConfig.options ?? []) options.set(name, value);
  const words = [...options].map(([name, value]) => (value === undefined ? name : `${name}:${value}`));
  return [
    ...[...(isCluster ? [dns] : []), ...(dnsConfig.nameservers ?? [])].map((server) => `nameserver ${server}`),
    ...(searches.length > 0 ? [`search ${searches.join(' ')}`] : []),
    ...(words.length > 0 ? [`options ${words.join(' ')}`] : []),
    '',
  ].join('\n');
}
