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
])('a container with %j seems to talk to Ray', (sidecar) => {
  expect(check(sidecar)).toEqual(warned);
});

test('it is a warning, and no longer one when the container mounts the certificates', () => {
  const volumeMounts = [{ name: 'ray-tls', mountPath: '/etc/ray/tls' }];
  expect(check({ command: ['ray', 'status'], volumeMounts })).toEqual([]);
  expect(findingTable.TLS_SIDECAR_PLAIN.severity).toBe('warning');
});

test.each([
  {},
  { env: [{ name: 'RAY_DASHBOARD', value: 'x' }] },
  { command: ['tail', '-F', '/tmp/ray/session_latest/logs'] },
  { args: ['--config=/etc/array start'] },
])('a container with %j does not', (sidecar) => {
  expect(check(sidecar)).toEqual([]);
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
