// https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-ipblock-selectors
import { describe, expect, test } from 'vitest';
import { isSameAddress, matchesBlock } from './ip-block.ts';

describe('an ipBlock', () => {
  const block = (cidr: string, ...except: readonly string[]) => ({ cidr, except });
  test.each<[title: string, block: ReturnType<typeof block>, address: string, matches: boolean]>([
    ['an address in the range', block('203.0.113.0/24'), '203.0.113.7', true],
    ['an address just outside', block('203.0.113.8/29'), '203.0.113.7', false],
    ['the last address of the range', block('203.0.113.0/29'), '203.0.113.7', true],
    ['one address', block('203.0.113.7/32'), '203.0.113.7', true],
    ['its neighbour', block('203.0.113.7/32'), '203.0.113.6', false],
    ['all addresses', block('0.0.0.0/0'), '203.0.113.7', true],
    ['an exception', block('203.0.0.0/16', '203.0.113.4/30'), '203.0.113.7', false],
    ['beside the exceptions', block('0.0.0.0/0', '203.0.113.8/29', '10.0.0.0/8'), '203.0.113.7', true],
    ['the second exception', block('0.0.0.0/0', '203.0.113.8/29', '10.0.0.0/8'), '10.1.2.3', false],
    ['IPv6 in the range', block('2001:db8::/33'), '2001:db8:7fff::1', true],
    ['IPv6 outside the range', block('2001:db8::/33'), '2001:db8:8000::1', false],
    ['IPv6 in an exception', block('::/0', 'fd00::/8'), 'fd00::1', false],
    ['IPv6 written in full', block('fd00::66:0/112'), 'FD00:0:0:0:0:0:66:1', true],
    ['IPv6 against all of IPv4', block('0.0.0.0/0'), '2001:db8::1', false],
    ['IPv4 against all of IPv6', block('::/0'), '203.0.113.7', false],
  ])('%s: %j, %s', (_, one, address, matches) => {
    expect(matchesBlock(one, address)).toBe(matches);
  });

  test('without exceptions in it', () => {
    expect(matchesBlock({ cidr: '203.0.113.0/24' }, '203.0.113.7')).toBe(true);
  });

  test.each(['10.0.0.1', '10.0.0/24', '10.0.0.1/', 'ml/24', '10.0.0.1/x'])('no answer for the CIDR %s', (cidr) => {
    expect(() => matchesBlock({ cidr }, '10.0.0.1')).toThrow(/refuses the CIDR/);
  });
});

test.each([
  ['10.0.0.1', '10.0.0.1', true],
  ['10.0.0.1', '10.0.0.2', false],
  ['fd00::1', 'fd00:0:0::1', true],
  ['fd00::1', 'fd00::2', false],
  ['fd00::1', '10.0.0.1', false],
])('%s and %s as one address: %j', (one, other, same) => {
  expect(isSameAddress(one, other)).toBe(same);
});
