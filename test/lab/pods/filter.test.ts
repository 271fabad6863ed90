// The packet filter lets through what the project's evaluator allows, and nothing else, whatever the policies are.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PolicyPeer, PolicyPort } from '../../../plugin/ray/spec.ts';
import { matchesBlock } from '../../support/ip-block.ts';
import { isAllowed } from '../../support/network-policy.ts';
import { bankWeb, database, guest, internet, policy, six, teller, web } from '../../support/shop-world.ts';
import type { NetworkPolicy, Pod, Protocol, World } from '../../support/world.ts';
import { buildFilter, type Opening, type Openings } from './filter.ts';

const pods = [web, database, teller, bankWeb, guest, six];
const namespaces = [
  { name: 'shop', labels: { team: 'red' } },
  { name: 'bank', labels: { team: 'blue', env: 'prod' } },
  { name: 'lab', labels: {} },
];

interface Try {
  readonly remote: string;
  readonly port: number;
  readonly protocol: Protocol;
}

function opens({ remote, ports }: Opening, tried: Try): boolean {
  const isRemote =
    remote === 'anybody' ||
    ('cidr' in remote ? matchesBlock(remote, tried.remote) : remote.addresses.includes(tried.remote));
  const { protocol = tried.protocol, from = 0, to = 65_535 } = ports ?? {};
  return isRemote && protocol === tried.protocol && tried.port >= from && tried.port <= to;
}

const passes = (openings: Openings, tried: Try): boolean =>
  openings === 'open' || openings.some((one) => opens(one, tried));

const selector = fc.constantFrom(
  {},
  { matchLabels: { app: 'web' } },
  { matchLabels: { app: 'teller' } },
  { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] },
  { matchExpressions: [{ key: 'app', operator: 'Exists' }] },
);
const namespaceSelector = fc.constantFrom(
  {},
  { matchLabels: { team: 'blue' } },
  { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } },
);
const peer: fc.Arbitrary<PolicyPeer> = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector }),
  fc.record({ podSelector: selector, namespaceSelector }),
  fc.constantFrom(
    { ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.1.0/24', '10.0.2.1/32'] } },
    { ipBlock: { cidr: '0.0.0.0/0' } },
    { ipBlock: { cidr: '::/0', except: ['fd00::66:0/112'] } },
    { ipBlock: { cidr: 'fd00::/8' } },
  ),
);
const port: fc.Arbitrary<PolicyPort> = fc.constantFrom<PolicyPort>(
  { port: 8080 },
  { port: 8000, endPort: 9000, protocol: 'TCP' },
  { port: 53, protocol: 'UDP' },
  { port: 'http' },
  { port: 'dns', protocol: 'UDP' },
  { port: 'http', protocol: 'UDP' },
  { protocol: 'SCTP' },
  {},
);
const rule = <Key extends 'from' | 'to'>(key: Key) =>
  fc
    .record({ peers: fc.array(peer, { maxLength: 2 }), ports: fc.array(port, { maxLength: 2 }) })
    .map(({ peers, ports }) => ({ [key]: peers, ports }));
const policies: fc.Arbitrary<NetworkPolicy[]> = fc.array(
  fc
    .record({
      podSelector: selector,
      policyTypes: fc.constantFrom(['Ingress'] as const, ['Egress'] as const, ['Ingress', 'Egress'] as const, []),
      ingress: fc.array(rule('from'), { maxLength: 2 }),
      egress: fc.array(rule('to'), { maxLength: 2 }),
    })
    .chain((spec) => fc.constantFrom('shop', 'bank', 'lab').map((namespace) => policy(spec, namespace))),
  { maxLength: 4 },
);
const tried = fc.record({
  from: fc.constantFrom<(Pod | string)[]>(...pods, internet),
  to: fc.constantFrom<(Pod | string)[]>(...pods, internet),
  port: fc.constantFrom(53, 5432, 8080, 8500, 9001),
  protocol: fc.constantFrom<Protocol[]>('TCP', 'UDP', 'SCTP'),
});

const addressOf = (end: Pod | string): string => (typeof end === 'string' ? end : end.ip);

test('a connection passes both filters exactly where the evaluator allows it', () => {
  const answers = new Set<boolean>();
  fc.assert(
    fc.property(policies, fc.array(tried, { minLength: 20, maxLength: 20 }), (made, connections) => {
      const world: World = { policies: made, pods, namespaces };
      for (const { from, to, ...on } of connections) {
        if (from === to) continue;
        const out =
          typeof from === 'string' || passes(buildFilter(from, world).egress, { remote: addressOf(to), ...on });
        const into =
          typeof to === 'string' || passes(buildFilter(to, world).ingress, { remote: addressOf(from), ...on });
        const allowed = isAllowed(world, { from, to, ...on });
        answers.add(allowed);
        expect(out && into).toBe(allowed);
      }
    }),
    { numRuns: 300 },
  );
  expect(answers.size).toBe(2);
});
