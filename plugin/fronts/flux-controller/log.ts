// The log: a JSON object a line on standard error, with the fields that Flux's controllers have.
// https://fluxcd.io/flux/monitoring/logs/

type Level = 'info' | 'error';

export type Log = (level: Level, message: string, fields?: Readonly<Record<string, unknown>>) => void;

/** A Log that writes whole lines. */
export const makeLog =
  (write: (line: string) => void): Log =>
  (level, msg, fields = {}) =>
    write(`${JSON.stringify({ level, ts: new Date().toISOString(), msg, ...fields })}\n`);

/** What an error says. */
export const describeError = (failure: unknown): string =>
  failure instanceof Error ? failure.message : typeof failure;
