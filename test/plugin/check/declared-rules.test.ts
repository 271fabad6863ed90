// KubeRay's own rules in CEL, of which no JSON schema knows.
import { readdirSync, readFileSync } from 'node:fs';
import { evaluate } from '@marcbachmann/cel-js';
import { describe, expect, test } from 'vitest';
import { checkDeclaredRules } from '../../../plugin/check/declared-rules.ts';
import { checkIssuerRules } from '../../../plugin/check/issuer-rules.ts';
import { isRayKind } from '../../../plugin/ray/kinds.ts';
import type { RayKind } from '../../../plugin/ray/spec.ts';
import type { KubeRayVersion } from '../../../plugin/settings/settings.ts';
import { collectReports } from '../../support/reports.ts';

const found = (
  kind: RayKind,
  spec: object,
  apiVersion = 'ray.io/v1',
  kuberayVersion: KubeRayVersion = '1.7',
): string[] =>
  collectReports((report) =>
    checkDeclaredRules(
      { body: { apiVersion, kind, metadata: { name: 'demo' }, spec }, kind },
      { kuberayVersion },
      report,
    ),
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

  test('a field is judged where the version has it, for else its schema refuses it', () => {
    const of = (spec: object, version: KubeRayVersion): string[] => found('RayJob', spec, 'ray.io/v1', version);
    expect(of({ deletionPolicy: 'DeleteAll' }, '1.4')).toEqual(['SCHEMA_NOT_ALLOWED spec.deletionPolicy']);
    expect(of({ deletionPolicy: 'DeleteSelf' }, '1.4')).toEqual([]);
    expect(of({ deletionPolicy: 'DeleteAll' }, '1.5')).toEqual([]);
    expect(of({ deletionStrategy: {} }, '1.4')).toEqual([]);
  });
});

interface DeclaredRule {
  readonly apiVersion: string;
  readonly kind: string;
  readonly at: string;
  readonly rule: string;
  readonly folders: readonly string[];
}

const declared: readonly DeclaredRule[] = JSON.parse(
  readFileSync(new URL('../../../schemas/declared-rules.json', import.meta.url), 'utf8'),
);

/** Every choice of some of the fields, as one map. */
function choices(fields: Readonly<Record<string, unknown>>): object[] {
  const made: object[] = [{}];
  for (const [name, value] of Object.entries(fields)) made.push(...made.map((one) => ({ ...one, [name]: value })));
  return made;
}

/** What stands at a place in turn, by the last step to it. A place without samples is one that nobody checks yet. */
const samples: Readonly<Record<string, readonly unknown[]>> = {
  managedBy: ['ray.io/kuberay-operator', 'kueue.x-k8s.io/multikueue', 'ray.io/kuberay', ''],
  deletionPolicy: ['DeleteCluster', 'DeleteWorkers', 'DeleteSelf', 'DeleteNone', 'deleteSelf'],
  deletionStrategy: choices({
    onSuccess: { policy: 'DeleteSelf' },
    onFailure: { policy: 'DeleteSelf' },
    deletionRules: [{ policy: 'DeleteSelf', condition: { jobStatus: 'FAILED' } }],
  }),
  condition: choices({ jobStatus: 'FAILED', jobDeploymentStatus: 'Failed', ttlSeconds: 1 }),
  venafi: choices({ tpp: {}, cloud: {}, ngts: {}, zone: 'ray' }),
};

/** The spec in which `value` stands at a place; the items of a list are one. */
const place = (steps: readonly string[], value: unknown): unknown =>
  steps.reduceRight<unknown>((below, step) => {
    const name = step.replace('[]', '');
    return { [name]: name === step ? below : [below] };
  }, value);

const judge = ({ apiVersion, kind, at, folders }: DeclaredRule, value: unknown): boolean => {
  const kuberayVersion = folders.at(-1)?.replace('kuberay-', '') as KubeRayVersion;
  const body = { apiVersion, kind, metadata: { name: 'demo' }, ...(place(at.split('.'), value) as object) };
  const reports = collectReports((report) =>
    isRayKind(kind) ? checkDeclaredRules({ body, kind }, { kuberayVersion }, report) : checkIssuerRules(body, report),
  );
  const path = at.replaceAll('[]', '.0');
  return reports.some((one) => one.path === path);
};

describe('what the CRDs declare', () => {
  const stateless = declared.filter(({ rule }) => !rule.includes('oldSelf'));
  const places = [...new Map(stateless.map((one) => [`${one.kind} ${one.at}`, one])).entries()];

  test.each(places)('%s is judged as by CEL', (_, first) => {
    const here = stateless.filter(({ kind, at }) => kind === first.kind && at === first.at);
    const values = samples[first.at.split('.').at(-1) ?? ''] ?? [];
    expect(values.length, 'a rule at a place that is not checked').toBeGreaterThan(1);
    for (const value of values) {
      const isRefused = here.some(({ rule }) => evaluate(rule, { self: value }) !== true);
      expect(judge(first, value), JSON.stringify(value)).toBe(isRefused);
    }
  });

  test('rules about a former state are about these fields alone', () => {
    const former = declared.filter(({ rule }) => rule.includes('oldSelf'));
    expect([...new Set(former.map(({ at, rule }) => `${at.split('.').at(-1)}: ${rule}`))].sort()).toEqual([
      'backend: self == oldSelf',
      'managedBy: self == oldSelf',
    ]);
  });

  test('is of ray.io/v1 and cert-manager.io/v1', () => {
    expect([...new Set(declared.map(({ apiVersion }) => apiVersion))].sort()).toEqual([
      'cert-manager.io/v1',
      'ray.io/v1',
    ]);
  });

  test('is written down for every release whose schemas there are', () => {
    const versions = readdirSync(new URL('../../../schemas', import.meta.url)).filter((name) =>
      name.startsWith('kuberay-'),
    );
    const listed = new Set(declared.flatMap((one) => one.folders));
    expect([...listed].filter((folder) => folder.startsWith('kuberay-')).sort()).toEqual(versions.sort());
  });
});
