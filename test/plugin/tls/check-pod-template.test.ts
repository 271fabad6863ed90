import { expect, test } from 'vitest';
import { checkCluster, listFindings } from '../../support/tls-check.ts';

const pod = 'spec.workerGroupSpecs.0.template.spec';
const withRay = (ray: Readonly<Record<string, unknown>>): string[] => listFindings({ worker: { ray } });

test.each([
  'RAY_USE_TLS',
  'RAY_TLS_SERVER_CERT',
  'RAY_TLS_SERVER_KEY',
  'RAY_TLS_CA_CERT',
  'RAYSHIELD_POD_IP',
  'RAYSHIELD_ANYTHING',
])('the variable %s cannot be set by hand', (name) => {
  const env = [{ name: 'TEAM', value: 'vision' }, { name }];
  expect(withRay({ env })).toEqual([`TLS_VARIABLE_SET ${pod}.containers.0.env.1.name`]);
});

test.each(['RAY_REDIS_CA_CERT', 'RAY_USE_TLS_PROXY', 'MY_RAY_TLS_CERT', 'RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER'])(
  'the variable %s is the user’s own',
  (name) => {
    expect(withRay({ env: [{ name, value: '1' }] })).toEqual([]);
  },
);

test('RAY_ADDRESS cannot be set by hand, and its value is not repeated', () => {
  const found = checkCluster({ head: { ray: { env: [{ name: 'RAY_ADDRESS', value: '10.9.8.7:6379' }] } } });
  expect(found).toMatchObject([
    { code: 'TLS_ADDRESS_SET', path: 'spec.headGroupSpec.template.spec.containers.0.env.0.name' },
  ]);
  expect(found[0]?.message).not.toContain('10.9.8.7');
});

test('a volume of our name is refused', () => {
  expect(listFindings({ worker: { pod: { volumes: [{ name: 'data' }, { name: 'ray-tls' }] } } })).toEqual([
    `TLS_VOLUME_SET ${pod}.volumes.1.name`,
  ]);
});

test.each([
  { name: 'certs', mountPath: '/etc/ray/tls' },
  { name: 'certs', mountPath: '/etc/ray/tls/' },
  { name: 'certs', mountPath: '/etc//ray/tls/extra' },
  { name: 'ray-tls', mountPath: '/certs' },
])('the mount %j is refused', (mount) => {
  expect(withRay({ volumeMounts: [mount] })).toEqual([`TLS_MOUNT_SET ${pod}.containers.0.volumeMounts.0`]);
});

test.each(['/etc/ray', '/etc/ray/tls-corp', '/srv/etc/ray/tls'])('a mount at %s is the user’s own', (mountPath) => {
  expect(withRay({ volumeMounts: [{ name: 'certs', mountPath }] })).toEqual([]);
});

test('other containers may mount the certificates and set the variables', () => {
  const others = [
    {
      name: 'driver',
      env: [{ name: 'RAY_USE_TLS', value: '1' }],
      volumeMounts: [{ name: 'ray-tls', mountPath: '/etc/ray/tls' }],
    },
  ];
  expect(listFindings({ worker: { others } })).toEqual([]);
});

test('a node address of the user is refused', () => {
  expect(listFindings({ worker: { rayStartParams: { 'node-ip-address': '$MY_POD_IP' } } })).toEqual([
    'TLS_NODE_ADDRESS_SET spec.workerGroupSpecs.0.rayStartParams.node-ip-address',
  ]);
});

test.each([
  [{ dnsPolicy: 'Default' }, [`TLS_DNS_POLICY ${pod}.dnsPolicy`]],
  [{ dnsPolicy: 'None' }, [`TLS_DNS_POLICY ${pod}.dnsPolicy`]],
  [{ dnsPolicy: 'ClusterFirst' }, []],
  [{ hostNetwork: false }, []],
  [{ hostNetwork: true }, [`TLS_HOST_NETWORK_DNS ${pod}.hostNetwork`]],
  [{ hostNetwork: true, dnsPolicy: 'ClusterFirst' }, [`TLS_HOST_NETWORK_DNS ${pod}.hostNetwork`]],
  [{ hostNetwork: true, dnsPolicy: 'Default' }, [`TLS_HOST_NETWORK_DNS ${pod}.hostNetwork`]],
  [{ hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' }, []],
])('a pod with %j: %j', (fields, findings) => {
  expect(listFindings({ worker: { pod: fields } })).toEqual(findings);
});
