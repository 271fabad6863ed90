// What listens in a pod, and what answers there: TLS that asks for a client's certificate, or plain text.
import { connect as connectPlain } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { RunningPod } from '../pods/kubelet.ts';
import { runCommand } from './workload.ts';

export interface Listener {
  readonly port: number;
  /** The command line of the process, or the title that it gave itself. */
  readonly program: string;
}

const isLoopback = (address: string): boolean => /^(127\.|\[::ffff:127\.|\[::1\])/.test(address);

// The name that ss(8) prints of a process is cut to fifteen characters, so its command line is read beside it.
const listAll =
  "ss -ltnpH; cd /proc; for p in [0-9]*; do echo \"process $p $(tr '\\0' ' ' 2>/dev/null < $p/cmdline)\"; done";

/** The TCP ports of a pod that others can connect to. */
export async function listListeners(pod: RunningPod): Promise<Listener[]> {
  const lines = (await runCommand(pod, ['bash', '-c', listAll])).trim().split('\n');
  const programs = new Map(
    lines.flatMap((line) => {
      const [, process, program] = /^process (\d+) (.*)$/.exec(line) ?? [];
      return process === undefined || program === undefined ? [] : [[process, program] as const];
    }),
  );
  const found = lines.flatMap((line) => {
    const [state, , , local = ''] = line.split(/\s+/);
    if (state !== 'LISTEN' || isLoopback(local)) return [];
    const process = /pid=(\d+)/.exec(line)?.[1] ?? '';
    return [{ port: Number(local.slice(local.lastIndexOf(':') + 1)), program: programs.get(process) ?? '' }];
  });
  return [...new Map(found.map((listener) => [listener.port, listener])).values()].sort((a, b) => a.port - b.port);
}

// A packet filter that drops gives no answer at all: within one machine two seconds are an age.
const tryAll = 'for t; do (timeout 2 bash -c ": </dev/tcp/${t%:*}/${t##*:}" 2>/dev/null && echo "$t") & done; wait';

/** Those of the targets, `address:port`, that take a TCP connection from a pod, in their order. */
export async function listReached(from: RunningPod, targets: readonly string[]): Promise<string[]> {
  const reached = new Set((await runCommand(from, ['bash', '-c', tryAll, 'try', ...targets])).split('\n'));
  return targets.filter((target) => reached.has(target));
}

export interface Credentials {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** `taken` where the server ends the handshake by itself, else what it refused it with; `silent` where it says nothing. */
type Handshake =
  | { readonly taken: true; readonly names: readonly string[] }
  | { readonly taken: false; readonly reason: string };

// Everything is on one machine.
const patience = 5_000;

const namesOf = (socket: TLSSocket): string[] =>
  (socket.getPeerCertificate().subjectaltname ?? '').split(', ').filter((name) => name !== '');

/**
 * A handshake with a port, with a certificate or without one. TLS 1.2, where a server checks the client before the handshake ends:
 * in 1.3 a client takes itself for connected before it is refused (RFC 8446, 4.4.2).
 */
export function tryHandshake(host: string, port: number, credentials?: Credentials): Promise<Handshake> {
  return new Promise((resolve) => {
    const socket = connectTls({
      ...{ host, port, ...credentials },
      ...{ maxVersion: 'TLSv1.2', ALPNProtocols: ['h2'], rejectUnauthorized: false },
    });
    const end = (outcome: Handshake): void => {
      socket.destroy();
      resolve(outcome);
    };
    socket.setTimeout(patience, () => end({ taken: false, reason: 'silent' }));
    socket.once('secureConnect', () => end({ taken: true, names: namesOf(socket) }));
    socket.once('error', (failure: NodeJS.ErrnoException) =>
      end({ taken: false, reason: failure.code ?? failure.message }),
    );
  });
}

// RFC 9113, 3.4, and an empty SETTINGS frame.
const preface = Buffer.concat([
  Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]),
]);

const isSettings = (answer: Buffer): boolean => answer.length >= 9 && answer[3] === 4;

/** Whether a port answers gRPC in plain text: it sends HTTP/2 SETTINGS after an HTTP/2 preface. */
export function speaksPlainGrpc(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectPlain({ host, port }, () => socket.write(preface));
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(patience, () => end(false));
    socket.once('data', (answer: Buffer) => end(isSettings(answer)));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
  });
}
