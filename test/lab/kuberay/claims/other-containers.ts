// The containers that KubeRay adds or copies, and those that nobody should change.
import { expect } from 'vitest';
import { readVariables, runContainer } from '../container-run.ts';
import {
  type Claim,
  certificateOf,
  findContainer,
  headServiceOf,
  inCluster,
  isCovered,
  rayContainer,
  rayPods,
} from './claim.ts';

const tlsNames = ['RAY_USE_TLS', 'RAY_TLS_SERVER_CERT', 'RAY_TLS_SERVER_KEY', 'RAY_TLS_CA_CERT'];
const tlsMount = expect.objectContaining({ name: 'ray-tls', mountPath: '/etc/ray/tls', readOnly: true });

export const otherContainerClaims: readonly Claim[] = [
  {
    title: 'wait-gcs-ready has certificates, and asks an address that the head’s is good for',
    check: async (captured, scene, folder) => {
      for (const pod of captured.workers) {
        const container = findContainer(pod, 'wait-gcs-ready');
        if (container === undefined) throw new Error('KubeRay adds wait-gcs-ready to each worker');
        const env = await readVariables(pod, container);
        expect(Object.keys(env)).toEqual(expect.arrayContaining(tlsNames));
        expect(container.volumeMounts).toContainEqual(tlsMount);
        const { rayCalls } = await runContainer(folder, pod, container);
        const service = inCluster(headServiceOf(captured));
        expect(rayCalls.map(({ args }) => args)).toEqual([
          ['health-check', '--address', `${service}:${captured.owner.headPort}`],
        ]);
        expect(rayCalls[0]?.env).toMatchObject({ RAY_USE_TLS: '1', RAY_TLS_CA_CERT: '/etc/ray/tls/ca.crt' });
        expect(isCovered(service, certificateOf(scene, captured.owner, 'head'))).toBe(true);
      }
    },
  },
  {
    title: 'the autoscaler has certificates, the mount, and dials loopback',
    concerns: ({ name }) => name === 'demo',
    check: async ({ head }, _, folder) => {
      const container = findContainer(head, 'autoscaler');
      if (container === undefined) throw new Error('KubeRay adds the autoscaler to the head');
      expect(container.volumeMounts).toContainEqual(tlsMount);
      const { rayCalls } = await runContainer(folder, head, container);
      expect(rayCalls.map(({ args }) => args)).toEqual([
        ['kuberay-autoscaler', '--cluster-name', 'demo', '--cluster-namespace', 'ml'],
      ]);
      expect(rayCalls[0]?.env).toMatchObject({
        LOG_LEVEL: 'info',
        RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER: '0',
        RAY_TLS_CA_CERT: '/etc/ray/tls/ca.crt',
        RAY_USE_TLS: '1',
      });
    },
  },
  {
    title: 'containers beside Ray’s are left alone',
    concerns: ({ name }) => name === 'demo',
    check: ({ head }) => {
      const shipper = findContainer(head, 'log-shipper');
      expect(shipper?.env).toBeUndefined();
      expect(JSON.stringify(shipper)).not.toContain('ray-tls');
    },
  },
  {
    title: 'pods have only the containers that the user wrote and KubeRay adds',
    check: (captured) => {
      const known = ['ray-head', 'ray-worker', 'log-shipper', 'autoscaler', 'wait-gcs-ready'];
      const names = rayPods(captured).flatMap(({ spec }) => [...spec.containers, ...(spec.initContainers ?? [])]);
      expect(known).toEqual(expect.arrayContaining(names.map(({ name }) => name)));
    },
  },
  {
    title: 'the submitter asks the dashboard of the head Service, without certificates and without RAY_ADDRESS',
    concerns: ({ kind }) => kind === 'RayJob' || kind === 'RayCronJob',
    check: async (captured, _, folder) => {
      const { submitter } = captured;
      if (submitter === undefined) throw new Error('there is no submitter');
      const { rayCalls } = await runContainer(folder, submitter, rayContainer(submitter));
      const verbs = rayCalls.map(({ args }) => args.slice(0, 2).join(' '));
      expect(verbs).toEqual(['job status', 'job submit', 'job logs']);
      for (const { args, env } of rayCalls) {
        expect(args[args.indexOf('--address') + 1]).toBe(`http://${inCluster(headServiceOf(captured))}:8265`);
        expect(Object.keys(env).filter((name) => name === 'RAY_ADDRESS' || tlsNames.includes(name))).toEqual([]);
      }
      expect(JSON.stringify(submitter.spec)).not.toContain('ray-tls');
    },
  },
];
