// What a container of a captured pod would really run: its environment by the downward API, `$(VAR)` expanded by Kubernetes'
// own library, and the command line by real bash.
import { execa } from 'execa';
import { expandCommand } from '../pods/command.ts';
import type { PodPlace } from '../pods/downward.ts';
import { readEnvironment } from '../pods/environment.ts';
import type { Container, Pod } from '../pods/pod.ts';
import { makeStubImage, type NameService, type RayCall } from './stub-image.ts';

export interface Run {
  /** The calls of `ray`, in order. */
  readonly rayCalls: readonly RayCall[];
  readonly sleeps: number;
  readonly stderr: string;
}

export interface Circumstances {
  /** The pod's address, IPv4 or IPv6; its own unless told. */
  readonly ip?: string;
  readonly dns?: NameService;
}

const noData = { readSecret: () => Promise.resolve({}), readConfigMap: () => Promise.resolve({}) };
// The longest command asks 240 times for a name, each in a process of its own.
const timeout = 120_000;
const apiServer = { host: '10.96.0.1', port: '443' };

/** The variables of a container after all expansion. */
export async function readVariables(
  pod: Pod,
  container: Container,
  ip = pod.status?.podIP ?? '',
): Promise<Record<string, string>> {
  const place: PodPlace = { ip, hostIP: pod.status?.hostIP ?? '', allocatable: {} };
  const variables = await readEnvironment({ pod, container, place, source: noData, apiServer });
  return { ...(await expandCommand(container, variables, {})).env };
}

/** Runs a container in an image of stubs, which is made below `folder`. */
export async function runContainer(
  folder: string,
  pod: Pod,
  container: Container,
  { ip = pod.status?.podIP ?? '', dns = { names: [] } }: Circumstances = {},
): Promise<Run> {
  const image = makeStubImage(folder, dns);
  const place: PodPlace = { ip, hostIP: pod.status?.hostIP ?? '', allocatable: {} };
  const variables = await readEnvironment({ pod, container, place, source: noData, apiServer });
  // A kubelet sets the host name, which is the pod's.
  const { argv, env } = await expandCommand(container, variables, { HOSTNAME: pod.metadata.name, ...image.env });
  const [file = '', ...args] = argv;
  const { stderr, timedOut } = await execa(file, args, { env, extendEnv: false, reject: false, timeout });
  if (timedOut) throw new Error(`${container.name} of ${pod.metadata.name} does not come to an end`);
  return { rayCalls: image.rayCalls(), sleeps: image.countSleeps(), stderr };
}
