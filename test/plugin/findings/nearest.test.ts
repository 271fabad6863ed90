import { expect, test } from 'vitest';
import { findNearest, sortByNearness } from '../../../plugin/findings/nearest.ts';

test.each([
  ['a letter left out', 'rayVersin', ['rayVersion', 'revision'], 'rayVersion'],
  ['two letters changed about in a short name', 'evn', ['env', 'envFrom'], 'env'],
  ['two letters changed about, before two that are put in', 'nmae', ['image', 'name'], 'name'],
  ['two letters changed about, before one that is put in', 'CTP', ['SCTP', 'TCP'], 'TCP'],
  [
    'the case that was written, of two spellings',
    'DenyAllIngres',
    ['denyAllIngress', 'DenyAllIngress'],
    'DenyAllIngress',
  ],
  ['the case of another word', 'denyall', ['DenyAllEgress', 'denyAll'], 'denyAll'],
  ['nothing, where all are far', 'foo', ['env', 'args'], undefined],
  ['nothing, where a short name has another letter too many', 'abc', ['xyc'], undefined],
])('finds %s', (_, name, names, nearest) => {
  expect(findNearest(name, names)).toBe(nearest);
});

test('sorts by nearness, and keeps the order of what is equally near', () => {
  expect(sortByNearness('CTP', ['UDP', 'SCTP', 'TCP'])).toEqual(['TCP', 'SCTP', 'UDP']);
  expect(sortByNearness('x', ['bb', 'aa'])).toEqual(['bb', 'aa']);
});
