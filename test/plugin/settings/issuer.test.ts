import { expect, test } from 'vitest';
import { issuerForm } from '../../../plugin/settings/issuer.ts';

const certManager = { group: 'cert-manager.io' };

test.each([
  ['ray-ca', { name: 'ray-ca', kind: 'Issuer', ...certManager }],
  ['ClusterIssuer/ray.ca', { name: 'ray.ca', kind: 'ClusterIssuer', ...certManager }],
  ['AWSPCAIssuer.awspca.cert-manager.io/pca', { name: 'pca', kind: 'AWSPCAIssuer', group: 'awspca.cert-manager.io' }],
  [{ name: 'ray-ca' }, { name: 'ray-ca', kind: 'Issuer', ...certManager }],
  [
    { kind: 'ClusterIssuer', name: 'ray-ca' },
    { name: 'ray-ca', kind: 'ClusterIssuer', ...certManager },
  ],
  ['', undefined],
])('%j', (raw, value) => expect(issuerForm.read(raw)).toEqual({ value }));

test.each([
  'Ray-CA',
  'clusterissuer/ray-ca',
  'ClusterIssuer/',
  '/ray-ca',
  'A/b/c',
  'Kind./name',
  ['ray-ca'],
  { kind: 'ClusterIssuer' },
  { name: 'ray-ca', knd: 'ClusterIssuer' },
  { name: 3 },
  null,
  true,
])('%j is no issuer', (raw) => expect(issuerForm.read(raw)).toEqual({ problem: { expected: 'issuer' } }));
