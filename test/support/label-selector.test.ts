// https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
import { describe, expect, test } from 'vitest';
import type { LabelSelector } from '../../plugin/ray/spec.ts';
import { matchesSelector } from './label-selector.ts';
import type { Labels } from './world.ts';

describe('one requirement', () => {
  const blue: Labels = { team: 'blue' };
  test.each<[operator: string, values: readonly string[], labels: Labels, matches: boolean]>([
    ['In', ['red', 'blue'], blue, true],
    ['In', ['red'], blue, false],
    ['In', ['red'], {}, false],
    ['NotIn', ['red', 'blue'], blue, false],
    ['NotIn', ['red'], blue, true],
    ['NotIn', ['red'], {}, true],
    ['Exists', [], blue, true],
    ['Exists', [], {}, false],
    ['DoesNotExist', [], blue, false],
    ['DoesNotExist', [], {}, true],
  ])('team %s %j on %j: %j', (operator, values, labels, matches) => {
    expect(matchesSelector({ matchExpressions: [{ key: 'team', operator, values }] }, labels)).toBe(matches);
  });

  test('an operator in other letters is refused, as by the API server', () => {
    const selector = { matchExpressions: [{ key: 'team', operator: 'in', values: ['blue'] }] };
    expect(() => matchesSelector(selector, blue)).toThrow(/refuses the operator in/);
  });
});

describe('a whole selector', () => {
  const exists = { key: 'env', operator: 'Exists' };
  const noTest = { key: 'env', operator: 'NotIn', values: ['test'] };
  test.each<[title: string, selector: LabelSelector, labels: Labels, matches: boolean]>([
    ['empty: everything', {}, {}, true],
    ['all labels must be there', { matchLabels: { a: '1', b: '2' } }, { a: '1' }, false],
    ['further labels do no harm', { matchLabels: { a: '1' } }, { a: '1', b: '2' }, true],
    ['the value must be equal', { matchLabels: { a: '1' } }, { a: '2' }, false],
    ['all requirements must hold', { matchExpressions: [exists, noTest] }, { env: 'test' }, false],
    [
      'labels and requirements: both hold',
      { matchLabels: { a: '1' }, matchExpressions: [exists] },
      { a: '1', env: 'x' },
      true,
    ],
    [
      'labels and requirements: the label alone',
      { matchLabels: { a: '1' }, matchExpressions: [exists] },
      { a: '1' },
      false,
    ],
    [
      'labels and requirements: the requirement alone',
      { matchLabels: { a: '1' }, matchExpressions: [exists] },
      { env: 'x' },
      false,
    ],
  ])('%s', (_, selector, labels, matches) => {
    expect(matchesSelector(selector, labels)).toBe(matches);
  });
});
