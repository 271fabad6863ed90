import { expect, test } from 'vitest';
import { storedEgress, storedIngress } from '../../../plugin/isolation/rules.ts';

test('empty lists and maps go, for the API server does not store them', () => {
  const expression = { key: 'app', operator: 'Exists', values: [] };
  expect(
    storedEgress({
      to: [
        { ipBlock: { cidr: '10.0.0.0/8', except: [] } },
        { podSelector: { matchLabels: {}, matchExpressions: [expression] } },
      ],
      ports: [],
    }),
  ).toEqual({
    to: [
      { ipBlock: { cidr: '10.0.0.0/8' } },
      { podSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } },
    ],
  });
  expect(storedIngress({ from: [], ports: [{ port: 443 }] })).toEqual({ ports: [{ port: 443, protocol: 'TCP' }] });
});

test('an empty selector stays: it means every pod or namespace', () => {
  const from = [{ namespaceSelector: { matchExpressions: [] }, podSelector: { matchLabels: {} } }];
  expect(storedIngress({ from })).toEqual({ from: [{ namespaceSelector: {}, podSelector: {} }] });
});
