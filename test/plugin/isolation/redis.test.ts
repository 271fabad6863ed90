// The Redis of GCS fault tolerance where it does not stand in a field: variables of the container, and of what it takes over.
import { describe, expect, test } from 'vitest';
import { buildRedisRules } from '../../../plugin/isolation/redis.ts';
import type { EgressRule } from '../../../plugin/ray/spec.ts';
import { makeRaySpec, type SpecParts } from '../../support/ray-spec.ts';
import { collectReports } from '../../support/reports.ts';
import { makeSettings } from '../../support/settings.ts';

const annotations = { 'ray.io/ft-enabled': 'true' };
const sources = (...names: string[]): SpecParts => ({
  head: { ray: { envFrom: names.map((name) => ({ configMapRef: { name } })) } },
});
const map = (name: string, address: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: ml}\ndata: {RAY_REDIS_ADDRESS: "${address}"}\n---\n`;
const policy = (port: number): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: redis, namespace: ml}
spec: {podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: ${port}}]}]}
`;

function build(parts: SpecParts): { rules: readonly EgressRule[]; codes: string[] } {
  let rules: readonly EgressRule[] = [];
  const spec = makeRaySpec({ isolation: { mode: 'denyAll' }, annotations, ...parts });
  const reports = collectReports((report) => {
    rules = buildRedisRules(spec, makeSettings({}), report);
  });
  return { rules, codes: reports.map(({ code, path }) => `${code} ${path.split('.').slice(-2).join('.')}`) };
}

describe('an address by envFrom', () => {
  test('is read from a ConfigMap of the input, the last of several', () => {
    const neighbours = map('old', '10.9.9.9:6379') + map('new', '10.1.2.3:6380');
    expect(build({ ...sources('old', 'new'), neighbours }).rules).toEqual([
      { to: [{ ipBlock: { cidr: '10.1.2.3/32' } }], ports: [{ port: 6380, protocol: 'TCP' }] },
    ]);
  });

  test('loses against a variable of the container', () => {
    const env = [{ name: 'RAY_REDIS_ADDRESS', value: '10.1.2.3:6379' }];
    const head = { ray: { env, envFrom: [{ configMapRef: { name: 'far' } }] } };
    expect(build({ head }).codes).toEqual([]);
  });

  test('cannot be seen where the input does not hold the object', () => {
    expect(build(sources('far')).codes).toEqual(['REDIS_ADDRESS_HIDDEN envFrom.0']);
    expect(build({ ...sources('far'), annotations: {} }).codes).toEqual([]);
    expect(build({ ...sources('far'), neighbours: policy(6379) }).codes).toEqual([]);
  });
});

test('of a variable that is given twice the last counts', () => {
  const env = ['10.9.9.9:6379', '10.1.2.3:6379'].map((value) => ({ name: 'RAY_REDIS_ADDRESS', value }));
  expect(build({ head: { ray: { env } } }).rules).toMatchObject([{ to: [{ ipBlock: { cidr: '10.1.2.3/32' } }] }]);
});

test('a policy of the input over the head may open the way to a host', () => {
  const cluster = { gcsFaultToleranceOptions: { redisAddress: 'redis.example.com:6379' } };
  expect(build({ annotations: {}, cluster }).codes).toEqual([
    'REDIS_HOST_UNKNOWN gcsFaultToleranceOptions.redisAddress',
  ]);
  expect(build({ annotations: {}, cluster, neighbours: policy(6379) }).codes).toEqual([]);
  expect(build({ annotations: {}, cluster, neighbours: policy(443) }).codes).toHaveLength(1);
});
