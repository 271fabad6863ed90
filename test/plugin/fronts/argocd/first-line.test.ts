// What Argo CD shows of a failure begins with the reason, whatever stands before it in the input.
import { expect, test } from 'vitest';
import { ioFor } from '../../../support/case.ts';
import { run } from '../../../support/run.ts';
import { makeTree } from '../../../support/workdir.ts';

const cluster = (name: string, mode: string): string => `apiVersion: ray.io/v1
kind: RayCluster
metadata: {name: ${name}}
spec:
  networkIsolation: {mode: ${mode}}
  headGroupSpec:
    rayStartParams: {}
    template: {spec: {containers: [{name: ray-head, image: 'rayproject/ray:2.60.0'}]}}
`;

// It has a warning, because nobody says where the operator runs.
const files = { 'a.yaml': cluster('fine', 'denyAllIngress'), 'b.yaml': cluster('misspelt', 'denyAllIngres') };
const codesOf = (stderr: string): (string | undefined)[] =>
  stderr.split('\n').map((line) => line.split(': ')[1]?.split(' ')[0]);

test('errors come before warnings', async () => {
  const folder = makeTree(files);
  const [generated, expanded] = await Promise.all(
    [['generate'], ['expand', '.']].map((argv) => run(argv, ioFor(folder, {}), '0')),
  );
  expect(codesOf(generated?.stderr ?? '').slice(0, 2)).toEqual(['error', 'warning']);
  expect(codesOf(expanded?.stderr ?? '').slice(0, 2)).toEqual(['error', 'warning']);
});
