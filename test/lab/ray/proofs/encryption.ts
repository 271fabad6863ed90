// That nothing of Ray speaks gRPC in plain text: every port that a pod listens on is tried from the node itself, which no
// policy stops.
import { beforeAll, expect, test } from 'vitest';
import type { RunningPod } from '../../pods/kubelet.ts';
import { type CoreCluster, findSecretName, readCredentials } from '../core-cluster.ts';
import { type Credentials, type Listener, listListeners, speaksPlainGrpc, tryHandshake } from '../listeners.ts';

/** What stays plain HTTP (docs/design.md): by its port, or where that is random by its process, Ray's runtime-env agent. */
const plainPorts: Readonly<Record<number, string>> = {
  8080: 'metrics',
  8265: 'dashboard',
  44217: 'metrics of the autoscaler',
  44227: 'metrics of the dashboard',
  52365: 'agent',
};
// Anchored: the raylet has the agent's command among its arguments.
const plainPrograms = /^(?:ray::RuntimeEnv|\S*python\S* (?:-\S+ )*\S*\/runtime_env\/agent\/main\.py)/;

const isKnownPlain = ({ port, program }: Listener): boolean => port in plainPorts || plainPrograms.test(program);

interface Tried extends Listener {
  readonly pod: string;
  readonly ip: string;
}

/** Declares the tests of what listens; `cluster` is asked inside of them. */
export function proveEncryption(cluster: () => CoreCluster): void {
  let listeners: Tried[];
  let client: Credentials;

  beforeAll(async () => {
    const { lab, head, workers, printed } = cluster();
    const listOf = async (pod: RunningPod): Promise<Tried[]> =>
      (await listListeners(pod)).map((listener) => ({ ...listener, pod: pod.name, ip: pod.ip }));
    listeners = (await Promise.all([head, ...workers].map(listOf))).flat();
    client = await readCredentials(lab, findSecretName(printed, 'core-raycluster-client-studio'));
  });

  const encrypted = (): Tried[] => listeners.filter((listener) => !isKnownPlain(listener));

  test('the GCS, Ray Client and every raylet are among the ports that are tried', () => {
    expect(encrypted().map(({ port }) => port)).toEqual(expect.arrayContaining([6379, 10001]));
    expect(encrypted().filter(({ program }) => /^\S*\/raylet /.test(program)).length).toBeGreaterThanOrEqual(3);
  });

  test('every port that is not known to be plain HTTP answers a certificate of this cluster with TLS', async () => {
    const answers = await Promise.all(
      encrypted().map(async (one) => ({ ...one, answer: await tryHandshake(one.ip, one.port, client) })),
    );
    expect(answers.filter(({ answer }) => !answer.taken)).toEqual([]);
  });

  test('none of them takes a caller without a certificate', async () => {
    const answers = await Promise.all(
      encrypted().map(async (one) => ({ ...one, answer: await tryHandshake(one.ip, one.port) })),
    );
    expect(answers.filter(({ answer }) => answer.taken || answer.reason === 'silent')).toEqual([]);
  });

  test('no port answers gRPC in plain text', async () => {
    const answers = await Promise.all(
      listeners.map(async (one) => ({ ...one, plain: await speaksPlainGrpc(one.ip, one.port) })),
    );
    expect(answers.filter(({ plain }) => plain)).toEqual([]);
  });
}
