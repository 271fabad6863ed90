// Where isolated pods may go: DNS by preset, the API server, the Redis of GCS fault tolerance (design.md section 4).
import { describe, expect, test } from 'vitest';
import type { RayKind } from '../plugin/ray/spec.ts';
import type { DnsServer } from '../plugin/settings/settings.ts';
import { expandWorld } from './support/expanded-world.ts';
import { buildOwner, type OwnerOptions } from './support/ray-owner.ts';
import type { Place } from './support/ray-world.ts';

type Settings = Parameters<typeof expandWorld>[1];

const expandOne = (kind: RayKind, options: OwnerOptions = {}, settings: Settings = {}) =>
  expandWorld([buildOwner(kind, { ...options, cluster: { networkIsolation: {}, ...options.cluster } })], settings);

describe('DNS', () => {
  type Server = `${Place}:${53 | 5353}`;
  const servers: readonly Server[] = [
    'coreDns:53',
    'nodeLocalDns:53',
    'nodeLocalAddress:53',
    'metadata:53',
    'openshiftDns:5353',
    'openshiftDns:53',
    'fakeDns:53',
    'kubeProxy:53',
    'foreigner:53',
    'foreigner:5353',
    'podIdentity:53',
    'internet:53',
  ];
  const labDns = { namespace: 'lab', labels: { 'k8s-app': 'kube-dns' }, port: 53 };
  test.each<[dns: readonly DnsServer[], open: readonly Server[]]>([
    [['any'], ['coreDns:53', 'nodeLocalDns:53', 'nodeLocalAddress:53', 'metadata:53', 'openshiftDns:5353']],
    [['kube-dns'], ['coreDns:53']],
    [['node-local-dns'], ['nodeLocalDns:53', 'nodeLocalAddress:53']],
    [['gke-cloud-dns'], ['metadata:53']],
    [['openshift'], ['openshiftDns:5353']],
    [
      ['kube-dns', 'openshift'],
      ['coreDns:53', 'openshiftDns:5353'],
    ],
    [[{ cidr: '203.0.113.7/32', port: 53 }], ['internet:53']],
    [[labDns], ['fakeDns:53']],
    [[{ namespace: 'lab', labels: { app: 'shop' }, port: 5353 }], ['foreigner:5353']],
    [
      ['kube-dns', labDns],
      ['coreDns:53', 'fakeDns:53'],
    ],
  ])('%j', (dns, open) => {
    const reaches = expandOne('RayCluster', {}, { dns });
    for (const protocol of ['TCP', 'UDP'] as const) {
      for (const from of ['head', 'gpu', 'redisCleanup'] as const) {
        const reached = servers.filter((server) => {
          const [place, port] = server.split(':') as [Place, '53' | '5353'];
          return reaches(from, place, `${Number(port)}/${protocol}`);
        });
        expect(reached).toEqual(open);
      }
    }
  });

  test.each<readonly DnsServer[]>([['any'], ['gke-cloud-dns']])('%s keeps the metadata server closed', (...dns) => {
    const reaches = expandOne('RayCluster', {}, { dns });
    expect([80, 443, 988].filter((port) => reaches('head', 'metadata', port))).toEqual([]);
  });
});

describe('the API server', () => {
  const apiServer = [
    { cidr: '172.18.0.2/32', port: 6443 },
    { cidr: '203.0.113.0/24', port: 443 },
  ];
  const autoscaling = { enableInTreeAutoscaling: true };
  const tokens = { authOptions: { mode: 'token', enableK8sTokenAuth: true } };
  const kinds: readonly RayKind[] = ['RayCluster', 'RayService'];
  const cases = kinds.flatMap((kind) => [
    { kind, when: 'autoscaling', cluster: autoscaling },
    { kind, when: 'token authentication', cluster: tokens },
  ]);

  test.each(cases)('$kind with $when: the head alone, on the ports of the setting', ({ kind, cluster }) => {
    const reaches = expandOne(kind, { cluster }, { apiServer });
    const places: readonly Place[] = ['head', 'next', 'small', 'gpu', 'late', 'redisCleanup'];
    expect(places.filter((from) => reaches(from, 'apiServer', 6443))).toEqual(['head', 'next']);
    expect(places.filter((from) => reaches(from, 'internet', 443))).toEqual(['head', 'next']);
    expect(reaches('head', 'apiServer', 443)).toBe(false);
    expect(reaches('head', 'internet', 6443)).toBe(false);
    expect(reaches('head', 'apiServer', '6443/UDP')).toBe(false);
  });

  test.each(kinds)('%s that needs none: nobody, whatever the setting', (kind) => {
    expect(expandOne(kind, {}, { apiServer })('head', 'apiServer', 6443)).toBe(false);
  });

  test.each(kinds)('%s with the setting off: nobody', (kind) => {
    const reaches = expandOne(kind, { cluster: autoscaling }, { apiServer: 'off' });
    expect(reaches('head', 'apiServer', 6443)).toBe(false);
  });

  test('denyAllIngress needs no setting', () => {
    const cluster = { ...autoscaling, networkIsolation: { mode: 'denyAllIngress' } };
    expect(expandOne('RayCluster', { cluster })('head', 'apiServer', 6443)).toBe(true);
  });

  test('denied egress without a setting is refused', () => {
    expect(() => expandOne('RayCluster', { cluster: autoscaling })).toThrow(/refused: .*API_SERVER/);
  });
});

