import { expect, test } from 'vitest';
import { hasTLS } from '../../../plugin/tls/request.ts';
import { findSecretNames, type SecretNames } from '../../../plugin/tls/secret-names.ts';
import { makeRaySpec, type SpecParts } from '../../support/ray-spec.ts';
import { makeSettings } from '../../support/settings.ts';

function namesOf(tls: SpecParts['tls'] = {}, parts: SpecParts = {}, settings = makeSettings()): SecretNames {
  const spec = makeRaySpec({ ...parts, tls });
  if (!hasTLS(spec)) throw new Error('no TLS');
  return findSecretNames(spec, settings);
}

test('all Secrets of an owner end in one hash', () => {
  const { authority, head, worker, client } = namesOf();
  const hash = authority.slice(-8);
  expect([authority, head, worker, client('notebook')]).toEqual([
    `demo-raycluster-ca-${hash}`,
    `demo-raycluster-head-${hash}`,
    `demo-raycluster-worker-${hash}`,
    `demo-raycluster-client-notebook-${hash}`,
  ]);
  expect(hash).toMatch(/^[0-9a-f]{8}$/);
});

// Another hash would make every user's pods start anew.
test('the hash is frozen', () => {
  expect(namesOf().authority).toBe('demo-raycluster-ca-ebebf4c4');
  expect(namesOf({ issuerRef: { name: 'corp', kind: 'ClusterIssuer' }, generation: 2 }).head).toBe(
    'demo-raycluster-head-6f811d78',
  );
});

test('raising the generation renames CA and leaves together', () => {
  const [before, after] = [namesOf({ generation: 1 }), namesOf({ generation: 2 })];
  expect(after.authority).not.toBe(before.authority);
  expect(after.head.slice(-8)).toBe(after.authority.slice(-8));
});

test('another issuer renames the leaves, and defaults written out do not', () => {
  const { head } = namesOf({ issuerRef: { name: 'corp' } });
  expect(head).not.toBe(namesOf().head);
  expect(head).not.toBe(namesOf({ issuerRef: { name: 'corp', kind: 'ClusterIssuer' } }).head);
  const writtenOut = { name: 'corp', kind: 'Issuer', group: 'cert-manager.io' };
  expect(head).toBe(namesOf({ issuerRef: writtenOut }).head);
  expect(head).toBe(namesOf({}, {}, makeSettings({ issuerRef: writtenOut })).head);
});

test('what belongs to leaves alone renames nothing, since cert-manager renews them in place', () => {
  const tls = {
    duration: '100h',
    privateKey: { algorithm: 'RSA' },
    extraDnsNames: ['a.example'],
    clients: [{ name: 'a' }],
  };
  expect(namesOf(tls).head).toBe(namesOf().head);
});

test('own Secrets are taken by their names, the worker defaulting to the head', () => {
  expect(namesOf({ certificateSecretName: 'corp' })).toMatchObject({ head: 'corp', worker: 'corp' });
  expect(namesOf({ certificateSecretName: 'corp', workerCertificateSecretName: 'small' }).worker).toBe('small');
});
