// Selectors are judged against pods that do not exist yet, and against one another: held to the evaluator of test/support.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isWithinSelector, mayTake } from '../../../plugin/isolation/selector.ts';
import type { LabelSelector } from '../../../plugin/ray/spec.ts';
import { matchesSelector } from '../../support/label-selector.ts';

const key = fc.constantFrom('app', 'tier');
const value = fc.constantFrom('a', 'b', 'c');
const expression = fc.oneof(
  fc.record({ key, operator: fc.constantFrom('In', 'NotIn'), values: fc.uniqueArray(value, { minLength: 1 }) }),
  fc.record({ key, operator: fc.constantFrom('Exists', 'DoesNotExist') }),
);
const selector: fc.Arbitrary<LabelSelector> = fc.record(
  { matchLabels: fc.dictionary(key, value), matchExpressions: fc.array(expression, { maxLength: 2 }) },
  { requiredKeys: [] },
);
const labels = fc.dictionary(key, value);

test('a pod whose labels are all known is taken as Kubernetes takes it', () => {
  fc.assert(
    fc.property(selector, labels, (asked, known) => {
      const possible = Object.fromEntries(Object.entries(known).map(([name, one]) => [name, [one]]));
      expect(mayTake(asked, possible)).toBe(matchesSelector(asked, known));
    }),
  );
});

test('what one selector holds within another, that one takes too', () => {
  fc.assert(
    fc.property(selector, selector, labels, (inner, outer, known) => {
      fc.pre(isWithinSelector(inner, outer) && matchesSelector(inner, known));
      expect(matchesSelector(outer, known)).toBe(true);
    }),
  );
});

describe('labels that are not known before the sync', () => {
  const random = { 'ray.io/cluster': [], 'ray.io/serve': ['true', 'false'] };

  test.each<[string, LabelSelector, boolean]>([
    ['a name that KubeRay makes up cannot be named', { matchLabels: { 'ray.io/cluster': 'train-abcde' } }, false],
    ['that there is one can be said', { matchExpressions: [{ key: 'ray.io/cluster', operator: 'Exists' }] }, true],
    [
      'all but one name may take it',
      { matchExpressions: [{ key: 'ray.io/cluster', operator: 'NotIn', values: ['a'] }] },
      true,
    ],
    ['one of two values may be the one', { matchLabels: { 'ray.io/serve': 'true' } }, true],
    [
      'all but one of two may be the other',
      { matchExpressions: [{ key: 'ray.io/serve', operator: 'NotIn', values: ['true'] }] },
      true,
    ],
    [
      'neither of two is none of them',
      { matchExpressions: [{ key: 'ray.io/serve', operator: 'NotIn', values: ['true', 'false'] }] },
      false,
    ],
    ['a label that no pod has', { matchLabels: { app: 'shop' } }, false],
  ])('%s', (_, asked, expected) => {
    expect(mayTake(asked, random)).toBe(expected);
  });
});
