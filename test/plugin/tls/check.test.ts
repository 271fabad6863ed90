import { expect, test } from 'vitest';
import { listFindings } from '../../support/tls-check.ts';

test('a cluster with TLS, closed ingress and replaced pods has nothing to report', () => {
  expect(listFindings()).toEqual([]);
});

const broken = {
  rayStartParams: { 'node-ip-address': '10.0.0.1' },
  ray: { env: [{ name: 'RAY_USE_TLS', value: '1' }], args: ['ray start --head'] },
  pod: { dnsPolicy: 'None' },
};

test('each group is looked at, and all findings are told at once', () => {
  expect(listFindings({ head: broken, worker: broken })).toEqual(
    ['spec.headGroupSpec', 'spec.workerGroupSpecs.0'].flatMap((group) => [
      `TLS_VARIABLE_SET ${group}.template.spec.containers.0.env.0.name`,
      `TLS_NODE_ADDRESS_SET ${group}.rayStartParams.node-ip-address`,
      `TLS_DNS_POLICY ${group}.template.spec.dnsPolicy`,
      `TLS_RAY_START ${group}.template.spec.containers.0.args`,
    ]),
  );
});

test('while retiring the templates may hold what they like, the certificates may not', () => {
  const tls = { retiring: true, duration: '90d' };
  expect(listFindings({ tls, head: broken, cluster: { enableInTreeAutoscaling: true, rayVersion: '2.9.0' } })).toEqual([
    'TLS_DURATION_INVALID spec.tlsOptions.duration',
  ]);
});

test('paths begin at the root of the resource in every kind', () => {
  const worker = { pod: { dnsPolicy: 'Default' } };
  expect(listFindings({ kind: 'RayCronJob', worker })).toEqual([
    'TLS_DNS_POLICY spec.jobTemplate.rayClusterSpec.workerGroupSpecs.0.template.spec.dnsPolicy',
  ]);
});
