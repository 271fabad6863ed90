// https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
import { describe, expect, test } from 'vitest';
import type { Pod, PodSpec } from './pod.ts';
import { hostnameOf, writeHosts, writeResolvConf } from './sandbox.ts';

const pod = (spec: Partial<PodSpec> = {}, name = 'head-1'): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'ml' },
  spec: { containers: [], ...spec },
});

test.each([
  ['the name of the pod', pod(), 'head-1'],
  ['the one that it asks for', pod({ hostname: 'h' }), 'h'],
  ['cut to what Linux takes, with no dash at its end', pod({}, `${'a'.repeat(62)}-b`), 'a'.repeat(62)],
])('the host name is %s', (_, one, hostname) => {
  expect(hostnameOf(one)).toBe(hostname);
});

describe('/etc/hosts', () => {
  test('has the pod under its name, with the subdomain where there is one', () => {
    expect(writeHosts(pod(), '10.66.0.10', 'cluster.local')).toContain('\n10.66.0.10\thead-1\n');
    expect(writeHosts(pod({ subdomain: 'nodes' }), '10.66.0.10', 'cluster.local')).toContain(
      '\n10.66.0.10\thead-1.nodes.ml.svc.cluster.local\thead-1\n',
    );
  });

  test('has the aliases', () => {
    const hostAliases = [{ ip: '192.0.2.1', hostnames: ['a', 'b'] }];
    expect(writeHosts(pod({ hostAliases }), '10.66.0.10', 'cluster.local')).toContain('\n192.0.2.1\ta\tb\n');
  });
});

describe('/etc/resolv.conf', () => {
  const write = (spec: Partial<PodSpec>): string[] =>
    writeResolvConf(pod(spec), '10.66.0.2', 'cluster.local').trim().split('\n');

  test('asks the cluster and searches its names', () => {
    expect(write({})).toEqual([
      'nameserver 10.66.0.2',
      'search ml.svc.cluster.local svc.cluster.local cluster.local',
      'options ndots:5',
    ]);
  });

  test('takes what dnsConfig adds, and its options before its own', () => {
    const dnsConfig = {
      nameservers: ['192.0.2.1'],
      searches: ['example'],
      options: [{ name: 'ndots', value: '2' }, { name: 'edns0' }],
    };
    expect(write({ dnsConfig })).toEqual([
      'nameserver 10.66.0.2',
      'nameserver 192.0.2.1',
      'search ml.svc.cluster.local svc.cluster.local cluster.local example',
      'options ndots:2 edns0',
    ]);
    expect(write({ dnsPolicy: 'None', dnsConfig: { nameservers: ['192.0.2.1'] } })).toEqual(['nameserver 192.0.2.1']);
  });
});
