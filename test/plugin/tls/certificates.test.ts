import { expect, test } from 'vitest';
import { buildTLS } from '../../../plugin/tls/build.ts';
import { makeRaySpec, type SpecParts } from '../../support/ray-spec.ts';
import { makeSettings } from '../../support/settings.ts';

function certificateOf(part: string, parts: SpecParts, settings = makeSettings()): unknown {
  const name = `demo-raycluster-${part}`;
  const objects = buildTLS(makeRaySpec({ tls: {}, ...parts }), settings);
  return objects.find(({ kind, metadata }) => kind === 'Certificate' && metadata.name === name)?.['spec'];
}

test('a client can dial and be dialled by nobody', () => {
  const spec = certificateOf('client-notebook', { tls: { clients: [{ name: 'notebook' }] } });
  expect(spec).toMatchObject({
    secretName: expect.stringMatching(/^demo-raycluster-client-notebook-[0-9a-f]{8}$/),
    commonName: 'demo-raycluster-client-notebook',
    usages: ['digital signature', 'key encipherment', 'client auth'],
    issuerRef: { name: 'demo-raycluster-ca', kind: 'Issuer', group: 'cert-manager.io' },
  });
  expect(Object.keys(spec as object)).not.toEqual(expect.arrayContaining(['dnsNames']));
  expect(Object.keys(spec as object)).not.toEqual(expect.arrayContaining(['ipAddresses']));
});

test('lifetime and key of the leaves follow tlsOptions, those of the CA do not', () => {
  const tls = { duration: '48h', renewBefore: '90m', privateKey: { algorithm: 'RSA', size: 4096 } };
  for (const part of ['head', 'worker']) {
    expect(certificateOf(part, { tls })).toMatchObject({
      duration: '48h0m0s',
      renewBefore: '1h30m0s',
      privateKey: { algorithm: 'RSA', size: 4096, encoding: 'PKCS8', rotationPolicy: 'Always' },
    });
  }
  expect(certificateOf('ca', { tls })).toEqual(certificateOf('ca', {}));
});

test('where tlsOptions is silent the settings hold', () => {
  const settings = makeSettings({
    certificateDuration: '100h',
    certificateRenewBefore: '10h',
    privateKeyAlgorithm: 'RSA',
    privateKeySize: 3072,
  });
  expect(certificateOf('head', {}, settings)).toMatchObject({
    duration: '100h0m0s',
    renewBefore: '10h0m0s',
    privateKey: { algorithm: 'RSA', size: 3072 },
  });
});

test('the key of the CA never changes, and CA and leaves can be told apart by what they may do', () => {
  expect(certificateOf('ca', {})).toMatchObject({
    isCA: true,
    duration: '87600h0m0s',
    usages: ['cert sign', 'crl sign', 'digital signature'],
    privateKey: { rotationPolicy: 'Never' },
  });
  expect(certificateOf('head', {})).not.toHaveProperty('isCA');
});

test('an issuer is named with the defaults of cert-manager written out', () => {
  const tls = { issuerRef: { name: 'corp' } };
  expect(certificateOf('head', { tls })).toMatchObject({
    issuerRef: { name: 'corp', kind: 'Issuer', group: 'cert-manager.io' },
  });
});

test('common names keep to the 64 characters of X.509 and stay different', () => {
  const spec = makeRaySpec({ name: 'c'.repeat(53), tls: { clients: [{ name: 'n'.repeat(63) }] } });
  const names = buildTLS(spec, makeSettings()).flatMap(({ kind, spec: body }) =>
    kind === 'Certificate' ? [(body as { commonName: string }).commonName] : [],
  );
  expect(new Set(names).size).toBe(4);
  for (const name of names) expect(name.length).toBeLessThanOrEqual(64);
});
