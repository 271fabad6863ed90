// What a container finds: variables, volumes, a token, its own files.
// https://kubernetes.io/docs/concepts/containers/container-environment/
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { waitFor } from '../../cluster/wait.ts';
import { nodeAddress } from '../network.ts';
import { bash, type PodLab, shell } from './pod-lab.ts';

/** Declares the tests; `lab` is asked inside of them. */
export function proveContainer(lab: () => PodLab): void {
  test('variables of every form, later ones from earlier ones', async () => {
    await lab().api.apply({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's', namespace: 'ml' },
      stringData: { key: "it's" },
    });
    await lab().api.apply({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'c', namespace: 'ml' },
      data: { A: '1', B: '2' },
    });
    const field = (fieldPath: string): object => ({ valueFrom: { fieldRef: { fieldPath } } });
    const env = [
      { name: 'SECRET', valueFrom: { secretKeyRef: { name: 's', key: 'key' } } },
      { name: 'NONE', valueFrom: { secretKeyRef: { name: 's', key: 'none', optional: true } } },
      { name: 'IP', ...field('status.podIP') },
      { name: 'HOST', ...field('status.hostIP') },
      { name: 'APP', ...field("metadata.labels['app']") },
      { name: 'LIMIT', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1m' } } },
      { name: 'B', value: 'later' },
      { name: 'BOTH', value: '$(IP)-$(NOT_THERE)-$$(IP)' },
    ];
    const names = ['SECRET', 'NONE', 'IP', 'HOST', 'APP', 'LIMIT', 'CM_A', 'B', 'BOTH', 'HOSTNAME'];
    const log = await lab().runToEnd('ml/variables', {
      ...shell(`for n in ${names.join(' ')}; do echo $n=\${!n-unset}; done; echo "$0 $1"`),
      args: ['$(APP)', '$(IP)'],
      env,
      envFrom: [{ configMapRef: { name: 'c' }, prefix: 'CM_' }],
      resources: { limits: { cpu: '1500m' } },
    });
    const { ip } = lab().find('ml/variables');
    expect(log.trim().split('\n')).toEqual([
      "SECRET=it's",
      'NONE=unset',
      `IP=${ip}`,
      `HOST=${nodeAddress}`,
      'APP=variables',
      'LIMIT=1500',
      'CM_A=1',
      'B=later',
      `BOTH=${ip}-$(NOT_THERE)-$(IP)`,
      'HOSTNAME=variables',
      `variables ${ip}`,
    ]);
  });

  test('volumes, and nothing that it writes reaches the host', async () => {
    const pod = await lab().run(
      'ml/volumes',
      {
        volumeMounts: [
          { name: 'tls', mountPath: '/etc/ray/tls', readOnly: true },
          { name: 'info', mountPath: '/data/info' },
          { name: 'scratch', mountPath: '/tmp/scratch' },
          { name: 'memory', mountPath: '/dev/shm' },
        ],
      },
      {
        spec: {
          initContainers: [
            {
              name: 'first',
              image: 'lab',
              ...shell('echo one > /s/file; touch /tmp/mine /etc/mine'),
              volumeMounts: [{ name: 'scratch', mountPath: '/s' }],
            },
          ],
          volumes: [
            { name: 'tls', secret: { secretName: 's', items: [{ key: 'key', path: 'sub/tls.key' }] } },
            { name: 'info', downwardAPI: { items: [{ path: 'name', fieldRef: { fieldPath: 'metadata.name' } }] } },
            { name: 'scratch', emptyDir: {} },
            { name: 'memory', emptyDir: { medium: 'Memory', sizeLimit: '8Mi' } },
          ],
        },
      },
    );
    expect(await bash(pod, 'cat /etc/ray/tls/sub/tls.key /data/info/name /tmp/scratch/file')).toBe("it'svolumesone");
    // Each container has its own /tmp; the parts may be shown below it.
    expect(await bash(pod, 'ls /tmp/mine /etc/mine 2>/dev/null; df --output=size /dev/shm | tail -1')).toMatch(
      /^ *8192$/,
    );
    expect((await pod.exec(['touch', '/etc/ray/tls/x'])).exitCode).toBe(1);
    expect((await pod.exec(['touch', '/etc/ray/x', '/usr/x'])).exitCode).toBe(0);
    expect([existsSync('/etc/ray/x'), existsSync('/usr/x'), existsSync('/etc/mine')]).toEqual([false, false, false]);
  });

  test('a Secret that changes is seen, whole', async () => {
    const volumes = [{ name: 'v', secret: { secretName: 'changes' } }];
    const secret = (value: string): object => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'changes', namespace: 'ml' },
      stringData: { key: value },
    });
    await lab().api.apply(secret('old'));
    const pod = await lab().run(
      'ml/changes',
      { volumeMounts: [{ name: 'v', mountPath: '/v' }] },
      { spec: { volumes } },
    );
    await lab().api.apply(secret('new'));
    await waitFor('the new value', async () => ((await bash(pod, 'cat /v/key')) === 'new' ? true : undefined));
  });

  test('a token that the API server takes, at the name and the address of kubernetes.default', async () => {
    const pod = await lab().run('ml/caller', {});
    const folder = '/var/run/secrets/kubernetes.io/serviceaccount';
    const ask = (host: string): Promise<string> =>
      bash(
        pod,
        `curl -sm5 --cacert ${folder}/ca.crt -H "Authorization: Bearer $(cat ${folder}/token)" https://${host}/apis/authentication.k8s.io/v1/selfsubjectreviews -H 'content-type: application/json' -d '{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}'`,
      );
    expect(await ask('kubernetes.default')).toContain('system:serviceaccount:ml:default');
    expect(await ask('$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT')).toContain(
      'authentication.kubernetes.io/pod-name',
    );
  });
}
