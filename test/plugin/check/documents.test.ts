import { expect, test } from 'vitest';
import { checkOutput } from '../../../plugin/check/documents.ts';
import type { Problem } from '../../../plugin/check/validator.ts';
import type { Finding } from '../../../plugin/findings/finding.ts';
import { printFinding } from '../../../plugin/findings/print-text.ts';
import { makeRaySpec } from '../../support/ray-spec.ts';
import { makeSettings } from '../../support/settings.ts';

const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'demo-raycluster' } };
const missing: Problem = {
  instancePath: '/spec',
  keyword: 'required',
  params: { missingProperty: 'podSelector' },
};

test('what the schema of a generated object refuses is never printed, and is told at its owner', () => {
  const { owner } = makeRaySpec();
  const findings: Finding[] = [];
  const output = { resource: owner, before: [policy], body: owner.body };
  checkOutput(output, makeSettings(), (_, kind) => () => (kind === 'NetworkPolicy' ? [missing] : []), findings);
  expect(findings.map(({ code }) => code)).toEqual(['OUTPUT_INVALID']);
  expect(findings.map(printFinding).join()).toContain(
    'RayCluster ml/demo metadata.name: the NetworkPolicy demo-raycluster that this object is expanded to would be refused by the API server at spec.podSelector: the field podSelector is missing; ',
  );
});
