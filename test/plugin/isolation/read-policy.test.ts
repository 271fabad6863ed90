// Policies of the input are read as the API server would: with its defaults, and not at all where it would refuse them.
import { describe, expect, test } from 'vitest';
import { readPolicy } from '../../../plugin/isolation/read-policy.ts';

const read = (spec: unknown, apiVersion = 'networking.k8s.io/v1') =>
  readPolicy({ apiVersion, kind: 'NetworkPolicy', metadata: { name: 'p' }, spec });

describe('directions', () => {
  test('without types ingress is closed, and egress where there is a rule for it', () => {
    expect(read({ podSelector: {} })).toEqual({ selector: {}, ingress: [], egress: undefined });
    expect(read({ podSelector: {}, egress: [{}] })).toMatchObject({ ingress: [], egress: [{ peers: [], ports: [] }] });
  });

  test('a type that is named is closed, the other is left alone', () => {
    expect(read({ podSelector: {}, policyTypes: ['Egress'], ingress: [{}] })).toEqual({
      selector: {},
      ingress: undefined,
      egress: [],
    });
  });
});

test('a selector that is null or absent takes all pods', () => {
  expect(read({ podSelector: null, ingress: [{ from: null }] })?.ingress).toEqual([{ peers: [], ports: [] }]);
  expect(read({})?.selector).toEqual({});
});

test.each<[string, unknown, string?]>([
  ['no spec', undefined],
  ['a selector that is a text', { podSelector: 'all' }],
  ['a label that is a number', { podSelector: { matchLabels: { app: 1 } } }],
  ['an expression without an operator', { podSelector: { matchExpressions: [{ key: 'app' }] } }],
  ['rules that are a map', { podSelector: {}, ingress: {} }],
  ['a rule that is null', { podSelector: {}, ingress: [null] }],
  ['a peer that says nothing', { podSelector: {}, ingress: [{ from: [{}] }] }],
  ['a block beside a selector', { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' }, podSelector: {} }] }] }],
  ['a range that is none', { ingress: [{ from: [{ ipBlock: { cidr: 'intranet' } }] }] }],
  ['a port that is a list', { ingress: [{ ports: [{ port: [80] }] }] }],
  ['another API', { podSelector: {}, ingress: [{}] }, 'projectcalico.org/v3'],
])('%s is no policy', (_, spec, apiVersion) => {
  expect(read(spec, apiVersion)).toBeUndefined();
});
