// Probes: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/. Exec probes run in the container; the
// others dial the pod from the node, as a kubelet does.
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Executed } from './exec.ts';
import type { Container, Probe } from './pod.ts';

export interface ProbeTarget {
  readonly ip: string;
  readonly container: Container;
  readonly exec: (command: readonly string[], seconds: number) => Promise<Executed>;
}

const portOf = (port: number | string, { ports = [] }: Container): number =>
  typeof port === 'number' ? port : (ports.find(({ name }) => name === port)?.containerPort ?? Number(port));

function probeHttp({ httpGet }: Probe, { ip, container }: ProbeTarget, seconds: number): Promise<boolean> {
  if (!httpGet) return Promise.resolve(false);
  const { host = ip, port, path = '/', scheme = 'HTTP', httpHeaders = [] } = httpGet;
  const headers = Object.fromEntries(httpHeaders.map(({ name, value }) => [name, value]));
  const asked = { host, port: portOf(port, container), path, headers, timeout: seconds * 1000, agent: false };
  return new Promise((resolve) => {
    // A kubelet does not verify the certificate either.
    const sent = scheme === 'HTTPS' ? httpsRequest({ ...asked, rejectUnauthorized: false }) : httpRequest(asked);
    sent.on('response', ({ statusCode = 0 }) => {
      resolve(statusCode >= 200 && statusCode < 400);
      sent.destroy();
    });
    sent.on('timeout', () => sent.destroy());
    sent.on('close', () => resolve(false));
    sent.on('error', () => resolve(false));
    sent.end();
  });
}

function probeTcp({ tcpSocket }: Probe, { ip, container }: ProbeTarget, seconds: number): Promise<boolean> {
  if (!tcpSocket) return Promise.resolve(false);
  return new Promise((resolve) => {
    const socket = connect({ host: tcpSocket.host ?? ip, port: portOf(tcpSocket.port, container) });
    const end = (isOpen: boolean): void => {
      resolve(isOpen);
      socket.destroy();
    };
    socket.setTimeout(seconds * 1000, () => end(false));
    socket.on('connect', () => end(true));
    socket.on('error', () => end(false));
  });
}

/** Asks once. */
export async function askProbe(probe: Probe, target: ProbeTarget): Promise<boolean> {
  const { timeoutSeconds = 1 } = probe;
  if (probe.exec) return (await target.exec(probe.exec.command, timeoutSeconds)).exitCode === 0;
  if (probe.httpGet) return probeHttp(probe, target, timeoutSeconds);
  if (probe.tcpSocket) return probeTcp(probe, target, timeoutSeconds);
  throw new Error(`the lab has no such probe (${target.container.name})`);
}

/**
 * Asks for as long as the container runs, and tells when the answer has changed as often in a row as the thresholds want.
 * A pod starts as not ready, and as alive.
 */
export async function watchProbe(
  probe: Probe,
  target: ProbeTarget,
  tell: (isGood: boolean) => void,
  signal: AbortSignal,
): Promise<void> {
  const { initialDelaySeconds = 0, periodSeconds = 10, successThreshold = 1, failureThreshold = 3 } = probe;
  let run = 0;
  let last: boolean | undefined;
  try {
    await pause(initialDelaySeconds * 1000, undefined, { signal });
    while (!signal.aborted) {
      const isGood = await askProbe(probe, target);
      if (signal.aborted) return;
      run = isGood === last ? run + 1 : 1;
      last = isGood;
      if (run === (isGood ? successThreshold : failureThreshold)) tell(isGood);
      await pause(periodSeconds * 1000, undefined, { signal });
    }
  } catch (failure) {
    if (!signal.aborted) throw failure;
  }
}
