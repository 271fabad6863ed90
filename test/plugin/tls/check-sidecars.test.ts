import { expect, test } from 'vitest';
import { findingTable } from '../../../plugin/findings/table.ts';
import type { RayKind } from '../../../plugin/ray/spec.ts';
import { listFindings } from '../../support/tls-check.ts';

const pod = 'spec.headGroupSpec.template.spec';
const check = (sidecar: Readonly<Record<string, unknown>>, kind: RayKind = 'RayCluster'): string[] =>
  listFindings({ kind, head: { others: [{ name: 'driver', ...sidecar }] } });
const warned = [`TLS_SIDECAR_PLAIN ${pod}.containers.1`];

test.each([
  { env: [{ name: 'RAY_ADDRESS', value: 'auto' }] },
  { command: ['ray', 'status'] },
  { command: ['sh', '-c', 'until ray health-check; do sleep 1; done'] },
  { args: ['/usr/local/bin/ray list nodes'] },
  { command: ['python', '-c', 'import ray; ray.init("auto")'] },
  { args: ['--head=demo-head-svc:6379'] },
  { args: ['--address=127.0.0.1:6379'] },
  { command: ['sh', '-c', 'wait-for ${FQ_RAY_IP}:10001'] },
  { env: [{ name: 'CLUSTER', value: 'ray://localhost:10001' }] },
  { env: [{ name: 'CLUSTER', value: 'demo-head-svc.ml:10001' }] },
])('a container with %j seems to talk to Ray', (sidecar) => {
  expect(check(sidecar)).toEqual(warned);
});

test('it is a warning, and no longer one when the container mounts the certificates and is told to use them', () => {
  const volumeMounts = [{ name: 'ray-tls', mountPath: '/etc/ray/tls' }];
  const env = [{ name: 'RAY_USE_TLS', value: '1' }];
  expect(check({ command: ['ray', 'status'], volumeMounts })).toEqual(warned);
  expect(check({ command: ['ray', 'status'], env })).toEqual(warned);
  expect(check({ command: ['ray', 'status'], volumeMounts, env })).toEqual([]);
  expect(check({ command: ['ray', 'status'], volumeMounts, envFrom: [{ configMapRef: { name: 'tls' } }] })).toEqual([]);
  expect(check({ command: ['sh', '-c', 'RAY_USE_TLS=1 ray status'], volumeMounts })).toEqual([]);
  expect(findingTable.TLS_SIDECAR_PLAIN.severity).toBe('warning');
});

test.each([
  {},
  { env: [{ name: 'RAY_DASHBOARD', value: 'x' }] },
  { command: ['tail', '-F', '/tmp/ray/session_latest/logs'] },
  { args: ['--config=/etc/array start'] },
  { args: ['http://demo-head-svc.ml.svc:8265/api/version'] },
  { env: [{ name: 'RAY_ADDRESS', value: 'http://127.0.0.1:8265' }] },
  { args: ['--redis=127.0.0.1:6380'] },
  { command: ['sh', '-c', 'until nslookup $RAY_IP; do sleep 1; done'] },
])('a container with %j does not', (sidecar) => {
  expect(check(sidecar)).toEqual([]);
});

test('on a worker the own pod is not where the GCS is', () => {
  const others = [{ name: 'cache', args: ['127.0.0.1:6379'] }];
  expect(listFindings({ worker: { others } })).toEqual([]);
  expect(listFindings({ head: { others } })).toHaveLength(1);
});

test('init containers count as well', () => {
  const initContainers = [{ name: 'fetch' }, { name: 'wait', command: ['ray', 'health-check'] }];
  expect(listFindings({ head: { pod: { initContainers } } })).toEqual([`TLS_SIDECAR_PLAIN ${pod}.initContainers.1`]);
});

test('with a generated cluster name any head Service counts', () => {
  const head = { others: [{ name: 'driver', args: ['x7k2p-head-svc:10001'] }] };
  expect(listFindings({ kind: 'RayCronJob', head })).toHaveLength(1);
  expect(listFindings({ kind: 'RayCluster', head })).toEqual([]);
});