describe('Redis', () => {
  type Server = `${Place}:${number}`;
  const servers: readonly Server[] = [
    'redis:6379',
    'redis:6380',
    'farRedis:6379',
    'redisOutside:6379',
    'redisOutside:6380',
    'redisOutsideSix:6379',
    'internet:6379',
  ];
  const reachedFrom = (from: Place, options: OwnerOptions, kind: RayKind = 'RayCluster'): readonly Server[] => {
    const reaches = expandOne(kind, options);
    return servers.filter((server) => {
      const [place, port] = server.split(':') as [Place, string];
      return reaches(from, place, Number(port));
    });
  };
  const addresses: readonly (readonly [address: string, open: readonly Server[]])[] = [
    ['redis:6379', ['redis:6379']],
    ['redis:6380', ['redis:6380']],
    ['redis.ml:6379', ['redis:6379']],
    ['redis.caches:6379', ['farRedis:6379']],
    ['redis.caches.svc:6379', ['farRedis:6379']],
    ['redis.caches.svc.cluster.local:6379', ['farRedis:6379']],
    ['redis://redis.caches:6379', ['farRedis:6379']],
    ['rediss://redis.caches:6379', ['farRedis:6379']],
    ['redis://reader:word@redis.caches:6379', ['farRedis:6379']],
    ['198.51.100.6:6379', ['redisOutside:6379']],
    ['redis://198.51.100.6:6380', ['redisOutside:6380']],
    ['[2001:db8::6]:6379', ['redisOutsideSix:6379']],
    ['redis.caches:6379,redis:6379', ['farRedis:6379']],
    ['127.0.0.1:6379', []],
    ['localhost:6379', []],
  ];

  test.each(addresses)('redisAddress %s opens %j to every pod', (redisAddress, open) => {
    const options = { cluster: { gcsFaultToleranceOptions: { redisAddress } } };
    for (const from of ['head', 'small', 'redisCleanup'] as const) expect(reachedFrom(from, options)).toEqual(open);
  });

  const head = { ray: { env: [{ name: 'RAY_REDIS_ADDRESS', value: 'redis.caches:6379' }] } };
  const enabled = { 'ray.io/ft-enabled': 'true' };

  test.each<RayKind>(['RayCluster', 'RayService'])('a %s may name it in the head’s environment', (kind) => {
    expect(reachedFrom('head', { head, annotations: enabled }, kind)).toEqual(['farRedis:6379']);
    expect(reachedFrom('small', { head, annotations: enabled }, kind)).toEqual(['farRedis:6379']);
  });

  // KubeRay compares the annotation in lower case (utils/util.go, IsGCSFaultToleranceEnabled).
  test.each(['true', 'True'])('the annotation may say %s', (on) => {
    expect(reachedFrom('head', { head, annotations: { 'ray.io/ft-enabled': on } })).toEqual(['farRedis:6379']);
  });

  test('where fault tolerance is not on, the environment opens nothing', () => {
    expect(reachedFrom('head', { head })).toEqual([]);
  });

  test('an embedded store needs no way out', () => {
    const cluster = { gcsFaultToleranceOptions: { backend: 'rocksdb' } };
    expect(reachedFrom('head', { cluster, head, annotations: enabled })).toEqual([]);
  });

  test('an address that a Secret holds needs a rule, which is enough', () => {
    const valueFrom = { secretKeyRef: { name: 'redis', key: 'address' } };
    const hidden = { ray: { env: [{ name: 'RAY_REDIS_ADDRESS', valueFrom }] } };
    const egressRules = [{ to: [{ podSelector: { matchLabels: { app: 'redis' } } }], ports: [{ port: 6379 }] }];
    const options = { head: hidden, annotations: enabled };
    expect(() => reachedFrom('head', options)).toThrow(/refused: .*REDIS/);
    expect(reachedFrom('head', { ...options, cluster: { networkIsolation: { egressRules } } })).toEqual(['redis:6379']);
  });

  test('a host that no policy can name needs a rule, which is enough', () => {
    const gcsFaultToleranceOptions = { redisAddress: 'redis.example.com:6379' };
    const to = [{ ipBlock: { cidr: '198.51.100.6/32' } }];
    const networkIsolation = { egressRules: [{ to, ports: [{ port: 6379 }] }] };
    expect(() => reachedFrom('head', { cluster: { gcsFaultToleranceOptions } })).toThrow(/refused: .*REDIS/);
    expect(reachedFrom('head', { cluster: { gcsFaultToleranceOptions, networkIsolation } })).toEqual([
      'redisOutside:6379',
    ]);
  });
});
