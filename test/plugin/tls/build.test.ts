import { expect, test } from 'vitest';
import { buildTLS } from '../../../plugin/tls/build.ts';
import { makeRaySpec, type SpecParts } from '../../support/ray-spec.ts';
import { makeSettings } from '../../support/settings.ts';

const listObjects = (parts: SpecParts, settings = makeSettings()): string[] =>
  buildTLS(makeRaySpec(parts), settings).map(({ kind, metadata }) => `${kind} ${metadata.name}`);

const services = ['Service demo-raycluster-head-nodes', 'Service demo-raycluster-worker-nodes'];
const authority = ['Issuer demo-raycluster-selfsigned', 'Certificate demo-raycluster-ca', 'Issuer demo-raycluster-ca'];
const leaves = ['Certificate demo-raycluster-head', 'Certificate demo-raycluster-worker'];

test('without tlsOptions nothing is made', () => {
  expect(listObjects({})).toEqual([]);
});

test('Services come first, then the own CA, then the leaves', () => {
  expect(listObjects({ tls: {} })).toEqual([...services, ...authority, ...leaves]);
});

test('clients follow the worker in input order', () => {
  const tls = { clients: [{ name: 'notebook' }, { name: 'api' }] };
  expect(listObjects({ tls }).slice(-2)).toEqual([
    'Certificate demo-raycluster-client-notebook',
    'Certificate demo-raycluster-client-api',
  ]);
});

test('a client that is named twice gets one Certificate, so that its only finding is that of the name', () => {
  const tls = { clients: [{ name: 'api' }, { name: 'api' }] };
  expect(listObjects({ tls }).filter((name) => name.includes('client'))).toHaveLength(1);
});

test('an existing issuer takes the place of the own CA, be it asked for by the owner or by a setting', () => {
  expect(listObjects({ tls: { issuerRef: { name: 'corp' } } })).toEqual([...services, ...leaves]);
  const issuerRef = { name: 'corp', kind: 'ClusterIssuer', group: 'cert-manager.io' };
  expect(listObjects({ tls: {} }, makeSettings({ issuerRef }))).toEqual([...services, ...leaves]);
});

test('own Secrets leave the identity Services alone', () => {
  expect(listObjects({ tls: { certificateSecretName: 'corp-head' } })).toEqual(services);
});

test('while retiring everything stays, so that pods that still run keep their certificates', () => {
  expect(listObjects({ tls: { retiring: true } })).toEqual(listObjects({ tls: {} }));
});

test('every object has the namespace, and its name ends neither in a hash nor, but for the Issuer of leaves, in a generation', () => {
  for (const { kind, metadata, spec } of buildTLS(makeRaySpec({ tls: { generation: 7 } }), makeSettings())) {
    expect(metadata.namespace).toBe('ml');
    const isSigner = kind === 'Issuer' && Object.hasOwn(spec as object, 'ca');
    expect(metadata.name).toMatch(isSigner ? /-ca-7$/ : /[a-z]$/);
    expect(metadata.name).not.toMatch(/[0-9a-f]{8}$/);
  }
});

test('a leaf of a raised generation names an Issuer that the generation before did not have', () => {
  const signerOf = (generation?: number): unknown =>
    buildTLS(makeRaySpec({ tls: generation === undefined ? {} : { generation } }), makeSettings())
      .filter(({ kind, metadata }) => kind === 'Certificate' && metadata.name?.endsWith('-head'))
      .map(({ spec }) => (spec as { issuerRef: { name: string } }).issuerRef.name)[0];
  expect([undefined, 0, 1, 2].map(signerOf)).toEqual([
    'demo-raycluster-ca',
    'demo-raycluster-ca',
    'demo-raycluster-ca-1',
    'demo-raycluster-ca-2',
  ]);
});

test('only cert-manager objects may be met before their CRD, and none with skipDryRun off', () => {
  const skipping = (settings = makeSettings()): string[] =>
    buildTLS(makeRaySpec({ tls: {} }), settings).flatMap(({ kind, metadata }) =>
      metadata.annotations?.['argocd.argoproj.io/sync-options'] === 'SkipDryRunOnMissingResource=true' ? [kind] : [],
    );
  expect(skipping()).toEqual(['Issuer', 'Certificate', 'Issuer', 'Certificate', 'Certificate']);
  expect(skipping(makeSettings({ skipDryRun: false }))).toEqual([]);
});
