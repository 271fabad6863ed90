// What `ray start` would really be given: the name of the pod in DNS, whichever of the two kinds of name DNS knows, and when.
import { expect } from 'vitest';
import type { Pod } from '../../pods/pod.ts';
import type { Captured } from '../captured.ts';
import { runContainer } from '../container-run.ts';
import type { NameService } from '../stub-image.ts';
import {
  type Claim,
  certificateOf,
  headServiceOf,
  inCluster,
  isCovered,
  nodesServiceOf,
  rayContainer,
  rayPods,
  roleOf,
} from './claim.ts';

const dashed = (ip: string): string => ip.replaceAll(/[.:]/g, '-');

interface Case {
  readonly title: string;
  readonly ip: string;
  /** What DNS knows, and which of it the pod should take. */
  readonly dns: (dashedName: string, podName: string) => NameService;
  readonly takes: 'dashed' | 'pod';
  /** Those that wait take their time, and are asked of one owner. */
  readonly sleeps: number;
}

const four = '10.244.7.21';

const cases: readonly Case[] = [
  { title: 'a pod with IPv4', ip: four, dns: (name) => ({ names: [name] }), takes: 'dashed', sleeps: 0 },
  { title: 'a pod with IPv6', ip: 'fd00:66::11', dns: (name) => ({ names: [name] }), takes: 'dashed', sleeps: 0 },
  {
    title: 'DNS that knows both names',
    ip: four,
    dns: (name, podName) => ({ names: [name, podName] }),
    takes: 'dashed',
    sleeps: 0,
  },
  {
    title: 'CoreDNS with endpoint_pod_names',
    ip: four,
    dns: (_, podName) => ({ names: [podName] }),
    takes: 'pod',
    sleeps: 0,
  },
  // Two questions a second: the dashed name's and the pod name's.
  {
    title: 'a record that comes after 40 s',
    ip: four,
    dns: (name) => ({ names: [name], late: 80 }),
    takes: 'dashed',
    sleeps: 40,
  },
  { title: 'no record at all', ip: four, dns: () => ({ names: [] }), takes: 'dashed', sleeps: 120 },
];

async function checkStart(captured: Captured, pod: Pod, one: Case, folder: string): Promise<void> {
  const service = nodesServiceOf(captured, roleOf(pod));
  const names = { dashed: `${dashed(one.ip)}.${service}`, pod: `${pod.metadata.name}.${service}` };
  const dns = one.dns(names.dashed, names.pod);
  const { rayCalls, sleeps, stderr } = await runContainer(folder, pod, rayContainer(pod), { ip: one.ip, dns });
  const [call, ...others] = rayCalls;
  expect(others).toEqual([]);
  expect(call?.args[0]).toBe('start');
  expect(call?.args.filter((arg) => arg.startsWith('--node-ip-address'))).toEqual([
    `--node-ip-address=${names[one.takes]}`,
  ]);
  expect(call?.args.includes('--head')).toBe(roleOf(pod) === 'head');
  expect(call?.args).toContain('--block');
  expect(sleeps).toBe(one.sleeps);
  expect(stderr.includes(`rayshield: waiting for ${names.dashed} in DNS`)).toBe(one.sleeps > 0);
}

export const startCommandClaims: readonly Claim[] = [
  ...cases.map(
    (one): Claim => ({
      title: `Ray starts under its name in DNS: ${one.title}`,
      concerns: ({ name, isLong }) => (isLong ? one === cases[0] : one.sleeps === 0 || name === 'train'),
      check: async (captured, _, folder) => {
        for (const pod of rayPods(captured)) await checkStart(captured, pod, one, folder);
      },
    }),
  ),
  {
    title: 'a pod’s certificate is good for its names, and a worker’s for none of the head’s',
    check: (captured, scene) => {
      const head = certificateOf(scene, captured.owner, 'head');
      const worker = certificateOf(scene, captured.owner, 'worker');
      for (const pod of rayPods(captured)) {
        for (const label of [dashed(pod.status?.podIP ?? ''), pod.metadata.name]) {
          const name = `${label}.${nodesServiceOf(captured, roleOf(pod))}`;
          expect([isCovered(name, head), isCovered(name, worker)]).toEqual([
            roleOf(pod) === 'head',
            roleOf(pod) === 'worker',
          ]);
        }
      }
      expect(isCovered(inCluster(headServiceOf(captured)), worker)).toBe(false);
    },
  },
  {
    title: 'workers are sent to the head Service',
    check: async (captured, _, folder) => {
      for (const pod of captured.workers) {
        const dns = { names: [`${dashed(pod.status?.podIP ?? '')}.${nodesServiceOf(captured, roleOf(pod))}`] };
        const { rayCalls } = await runContainer(folder, pod, rayContainer(pod), { dns });
        expect(rayCalls[0]?.args).toContain(
          `--address=${inCluster(headServiceOf(captured))}:${captured.owner.headPort}`,
        );
      }
    },
  },
];
