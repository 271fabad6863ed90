// The texts are as np-guard 1.2.1 prints them.
import { expect, test } from 'vitest';
import type { Protocol } from '../../support/world.ts';
import { readOpenings } from './connections.ts';

test.each<[text: string, port: number, protocol: Protocol, open: boolean]>([
  ['All Connections', 1, 'SCTP', true],
  ['No Connections', 1, 'TCP', false],
  ['TCP 8265', 8265, 'TCP', true],
  ['TCP 8265', 8264, 'TCP', false],
  ['TCP 8265', 8265, 'UDP', false],
  ['TCP 8000,8265', 8265, 'TCP', true],
  ['TCP 53,UDP 53', 53, 'UDP', true],
  ['TCP 53,8265,UDP 53', 8265, 'UDP', false],
  ['SCTP 1-65535,TCP 1-65535,UDP 1-52,54-65535', 65535, 'SCTP', true],
  ['SCTP 1-65535,TCP 1-65535,UDP 1-52,54-65535', 53, 'UDP', false],
  ['SCTP 1-65535,TCP 1-65535,UDP 1-52,54-65535', 54, 'UDP', true],
])('%s opens %i %s: %j', (text, port, protocol, open) => {
  expect(readOpenings(text)(port, protocol)).toBe(open);
});

test.each(['', 'TCP', '8265', 'ICMP 1', 'TCP http'])('no answer is made up for %j', (text) => {
  expect(() => readOpenings(text)).toThrow(/nobody can read/);
});
