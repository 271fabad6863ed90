import { expect, test } from 'vitest';
import { breadthOfPeers, breadthOfPorts } from '../../../plugin/isolation/breadth.ts';
import type { PolicyPeer, PolicyPort } from '../../../plugin/ray/spec.ts';

const blocks = (...cidrs: string[]): PolicyPeer[] => cidrs.map((cidr) => ({ ipBlock: { cidr } }));
const namespaces = (operator: string, key = 'team'): PolicyPeer => ({
  namespaceSelector: { matchExpressions: [{ key, operator }] },
});

test.each<[readonly PolicyPeer[] | undefined, number]>([
  [undefined, 1],
  [[], 1],
  [blocks('0.0.0.0/0'), 1],
  [blocks('0.0.0.0/1', '128.0.0.0/1'), 1],
  [blocks('0.0.0.0/2', '64.0.0.0/2'), 1 / 2],
  [blocks('::/0'), 1],
  [blocks('2000::/3', '10.0.0.0/8'), 1 / 8],
  [blocks('0.0.0.0/1', '8000::/1'), 1 / 2],
  [blocks('::ffff:0:0/96'), 1],
  [blocks('::ffff:128.0.0.0/97', '0.0.0.0/2'), 3 / 4],
  [blocks('everything', '1.2.3.4.5/0', '::g/0'), 0],
  [[{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }], 1],
  [[{ namespaceSelector: {} }], 1],
  [[{ namespaceSelector: {}, podSelector: {} }], 1],
  [[namespaces('DoesNotExist')], 1],
  [[namespaces('NotIn')], 1],
  [[namespaces('Exists', 'kubernetes.io/metadata.name')], 1],
  [[namespaces('Exists')], 0],
  [[namespaces('In')], 0],
  [[{ podSelector: {} }], 0],
  [[{ namespaceSelector: {}, podSelector: { matchLabels: { app: 'web' } } }], 0],
])('peers %j are %d of everyone', (peers, breadth) => expect(breadthOfPeers(peers)).toBe(breadth));

test.each<[readonly PolicyPort[] | undefined, number]>([
  [undefined, 65_535],
  [[], 65_535],
  [[{ protocol: 'UDP' }], 65_535],
  [[{ port: 443 }], 1],
  [[{ port: 'https' }], 1],
  [[{ port: 1, endPort: 65_535 }], 65_535],
  [
    [
      { port: 1, endPort: 100 },
      { port: 101, endPort: 200 },
      { port: 53, protocol: 'UDP' },
    ],
    200,
  ],
])('ports %j are %d of all', (ports, count) => expect(breadthOfPorts(ports) * 65_535).toBeCloseTo(count));
