// Whatever expand prints passes its last check, and whatever an overlay or a renderer then does to it is found: every damage of
// test/support/damages.ts, at every place of every case and example. What cannot be found is listed here, with its reason.
import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../../plugin/manifests/manifest.ts';
import { appliedTo, damages } from '../../support/damages.ts';
import { judge, judgeObjects, listStreams, readObjects } from '../../support/expanded-stream.ts';

const streams = await listStreams();

const isInfo = (said: string): boolean => said.startsWith('info');
const unmade = 'warning EXPANDED_SECRET_UNMADE';
const opensMore = 'warning POLICY_OPENS_MORE';

/** Warnings about what the author wrote: Secrets that are not in the stream, open policies and rules of the user's. */
const justified: Readonly<Record<string, readonly string[]>> = {
  // What is wrong with the user's own fields is said of the final stream too.
  'commands-with-windows-line-ends': Array(3).fill('warning SHELL_CARRIAGE_RETURN'),
  'rayservice-names-ports-without-the-dashboard': ['warning DASHBOARD_PORT_UNNAMED'],
  'cron-job-name-is-as-long-as-allowed': [unmade],
  'one-secret-is-shared': [unmade],
  'policies-of-the-input-open-more': [opensMore, opensMore, opensMore],
  'ray-cluster.mtls-byoc.yaml': [unmade, unmade],
  'rayservice-asks-for-tls-alone': [unmade],
  'rayservice-name-is-as-long-as-allowed': [unmade, unmade],
  'rules-have-no-peers-or-ports': ['warning EXPANDED_EGRESS_OPEN'],
  'runtime-environment-with-a-way-out': [opensMore],
  'secrets-are-the-users-own': [unmade, unmade],
};

describe('what expand prints is clean', () => {
  test.each([...streams])('%s', (name, text) => {
    expect(judge(text).filter((said) => !isInfo(said))).toEqual(justified[name] ?? []);
  });
});

interface Unseen {
  readonly reason: string;
  readonly damages: readonly (keyof typeof damages)[];
  readonly is: (what: string, objects: readonly KubernetesObject[], name: string) => boolean;
}

// A name of the second certificate, of a policy or of a client's certificate, as it begins the name of a damage.
const ofGroup = /^NetworkPolicy \S+-worker-/;
const ofClient = /^Certificate \S+-client-/;
const ofHead = /^NetworkPolicy \S+-head\b/;
const closesIngress = (objects: readonly KubernetesObject[]): boolean =>
  objects.some((one) => /denyAll(,|$|Ingress)/.test(appliedTo(one)));

/** What no document of the stream tells of, or what does no harm. */
const unseen: readonly Unseen[] = [
  {
    reason:
      'the policy of a group only opens, by rules of the user that nothing else speaks of: without it more is closed',
    damages: ['a generated object is dropped', 'a policy leaves a direction open'],
    is: (what) => ofGroup.test(what),
  },
  {
    reason:
      'the policy of the head only opens: its way out to the API server and by rules of the user is spoken of nowhere',
    damages: ['a policy leaves a direction open'],
    is: (what) => ofHead.test(what) && what.endsWith('leaves Egress open'),
  },
  {
    reason: 'with open ingress the policy of the head only opens the way out',
    damages: ['a generated object is dropped'],
    is: (what, objects) => ofHead.test(what) && !closesIngress(objects),
  },
  {
    reason: 'who the clients are stands in tlsOptions alone',
    damages: ['a generated object is dropped'],
    is: (what) => ofClient.test(what),
  },
  {
    reason: 'policies hold in any namespace, if all of them move with their pods',
    damages: ['all is in another namespace'],
    is: (_, objects) =>
      !objects.some(({ metadata }) => /tls=/.test(metadata.annotations?.['rayshield.io/applied'] ?? '')),
  },
  {
    reason: 'nothing was asked for',
    damages: ['all is renamed'],
    is: (_, objects) => objects.every((one) => appliedTo(one) === ''),
  },
  {
    reason: 'the owner accepts rules that are open to everyone',
    damages: ['a policy is opened'],
    is: (what, _, name) => name === 'owner-accepts-an-open-rule' && what.endsWith('ingress'),
  },
  {
    reason:
      'which Secret of the user was meant stands in tlsOptions alone; that nothing makes it is warned of as before',
    damages: ['pods lose TLS'],
    is: (what, objects) =>
      what.includes('mounts another Secret') && objects.every(({ kind }) => kind !== 'Certificate'),
  },
  {
    reason: 'a further name of the user stands in tlsOptions alone',
    damages: ['a certificate lacks a name'],
    is: (_, __, name) => name === 'head-has-further-names',
  },
];

const count = (all: readonly string[], one: string): number => all.filter((other) => other === one).length;

describe('what is damaged is found', () => {
  const whole = [...streams].map(([name, text]) => ({ name, objects: readObjects(text), before: judge(text) }));

  test.each(Object.entries(damages))('%s', { timeout: 120_000 }, (damage, apply) => {
    const missed: string[] = [];
    const excused = new Set<string>();
    let found = 0;
    for (const { name, objects, before } of whole) {
      for (const { what, objects: damaged } of apply(objects)) {
        const after = judgeObjects(damaged);
        const excuse = unseen.find((one) => one.damages.includes(damage) && one.is(what, objects, name));
        if (after.some((said) => !isInfo(said) && count(after, said) > count(before, said))) found += 1;
        else if (excuse === undefined) missed.push(`${name}: ${what}`);
        else excused.add(excuse.reason);
      }
    }
    expect(missed).toEqual([]);
    expect(found).toBeGreaterThan(40);
    const reasons = unseen.filter((one) => one.damages.includes(damage)).map(({ reason }) => reason);
    expect([...excused].sort()).toEqual(reasons.sort());
  });
});
