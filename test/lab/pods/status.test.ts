// https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/
import { describe, expect, test } from 'vitest';
import type { ContainerState, ContainerStatus, Pod, PodSpec } from './pod.ts';
import { buildPodStatus, newContainerStatus, type PodFacts } from './status.ts';

const running: ContainerState = { running: { startedAt: '2026-11-23T12:00:00Z' } };
const waiting: ContainerState = { waiting: { reason: 'PodInitializing' } };
const over = (exitCode: number): ContainerState => ({
  terminated: { exitCode, reason: 'x', startedAt: '', finishedAt: '' },
});

const container = (name: string, state: ContainerState, more: Partial<ContainerStatus> = {}): ContainerStatus => ({
  ...newContainerStatus({ name }, ''),
  state,
  ...more,
});

type Parts = Partial<PodFacts> & { readonly spec?: Partial<PodSpec> };

const build = ({ spec, ...facts }: Parts) => {
  const pod: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a' },
    spec: { containers: [{ name: 'main' }], ...spec },
  };
  const defaults = { hostIP: '10.66.0.1', startTime: 's', hasNetwork: true, previous: [], now: 'now' };
  return buildPodStatus({ pod, ...defaults, initContainers: [], containers: [container('main', running)], ...facts });
};

describe('the phase', () => {
  const spec = { initContainers: [{ name: 'init' }] };
  test.each<[title: string, parts: Parts, phase: string]>([
    ['runs', {}, 'Running'],
    ['has not started', { containers: [container('main', waiting)] }, 'Pending'],
    ['initializes', { spec, initContainers: [container('init', running)] }, 'Pending'],
    ['has initialized', { spec, initContainers: [container('init', over(0))] }, 'Running'],
    ['failed to initialize, and tries again', { spec, initContainers: [container('init', over(1))] }, 'Pending'],
    [
      'failed to initialize for good',
      { spec: { ...spec, restartPolicy: 'Never' }, initContainers: [container('init', over(1))] },
      'Failed',
    ],
    ['waits to start again', { containers: [container('main', waiting, { restartCount: 1 })] }, 'Running'],
    ['succeeded', { spec: { restartPolicy: 'Never' }, containers: [container('main', over(0))] }, 'Succeeded'],
    ['succeeded, and starts again', { containers: [container('main', over(0))] }, 'Running'],
    ['failed', { spec: { restartPolicy: 'Never' }, containers: [container('main', over(3))] }, 'Failed'],
    [
      'failed, and starts again',
      { spec: { restartPolicy: 'OnFailure' }, containers: [container('main', over(3))] },
      'Running',
    ],
  ])('%s', (_, parts, phase) => {
    expect(build(parts).phase).toBe(phase);
  });

  test('a sidecar lets the others start when it has started', () => {
    const sidecar = { initContainers: [{ name: 'init', restartPolicy: 'Always' }] };
    expect(build({ spec: sidecar, initContainers: [container('init', running)] }).phase).toBe('Pending');
    expect(build({ spec: sidecar, initContainers: [container('init', running, { started: true })] }).phase).toBe(
      'Running',
    );
  });
});

describe('conditions', () => {
  const conditionOf = (type: string, parts: Parts) => build(parts).conditions?.find((one) => one.type === type);

  test('ready are those whose containers all are', () => {
    expect(conditionOf('Ready', {})).toMatchObject({ status: 'False', message: expect.stringContaining('[main]') });
    expect(conditionOf('Ready', { containers: [container('main', running, { ready: true })] })?.status).toBe('True');
  });

  test('a pod that succeeded is not ready, and says why', () => {
    const parts: Parts = { spec: { restartPolicy: 'Never' }, containers: [container('main', over(0))] };
    expect(conditionOf('Ready', parts)).toMatchObject({ status: 'False', reason: 'PodCompleted' });
  });

  test('the time is that of the last change', () => {
    const previous = build({ now: 'before' }).conditions ?? [];
    const after = build({ previous, containers: [container('main', running, { ready: true })] }).conditions ?? [];
    expect(after.filter(({ lastTransitionTime }) => lastTransitionTime === 'now').map(({ type }) => type)).toEqual([
      'Ready',
      'ContainersReady',
    ]);
  });
});

test('no address is told before there is one to tell', () => {
  expect(build({})).not.toHaveProperty('podIP');
  expect(build({ ip: '10.66.0.10' })).toMatchObject({ podIP: '10.66.0.10', podIPs: [{ ip: '10.66.0.10' }] });
});
