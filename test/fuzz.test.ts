// A few seconds of what `npm run fuzz` does for minutes, always with the same inputs; and that what judges them can fail.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fuzzInput, plantCanary } from './fuzz/inputs.ts';
import { canary, judge, judgeMessages, judgeOutput } from './fuzz/judge.ts';
import { rayText } from './support/ray-documents.ts';

test('mutants of every manifest are expanded, left alone, or refused', async () => {
  const counts = { refused: 0, expanded: 0, 'left alone': 0 };
  const property = fc.asyncProperty(fuzzInput(), async (bytes) => {
    counts[await judge(bytes)] += 1;
  });
  await fc.assert(property, { seed: 7, numRuns: 250, endOnFailure: true });
  // Else the property would hold for a program that refuses everything.
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(10);
});

const container = { name: 'ray-head', image: 'rayproject/ray:2.52.0' };
const head = { rayStartParams: {}, template: { spec: { containers: [container] } } };
const cluster = (spec: object) => ({
  apiVersion: 'ray.io/v1',
  kind: 'RayCluster',
  metadata: { name: 'a', namespace: 'ml' },
  spec: { ...spec, headGroupSpec: head },
});
const policy = { kind: 'NetworkPolicy', metadata: { labels: { 'rayshield.io/owner': 'a-raycluster' } } };
const stream = (...objects: readonly object[]): string => objects.map(rayText).join('---\n');

describe('the judge finds', () => {
  const asked = stream(cluster({ networkIsolation: {} }));

  test.each([
    ['a field that is still there', stream(policy, cluster({ networkIsolation: {} }))],
    ['an owner without its policy', stream(cluster({}))],
    ['an owner that is lost', stream(policy)],
    ['a value that is lost', stream(policy, { ...cluster({}), spec: {} })],
  ])('%s', (_, output) => {
    expect(() => judgeOutput(asked, output)).toThrow();
    expect(judgeOutput(asked, stream(policy, cluster({})))).toBe(true);
  });

  test('TLS that is not in the pods', () => {
    expect(() => judgeOutput(stream(cluster({ tlsOptions: {} })), stream(cluster({})))).toThrow('TLS');
  });

  test('a changed document of others', () => {
    expect(() => judgeOutput('kind: A\n', 'kind: "A"\n')).toThrow('changed');
  });

  test.each([
    ['a quoted value', `<stdin>:1:1: error CODE: ${canary} is wrong; mend it`],
    ['a stack', '<stdin>:1:1: error CODE: x; y\n    at run (main.cjs:1:1)'],
    ['a place outside', '<stdin>:3:1: error CODE: x; y'],
    ['a fact that is missing', '<stdin>:1:1: error CODE: undefined is wrong; mend it'],
  ])('%s in a message', (_, said) => {
    expect(() => judgeMessages(said, `value: ${canary}\n`)).toThrow();
  });
});

test('the canary stands where secrets do, and the manifest stays what it was', () => {
  expect(plantCanary('metadata:\n  name: a\nx:\n  - image: y\n')).toBe(
    `metadata:\n  annotations: {fuzz.example/secret: ${canary}}\n  name: a\nx:\n  - image: y\n    env: [{name: FUZZ, value: ${canary}}]\n`,
  );
});
