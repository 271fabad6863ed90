// Owners that are hooks: what the tools do not wait for, and what fails them.
import { expect, test } from 'vitest';
import { checkHook } from '../../../plugin/check/hook.ts';
import { makeRaySpec, type SpecParts } from '../../support/ray-spec.ts';
import { collectReports } from '../../support/reports.ts';

const found = (annotations: Record<string, string>, parts: SpecParts = {}): string[] => {
  const spec = makeRaySpec({ kind: 'RayJob', ...parts });
  const { owner } = spec;
  const metadata = { ...owner.body.metadata, annotations };
  return collectReports((report) =>
    checkHook({ ...spec, owner: { ...owner, body: { ...owner.body, metadata } } }, report),
  ).map(({ code }) => code);
};

const preSync = { 'argocd.argoproj.io/hook': 'PreSync' };
const helm = { 'helm.sh/hook': 'pre-install' };

test.each<[string, string[], string[]]>([
  ['no hook', found({ 'argocd.argoproj.io/sync-wave': '1' }, { tls: {} }), []],
  ['an Argo CD hook', found(preSync, { isolation: {} }), ['HOOK_NOT_AWAITED']],
  ['one with certificates', found(preSync, { tls: {} }), ['HOOK_NOT_AWAITED', 'HOOK_CERTIFICATES']],
  ['one with Secrets of its own', found(preSync, { tls: { certificateSecretName: 'own' } }), ['HOOK_NOT_AWAITED']],
  ['one that is skipped', found({ 'argocd.argoproj.io/hook': 'Skip' }, { tls: {} }), []],
  ['a Helm hook with certificates, which Helm does not judge', found(helm, { tls: {} }), ['HOOK_NOT_AWAITED']],
  ['both: Argo CD obeys its own', found({ ...helm, 'argocd.argoproj.io/hook': 'Skip' }, { tls: {} }), []],
])('%s', (_, codes, expected) => {
  expect(codes).toEqual(expected);
});
