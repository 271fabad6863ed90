// Servers at an address, and their end.
import type { Server } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';

export interface ListenAddress {
  /** Undefined for all addresses of the host. */
  readonly host: string | undefined;
  readonly port: number;
}

/** `:9090`, `127.0.0.1:9090`, `[::1]:9090`; undefined where the text is none of these. */
export function readListenAddress(text: string): ListenAddress | undefined {
  const [, bracketed, plain = '', digits = ''] = /^(?:\[([^\]]+)\]|([^:[\]]*)):(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (digits === '' || port > 65_535 || (bracketed !== undefined && !isIPv6(bracketed))) return undefined;
  return { host: bracketed ?? (plain === '' ? undefined : plain), port };
}

/** Resolves with the port once the server listens. */
export function listen(server: Server, { host, port }: ListenAddress): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host !== undefined && { host }) }, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Ends a server: idle connections at once, the others after `patience` milliseconds. */
export async function close(server: Server, patience: number): Promise<void> {
  if (!server.listening) return;
  const timer = setTimeout(() => server.closeAllConnections(), patience);
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  await closed;
  clearTimeout(timer);
}
