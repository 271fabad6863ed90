import { describe, expect, test } from 'vitest';
import { apiServerForm, readCidr, readEndpoint } from '../../../plugin/settings/endpoint.ts';

describe('readCidr', () => {
  test.each([
    ['10.0.0.1', '10.0.0.1/32'],
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['fd00::1', 'fd00::1/128'],
    ['FD00::/64', 'FD00::/64'],
    ['::ffff:10.0.0.1', '::ffff:10.0.0.1/128'],
  ])('%s is %s', (text, cidr) => expect(readCidr(text)).toBe(cidr));

  test.each([
    '',
    '10.0.0',
    '10.0.0.256',
    '010.0.0.1',
    '1.2.3.4.5',
    '10.0.0.1/33',
    '10.0.0.1/',
    '10.0.0.1/08',
    '10.0.0.1/8/8',
    'fd00::/129',
    'fe80::1%eth0',
    'fd00:::1',
    'a.b.c.d',
    '10.0.0.1@host',
    '2130706433',
  ])('%j is no range', (text) => expect(readCidr(text)).toBeUndefined());
});

describe('readEndpoint', () => {
  test.each([
    ['10.0.0.1:6443', undefined, { cidr: '10.0.0.1/32', port: 6443 }],
    ['10.96.0.0/16:443', undefined, { cidr: '10.96.0.0/16', port: 443 }],
    ['[fd00::1]:6443', undefined, { cidr: 'fd00::1/128', port: 6443 }],
    ['[fd00::/64]:6443', undefined, { cidr: 'fd00::/64', port: 6443 }],
    ['10.96.0.10', 53, { cidr: '10.96.0.10/32', port: 53 }],
    ['fd00::10', 53, { cidr: 'fd00::10/128', port: 53 }],
    ['[fd00::10]:5353', 53, { cidr: 'fd00::10/128', port: 5353 }],
  ])('%s with default port %s', (text, port, endpoint) => expect(readEndpoint(text, port)).toEqual(endpoint));

  test.each([
    ['10.0.0.1', undefined],
    ['fd00::1', undefined],
    ['[fd00::1]', undefined],
    ['10.0.0.1:0', 53],
    ['10.0.0.1:65536', 53],
    ['10.0.0.1:', 53],
    ['10.0.0.1:dns', 53],
    ['kubernetes:443', undefined],
  ])('%s with default port %s is none', (text, port) => expect(readEndpoint(text, port)).toBeUndefined());
});

describe('apiServer', () => {
  test.each([
    ['off', 'off'],
    // A YAML 1.1 reader takes `apiServer: off` for false.
    [false, 'off'],
    [['off'], 'off'],
    ['', undefined],
    [[], undefined],
    [
      '10.0.0.1:6443, [fd00::1]:6443',
      [
        { cidr: '10.0.0.1/32', port: 6443 },
        { cidr: 'fd00::1/128', port: 6443 },
      ],
    ],
  ])('%j', (raw, value) => expect(apiServerForm.read(raw)).toEqual({ value }));

  test('off beside an address is refused with the entry', () => {
    expect(apiServerForm.read(['10.0.0.1:6443', 'off'])).toEqual({ problem: { expected: 'api-server', entry: 1 } });
  });
});
