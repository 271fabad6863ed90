// Where a server listens, as Flux's controllers are told it.

export interface ListenAddress {
  /** Undefined for all addresses of the host. */
  readonly host: string | undefined;
  readonly port: number;
}

const form = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9.-]*)):(\d{1,5})$/;

/** `:9090`, `127.0.0.1:9090`, `[::1]:9090`; undefined where the text is none of these. */
export function readListenAddress(text: string): ListenAddress | undefined {
  const [, bracketed, plain = '', digits = ''] = form.exec(text) ?? [];
  const port = Number(digits);
  if (digits === '' || port > 65_535) return undefined;
  return { host: bracketed ?? (plain === '' ? undefined : plain), port };
}
