// `rayshield expand --check`: all that expand has to say, and nothing of what it prints.
import { expect, test } from 'vitest';
import { ioFor } from '../../support/case.ts';
import { run } from '../../support/run.ts';
import { makeTree, readTree } from '../../support/workdir.ts';

const cluster = `apiVersion: ray.io/v1
kind: RayCluster
metadata: {name: a, namespace: ml}
spec:
  networkIsolation: {}
  headGroupSpec:
    rayStartParams: {}
    template: {spec: {containers: [{name: ray-head, image: "rayproject/ray:2.52.0"}]}}
`;

test.each([
  [{ 'a.yaml': cluster }, 0],
  [{ 'a.yaml': cluster, 'b.yaml': cluster }, 1],
  [{ 'a.yaml': cluster.replace('{}', '{mode: deny}') }, 1],
])('%j ends as expand does and says the same, without a byte on stdout', async (files, exitCode) => {
  const cwd = makeTree(files);
  const expanded = await run(['expand', '.'], ioFor(cwd), '1.2.3');
  const checked = await run(['expand', '--check', '.'], ioFor(cwd), '1.2.3');
  expect(checked).toEqual({ ...expanded, stdout: '' });
  expect(checked.exitCode).toBe(exitCode);
  expect(expanded.stdout === '').toBe(exitCode === 1);
  expect(readTree(cwd)).toEqual(files);
});

test('--out beside it is wrong use, and --check is no flag of other verbs', async () => {
  const cwd = makeTree({ 'a.yaml': cluster });
  const both = await run(['expand', '.', '--check', '--out', 'x'], ioFor(cwd), '1.2.3');
  expect(both).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('error CHECK_WITH_OUT: ') });
  expect(Object.keys(readTree(cwd))).toEqual(['a.yaml']);
  expect((await run(['validate', '.', '--check'], ioFor(cwd), '1.2.3')).stderr).toContain(
    'validate has no flag --check',
  );
});
