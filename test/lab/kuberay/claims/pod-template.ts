// What KubeRay has left of our pod templates: variables in an order in which `$(...)` means something, the mount, the volume.
import { expect } from 'vitest';
import type { EnvVar } from '../../pods/pod.ts';
import { readVariables } from '../container-run.ts';
import {
  baseOf,
  type Claim,
  certificateOf,
  headServiceOf,
  inCluster,
  isCovered,
  rayContainer,
  rayPods,
  roleOf,
} from './claim.ts';

const tlsVariables = {
  RAY_USE_TLS: '1',
  RAY_TLS_SERVER_CERT: '/etc/ray/tls/tls.crt',
  RAY_TLS_SERVER_KEY: '/etc/ray/tls/tls.key',
  RAY_TLS_CA_CERT: '/etc/ray/tls/ca.crt',
};

const namesOf = (env: readonly EnvVar[] = []): string[] => env.map(({ name }) => name);

/** The variables that a value refers to by `$(NAME)`. */
const referredBy = (value = ''): string[] => [...value.matchAll(/\$\(([A-Z_]+)\)/g)].map(([, name = '']) => name);

export const podTemplateClaims: readonly Claim[] = [
  {
    title: 'every variable stands once, after those that it refers to',
    check: (captured) => {
      for (const pod of rayPods(captured)) {
        const { env = [] } = rayContainer(pod);
        expect(namesOf(env)).toEqual([...new Set(namesOf(env))]);
        for (const [index, { value }] of env.entries()) {
          expect(namesOf(env.slice(0, index))).toEqual(expect.arrayContaining(referredBy(value)));
        }
      }
    },
  },
  {
    title: 'head and workers have the TLS variables',
    check: async (captured) => {
      for (const pod of rayPods(captured)) {
        expect(await readVariables(pod, rayContainer(pod))).toMatchObject(tlsVariables);
      }
    },
  },
  {
    title: 'RAY_ADDRESS is the head Service, on the head as on workers, and the head’s certificate is good for it',
    check: async (captured, scene) => {
      const service = inCluster(headServiceOf(captured));
      for (const pod of rayPods(captured)) {
        const { RAY_ADDRESS } = await readVariables(pod, rayContainer(pod));
        expect(RAY_ADDRESS).toBe(`${service}:${captured.owner.headPort}`);
      }
      expect(isCovered(service, certificateOf(scene, captured.owner, 'head'))).toBe(true);
    },
  },
  {
    title: 'the Secret of the pod’s role is mounted for reading',
    check: (captured, scene) => {
      for (const pod of rayPods(captured)) {
        const { secretName } = certificateOf(scene, captured.owner, roleOf(pod));
        expect(pod.spec.volumes).toContainEqual(
          expect.objectContaining({ name: 'ray-tls', secret: expect.objectContaining({ secretName }) }),
        );
        const mount = expect.objectContaining({ name: 'ray-tls', mountPath: '/etc/ray/tls', readOnly: true });
        expect(rayContainer(pod).volumeMounts).toContainEqual(mount);
      }
    },
  },
  {
    title: 'clusters with random names bear the owner’s label, others none',
    check: (captured) => {
      const expected = captured.owner.kind === 'RayCluster' ? undefined : baseOf(captured.owner);
      for (const { metadata } of rayPods(captured)) expect(metadata.labels?.['rayshield.io/owner']).toBe(expected);
    },
  },
  {
    title: 'what the user has put into the template is still there',
    concerns: ({ name }) => name === 'demo',
    check: ({ head, workers }) => {
      expect(namesOf(rayContainer(head).env)[0]).toBe('STAGE');
      expect(rayContainer(head).volumeMounts?.[0]).toMatchObject({ name: 'scratch', mountPath: '/scratch' });
      expect(workers.map(({ metadata }) => metadata.labels?.['team'])).toEqual([undefined, 'vision']);
    },
  },
];
