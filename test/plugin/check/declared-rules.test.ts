// KubeRay's own rules in CEL, of which no JSON schema knows.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkDeclaredRules } from '../../../plugin/check/declared-rules.ts';
import type { RayKind } from '../../../plugin/ray/spec.ts';
import { collectReports } from '../../support/reports.ts';

const found = (kind: RayKind, spec: object, apiVersion = 'ray.io/v1'): string[] =>
  collectReports((report) =>
    checkDeclaredRules({ apiVersion, kind, metadata: { name: 'demo' }, spec }, kind, report),
  ).map(({ code, path }) => `${code} ${path}`);

describe('managedBy', () => {
  test('is one of two controllers, wherever a kind has it', () => {
    expect(found('RayCluster', { managedBy: 'me' })).toEqual(['SCHEMA_NOT_ALLOWED spec.managedBy']);
    expect(found('RayService', { rayClusterConfig: { managedBy: 'me' } })).toEqual([
      'SCHEMA_NOT_ALLOWED spec.rayClusterConfig.managedBy',
    ]);
    expect(found('RayCronJob', { jobTemplate: { managedBy: 'me' } })).toEqual([
      'SCHEMA_NOT_ALLOWED spec.jobTemplate.managedBy',
    ]);
    for (const managedBy of ['ray.io/kuberay-operator', 'kueue.x-k8s.io/multikueue']) {
      expect(found('RayJob', { managedBy })).toEqual([]);
    }
  });

  test('is free in v1alpha1, whose CRD has no such rules', () => {
    expect(found('RayJob', { managedBy: 'me', deletionStrategy: {} }, 'ray.io/v1alpha1')).toEqual([]);
  });
});

describe('deletion', () => {
  const rule = (condition: object) => ({ policy: 'DeleteSelf', condition });

  test.each<[string, object, string[]]>([
    ['an unknown policy', { deletionPolicy: 'DeleteAll' }, ['SCHEMA_NOT_ALLOWED spec.deletionPolicy']],
    ['a known policy', { deletionPolicy: 'DeleteSelf' }, []],
    ['an empty strategy', { deletionStrategy: {} }, ['DELETION_STRATEGY spec.deletionStrategy']],
    ['half of the old form', { deletionStrategy: { onFailure: {} } }, ['DELETION_STRATEGY spec.deletionStrategy']],
    ['the old form', { deletionStrategy: { onFailure: {}, onSuccess: {} } }, []],
    [
      'both forms',
      { deletionStrategy: { onFailure: {}, deletionRules: [rule({ jobStatus: 'FAILED' })] } },
      ['DELETION_STRATEGY spec.deletionStrategy'],
    ],
    [
      'a rule with two statuses and one with none',
      {
        deletionStrategy: {
          deletionRules: [rule({ jobStatus: 'FAILED', jobDeploymentStatus: 'Failed' }), rule({ ttlSeconds: 1 })],
        },
      },
      [
        'DELETION_STRATEGY spec.deletionStrategy.deletionRules.0.condition',
        'DELETION_STRATEGY spec.deletionStrategy.deletionRules.1.condition',
      ],
    ],
    [
      'rules with one status each',
      { deletionStrategy: { deletionRules: [rule({ jobDeploymentStatus: 'Failed' })] } },
      [],
    ],
  ])('%s', (_, spec, expected) => {
    expect(found('RayJob', spec)).toEqual(expected);
  });
});

test('the head of the file lists where the rules come from', () => {
  const text = readFileSync(new URL('../../../plugin/check/declared-rules.ts', import.meta.url), 'utf8');
  for (const word of ['managedBy', 'deletionPolicy', 'deletionStrategy', 'jobDeploymentStatus', 'Venafi']) {
    expect(text.slice(0, text.indexOf('import'))).toContain(word);
  }
  // A further minor version may bring further rules.
  const versions = readdirSync(new URL('../../../schemas', import.meta.url)).filter((name) =>
    name.startsWith('kuberay-'),
  );
  expect(versions.sort().at(-1)).toBe('kuberay-1.7');
});
