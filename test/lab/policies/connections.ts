// What np-guard's netpol-analyzer prints of a pair of peers, as a question that can be asked: `All Connections`, or
// `SCTP 1-65535,TCP 53,8265,UDP 53`. A protocol stands before its first range; ranges and protocols share the comma.
import type { Protocol } from '../../support/world.ts';

interface Range {
  readonly protocol: Protocol;
  readonly first: number;
  readonly last: number;
}

/** Which ports of a target are open to a source. */
export type Openings = (port: number, protocol: Protocol) => boolean;

const protocols: readonly string[] = ['TCP', 'UDP', 'SCTP'] satisfies readonly Protocol[];

const isProtocol = (word: string): word is Protocol => protocols.includes(word);

function readRange(text: string, before: Protocol | undefined): Range {
  const [, word = before ?? '', first = '', last = first] = /^(?:([A-Z]+) )?(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  if (!isProtocol(word)) throw new Error(`np-guard printed a connection that nobody can read: ${text}`);
  return { protocol: word, first: Number(first), last: Number(last) };
}

/** Reads the text that np-guard prints for one pair. */
export function readOpenings(text: string): Openings {
  if (text === 'All Connections') return () => true;
  if (text === 'No Connections') return () => false;
  const ranges: Range[] = [];
  for (const part of text.split(',')) ranges.push(readRange(part, ranges.at(-1)?.protocol));
  return (port, protocol) =>
    ranges.some((range) => range.protocol === protocol && range.first <= port && port <= range.last);
}
