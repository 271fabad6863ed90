// From the first look of the kubelet at a pod to its end: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { waitFor } from '../../cluster/wait.ts';
import type { Pod } from '../pod.ts';
import { bash, isReady, makePod, type PodLab, podKind, shell } from './pod-lab.ts';

/** Declares the tests; `lab` is asked inside of them. */
export function proveLife(lab: () => PodLab): void {
  test('a pod waits for its Secret, without an address that anybody knows', async () => {
    const volumes = [{ name: 'v', secret: { secretName: 'late' } }];
    await lab().api.apply(
      makePod('ml/waits', { volumeMounts: [{ name: 'v', mountPath: '/v' }] }, { spec: { volumes } }),
    );
    const pod = await lab().waitForPod('ml/waits', 'in want of its Secret', ({ status }) =>
      status?.containerStatuses?.[0]?.state.waiting?.message?.includes('secret "late" not found'),
    );
    expect([pod.status?.podIP, pod.status?.phase]).toEqual([undefined, 'Pending']);
    await lab().api.apply({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'late', namespace: 'ml' } });
    expect((await lab().waitForPod('ml/waits', 'ready', isReady)).status?.podIP).toBe(lab().find('ml/waits').ip);
  });

  test('the address is told when the first init container runs, or as much later as is asked for', async () => {
    const initContainers = [{ name: 'first', image: 'lab', ...shell('sleep 3') }];
    const annotations = { 'rayshield.io/lab-publish-after': '3' };
    await lab().api.apply(makePod('ml/early', {}, { spec: { initContainers } }));
    await lab().api.apply(makePod('ml/later', {}, { metadata: { annotations } }));
    const early = await lab().waitForPod('ml/early', 'known', ({ status }) => status?.podIP !== undefined);
    expect([early.status?.phase, early.status?.initContainerStatuses?.[0]?.state.running !== undefined]).toEqual([
      'Pending',
      true,
    ]);
    const running = await lab().waitForPod('ml/later', 'running', ({ status }) => status?.phase === 'Running');
    expect(running.status?.podIP).toBeUndefined();
    await lab().waitForPod('ml/later', 'known', ({ status }) => status?.podIP !== undefined);
  });

  test('exit codes decide about Jobs', async () => {
    const job = (name: string, exitCode: number): object => ({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name, namespace: 'ml' },
      spec: {
        backoffLimit: 0,
        template: {
          spec: {
            restartPolicy: 'Never',
            containers: [{ name: 'main', image: 'lab', ...shell(`exit ${exitCode}`) }],
          },
        },
      },
    });
    await lab().api.apply(job('good', 0));
    await lab().api.apply(job('bad', 3));
    const condition = (name: string): Promise<string> =>
      waitFor(`the end of Job ${name}`, async () => {
        const { status } = await lab().api.read({ apiVersion: 'batch/v1', kind: 'Job', namespace: 'ml', name });
        return (status as { conditions?: { type: string }[] }).conditions?.find(({ type }) =>
          /^(Complete|Failed)$/.test(type),
        )?.type;
      });
    expect([await condition('good'), await condition('bad')]).toEqual(['Complete', 'Failed']);
    const [pod] = (await lab().api.list({ ...podKind, namespace: 'ml' }, { labelSelector: 'job-name=bad' })) as Pod[];
    expect(pod?.status?.containerStatuses?.[0]?.state.terminated?.exitCode).toBe(3);
  });

  test('a container is ready when its probe says so, and starts again when it no longer lives', async () => {
    const probe = (file: string): object => ({
      exec: { command: ['test', '-e', `/tmp/${file}`] },
      periodSeconds: 1,
      failureThreshold: 1,
    });
    await lab().api.apply(
      makePod('ml/probed', {
        ...shell('touch /tmp/alive; exec sleep infinity'),
        readinessProbe: probe('ready'),
        livenessProbe: { ...probe('alive'), initialDelaySeconds: 2 },
      }),
    );
    await lab().waitForPod(
      'ml/probed',
      'running',
      ({ status }) => status?.phase === 'Running' && status.containerStatuses?.[0]?.started,
    );
    expect(isReady(await lab().readPod('ml/probed'))).toBe(false);
    await bash(lab().find('ml/probed'), 'touch /tmp/ready');
    await lab().waitForPod('ml/probed', 'ready', isReady);
    await bash(lab().find('ml/probed'), 'rm /tmp/alive');
    const again = await lab().waitForPod(
      'ml/probed',
      'started again',
      ({ status }) => status?.containerStatuses?.[0]?.restartCount === 1 && status.phase === 'Running',
    );
    expect(again.status?.containerStatuses?.[0]?.lastState.terminated).toBeDefined();
  });

  test('the node asks by HTTP and TCP, whatever the policies say', async () => {
    await lab().api.apply({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'asked', namespace: 'ml' },
      spec: { podSelector: { matchLabels: { app: 'asked' } }, policyTypes: ['Ingress', 'Egress'] },
    });
    await lab().run('ml/asked', {
      command: ['python3', '-m', 'http.server', '8000'],
      ports: [{ name: 'web', containerPort: 8000 }],
      readinessProbe: { httpGet: { port: 'web' }, periodSeconds: 1 },
      startupProbe: { tcpSocket: { port: 8000 }, periodSeconds: 1, failureThreshold: 30 },
    });
  });

  test('deletion: SIGTERM, the grace, gone from the API server', async () => {
    const pod = await lab().run('ml/dies', shell('trap "echo told; exit 0" TERM; while :; do sleep 0.1; done'), {
      spec: { terminationGracePeriodSeconds: 20 },
    });
    await lab().api.remove({ ...podKind, namespace: 'ml', name: 'dies' });
    await waitFor(
      'the pod to be gone',
      () =>
        lab()
          .readPod('ml/dies')
          .then(
            () => undefined,
            () => true,
          ),
      { timeout: 10_000 },
    );
    expect(lab().kubelet.find('ml', pod.name)).toBeUndefined();
    expect(readFileSync(join(lab().logs, 'ml_dies_main.log'), 'utf8')).toBe('told\n');
  });
}
