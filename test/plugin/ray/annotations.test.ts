// The annotation that says what was asked of an owner, read as it is written.
import { expect, test } from 'vitest';
import { annotateOwner, readApplied } from '../../../plugin/ray/annotations.ts';
import type { RaySpec } from '../../../plugin/ray/spec.ts';

const body = { apiVersion: 'ray.io/v1', kind: 'RayCluster', metadata: { name: 'demo' } };

test.each([
  [{ isolation: 'denyAll' }, { isolation: { mode: 'denyAll' } }],
  [
    { isolation: 'denyAllIngress', tls: 'mTLS' },
    { isolation: { mode: 'denyAllIngress' }, tls: {} },
  ],
  [{ tls: 'retiring' }, { tls: { retiring: true } }],
  [undefined, {}],
])('%o comes back', (read, asked) => {
  const spec = { name: 'demo', namespace: 'ml', given: [], ...asked } as unknown as RaySpec;
  expect(readApplied(annotateOwner(spec, body, []))).toEqual(read);
});

test('what the platform gave is no part of what was asked', () => {
  const spec = { name: 'demo', isolation: { mode: 'denyAll' }, given: ['networkIsolation'] } as unknown as RaySpec;
  const annotated = annotateOwner(spec, body, []);
  expect(annotated.metadata.annotations?.['rayshield.io/applied']).toBe(
    'networkIsolation=denyAll,platform=networkIsolation',
  );
  expect(readApplied(annotated)).toEqual({ isolation: 'denyAll' });
});

test.each([
  '',
  'on',
  'networkIsolation=off',
  'tls=mTLS,networkIsolation=denyAll',
  'networkIsolation=denyAll,',
  ',tls=mTLS',
])('%s is none that we write', (text) => {
  expect(readApplied({ ...body, metadata: { annotations: { 'rayshield.io/applied': text } } })).toBeUndefined();
});
