import { expect, test } from 'vitest';
import { listFindings } from '../../support/tls-check.ts';

test.each(['ray', 'ray.corp.example', '*.corp.example', `${'a'.repeat(63)}.example`])('%s is a DNS name', (name) => {
  expect(listFindings({ tls: { extraDnsNames: [name] } })).toEqual([]);
});

test.each([
  '',
  '*',
  '*.',
  'ray.*.example',
  '*.*.example',
  'ray_head',
  'Ray.example',
  'ray.example.',
  '-ray.example',
  '10.0.0.1/32',
  `${'a'.repeat(64)}.example`,
  `${'a.'.repeat(127)}a`,
  `*.${'a.'.repeat(126)}a`,
  'ray.example; rm',
])('%j is none', (name) => {
  expect(listFindings({ tls: { extraDnsNames: ['ray', name] } })).toEqual([
    'TLS_DNS_NAME_INVALID spec.tlsOptions.extraDnsNames.1',
  ]);
});

test.each(['Notebook', 'a.b', 'a_b', '-a', '', 'a'.repeat(64)])('a client cannot be called %j', (name) => {
  expect(listFindings({ tls: { clients: [{ name }] } })).toEqual([
    'TLS_CLIENT_NAME_INVALID spec.tlsOptions.clients.0.name',
  ]);
});

test('two clients cannot share a name', () => {
  expect(listFindings({ tls: { clients: [{ name: 'a' }, { name: 'b' }, { name: 'a' }] } })).toEqual([
    'TLS_CLIENT_NAME_TWICE spec.tlsOptions.clients.2.name',
  ]);
});
