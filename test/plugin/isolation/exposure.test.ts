// Who counts as everyone, and what must not be opened to them.
import { describe, expect, test } from 'vitest';
import { findExposed, isEveryone } from '../../../plugin/isolation/exposure.ts';
import type { PolicyPeer } from '../../../plugin/ray/spec.ts';
import { makeRaySpec, type SpecParts } from '../../support/ray-spec.ts';

const blocks = (...ranges: string[]): PolicyPeer[] => ranges.map((cidr) => ({ ipBlock: { cidr } }));
const spaces = (key: string, operator: string, ...values: string[]): PolicyPeer => ({
  namespaceSelector: { matchExpressions: [{ key, operator, values }] },
});
const named = 'kubernetes.io/metadata.name';

describe('everyone', () => {
  test.each<[string, PolicyPeer[]]>([
    ['nobody in particular', []],
    ['all addresses', blocks('0.0.0.0/0')],
    ['all of IPv6', blocks('::/0')],
    ['all in two halves', blocks('0.0.0.0/1', '128.0.0.0/1')],
    ['all in four quarters', blocks('0.0.0.0/2', '64.0.0.0/2', '128.0.0.0/2', '192.0.0.0/2')],
    ['all but a range', [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }]],
    ['all namespaces', [{ namespaceSelector: {} }]],
    ['all pods of all namespaces', [{ namespaceSelector: {}, podSelector: {} }]],
    ['all namespaces, for each has a name', [spaces(named, 'Exists')]],
    ['all namespaces but one', [spaces(named, 'NotIn', 'kube-system')]],
    ['all namespaces without a label', [spaces('team', 'DoesNotExist')]],
    [
      'all pods but some',
      [
        {
          namespaceSelector: {},
          podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['x'] }] },
        },
      ],
    ],
  ])('%s', (_, peers) => {
    expect(isEveryone(peers)).toBe(true);
  });

  test.each<[string, PolicyPeer[]]>([
    ['a private range', blocks('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16')],
    ['a quarter of each family', blocks('0.0.0.0/2', '2000::/3')],
    ['the own namespace', [{ podSelector: {} }]],
    ['some namespaces', [spaces(named, 'In', 'web')]],
    ['namespaces with a label', [spaces('team', 'Exists')]],
    ['pods of a name, wherever', [{ namespaceSelector: {}, podSelector: { matchLabels: { app: 'web' } } }]],
  ])('not %s', (_, peers) => {
    expect(isEveryone(peers)).toBe(false);
  });
});

describe('what runs code for whoever reaches it', () => {
  const exposed = (port: object, parts: SpecParts = {}): string | undefined =>
    findExposed(makeRaySpec({ isolation: {}, ...parts }), { ports: [port] });

  test('the agent of the dashboard, on any node', () => {
    expect(exposed({ port: 52365 })).toBe('port 52365 (dashboard agent)');
    expect(exposed({ port: 52000, endPort: 53000 })).toBe('port 52365 (dashboard agent)');
    const worker = { rayStartParams: { 'dashboard-agent-listen-port': '7000' } };
    expect(exposed({ port: 7000 }, { worker })).toBe('port 7000 (dashboard agent)');
    expect(exposed({ port: 7000 })).toBeUndefined();
  });

  test('not by UDP', () => {
    expect(exposed({ port: 52365, protocol: 'UDP' })).toBeUndefined();
  });
});
