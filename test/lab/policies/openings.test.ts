// The lines that people judge must hide nothing: a line for every way that is open, and none for others.
import { expect, test } from 'vitest';
import type { Connection, Pod } from '../../support/world.ts';
import { compareJudges } from './disagreements.ts';
import type { Stage } from './fixture-world.ts';
import { describeOpenings, type Judge } from './openings.ts';

const pod = (name: string): Pod => ({ name, namespace: 'ml', labels: {}, ip: 'fd00::1', ports: [] });
const owner = { name: 'RayCluster/demo', pods: ['head', 'worker'], submitters: [] };
const stage: Stage = {
  world: { policies: [], pods: [], namespaces: [] },
  places: new Map(['head', 'worker', 'operator', 'stranger', 'shop'].map((name) => [name, pod(name)])),
  owners: [owner],
};
const ports = [52, 53, 54].flatMap((number) => [
  { number, protocol: 'TCP' } as const,
  { number, protocol: 'UDP' } as const,
]);

const nameOf = (endpoint: Connection['from']): string => (typeof endpoint === 'string' ? endpoint : endpoint.name);
const within: Judge = ({ from, to }) => owner.pods.includes(nameOf(from)) && owner.pods.includes(nameOf(to));
const describe = (judge: Judge): string[] => describeOpenings({ stage, ports, judge }, owner);

test.each<[title: string, judge: Judge, lines: readonly string[]]>([
  ['nothing but the cluster itself', within, ['own > own: all']],
  ['not even the cluster', () => false, ['own > own: not all']],
  ['everything', () => true, ['everyone > own: all', 'own > everyone: all', 'own > own: all']],
  [
    'one port of the head for one',
    (one) => within(one) || (nameOf(one.from) === 'operator' && nameOf(one.to) === 'head' && one.port === 53),
    ['operator > head: TCP 53, UDP 53', 'own > own: all'],
  ],
  [
    'neighbouring ports',
    (one) => within(one) || (nameOf(one.to) === 'shop' && one.port > 52 && one.protocol === 'TCP'),
    ['own > own: all', 'own > shop: TCP 53-54'],
  ],
  [
    'ports with a gap',
    (one) => within(one) || (nameOf(one.to) === 'shop' && one.port !== 53 && one.protocol === 'UDP'),
    ['own > own: all', 'own > shop: UDP 52, 54'],
  ],
  [
    'all but one of three',
    (one) => (within(one) || nameOf(one.from) === 'head' ? nameOf(one.to) !== 'shop' : false),
    ['head > operator, stranger: all', 'own > own: all'],
  ],
])('%s', (_, judge, lines) => {
  expect(describe(judge)).toEqual(lines);
});

test('judges that differ in one port of one pair are told apart', () => {
  const other: Judge = (one) =>
    within(one) || (nameOf(one.from) === 'shop' && nameOf(one.to) === 'worker' && one.port === 54);
  const { differences } = compareJudges(stage, ports, [within, other]);
  expect(differences).toEqual(['shop > worker: TCP 54', 'shop > worker: UDP 54']);
});

test('pairs of which neither is a Ray pod are nobody’s business', () => {
  const { asked } = compareJudges(stage, ports, [within, within]);
  // Two own pods and three others: 2 pairs within, 6 pairs each way.
  expect(asked).toBe((2 + 12) * ports.length);
});
