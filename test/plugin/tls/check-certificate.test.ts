import { expect, test } from 'vitest';
import { checkCluster, listFindings } from '../../support/tls-check.ts';

const at = 'spec.tlsOptions';

test.each([
  [{ duration: '90d' }, ['TLS_DURATION_INVALID spec.tlsOptions.duration']],
  [{ duration: '59m' }, ['TLS_DURATION_SHORT spec.tlsOptions.duration']],
  [{ duration: '0s' }, ['TLS_DURATION_SHORT spec.tlsOptions.duration']],
  [{ duration: '1h' }, []],
  [{ renewBefore: 'soon' }, ['TLS_DURATION_INVALID spec.tlsOptions.renewBefore']],
  [{ renewBefore: '4m59s' }, ['TLS_DURATION_SHORT spec.tlsOptions.renewBefore']],
  [{ renewBefore: '5m' }, []],
  [{ duration: '10h', renewBefore: '10h' }, ['TLS_RENEW_BEFORE_LONG spec.tlsOptions.renewBefore']],
  [{ duration: '10h', renewBefore: '9h59m' }, []],
  [{ renewBefore: '8760h' }, ['TLS_RENEW_BEFORE_LONG spec.tlsOptions.renewBefore']],
  [{ duration: '87600h' }, ['TLS_DURATION_BEYOND_CA spec.tlsOptions.duration']],
  [{ duration: '87599h' }, []],
])('%j: %j', (tls, findings) => {
  expect(listFindings({ tls })).toEqual(findings);
});

test('how long the CA of an issuer lives is not known, so leaves may live long', () => {
  const tls = { duration: '100000h', issuerRef: { name: 'corp' } };
  expect(listFindings({ tls })).toEqual([`TLS_SHARED_ISSUER ${at}.issuerRef`]);
});

test('a duration of the settings that outlives the CA is found too', () => {
  expect(listFindings({}, { certificateDuration: '90000h' })).toEqual([`TLS_DURATION_BEYOND_CA ${at}.duration`]);
});

test('durations are told as numbers, and texts that are none are not repeated', () => {
  expect(checkCluster({ tls: { duration: '59m' } })[0]?.message).toContain('duration is 59m0s');
  expect(checkCluster({ tls: { duration: 'hush' } })[0]?.message).not.toContain('hush');
});

test.each([
  [{ algorithm: 'ECDSA', size: 256 }, []],
  [{ algorithm: 'ECDSA', size: 521 }, []],
  [{ algorithm: 'ECDSA', size: 512 }, [`TLS_KEY_SIZE ${at}.privateKey.size`]],
  [{ algorithm: 'RSA' }, []],
  [{ algorithm: 'RSA', size: 2048 }, []],
  [{ algorithm: 'RSA', size: 3072 }, []],
  [{ algorithm: 'RSA', size: 8192 }, []],
  [{ algorithm: 'RSA', size: 2047 }, [`TLS_KEY_SIZE ${at}.privateKey.size`]],
  [{ algorithm: 'RSA', size: 8193 }, [`TLS_KEY_SIZE ${at}.privateKey.size`]],
  [{ size: 4096 }, [`TLS_KEY_SIZE ${at}.privateKey.size`]],
  [{ size: 384 }, []],
])('the key %j: %j', (privateKey, findings) => {
  expect(listFindings({ tls: { privateKey } })).toEqual(findings);
});

test('a size alone goes with the algorithm of the settings', () => {
  const settings = { privateKeyAlgorithm: 'RSA', privateKeySize: 2048 } as const;
  expect(listFindings({ tls: { privateKey: { size: 4096 } } }, settings)).toEqual([]);
  expect(listFindings({ tls: { privateKey: { algorithm: 'ECDSA' } } }, settings)).toEqual([]);
});
