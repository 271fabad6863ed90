// Who should reach whom among the pods of the real operators, judged by hand: all owners deny everything in both directions.
// What is in no line is closed.
import { apiServer, type RayOwner } from './owners.ts';

const dns = [
  'own > kube-dns, node-local-dns, metadata server, node-local address: TCP 53, UDP 53',
  'own > openshift-dns: TCP 5353, UDP 5353',
];

const hasSubmitter = ({ kind }: RayOwner): boolean => kind === 'RayJob' || kind === 'RayCronJob';

// Redis was named by a Service of the namespace: any of its pods may be it, and those that are isolated close themselves.
function redisWay(owners: readonly RayOwner[]): string {
  const submitters = owners.filter(hasSubmitter).map((owner) => `${owner.name} submitter`);
  const apps = ['api', 'feature-store', 'gateway', 'notebook', 'profiler', 'redis', 'studio'].map(
    (app) => `app ${app}`,
  );
  const others = ['stranger', 'job of a stranger', "another's RayJob", ...apps, 'head of another', 'worker of another'];
  return `own > ${[...submitters, 'visit submitter', ...others].join(', ')}: TCP 6379`;
}

function waysIn(owner: RayOwner): string {
  const guests = [
    ...(hasSubmitter(owner) ? ['submitter'] : []),
    ...(owner.name === 'demo' ? ['visit submitter'] : []),
    'operator',
  ];
  return `${guests.join(', ')} > head: TCP ${owner.kind === 'RayService' ? '8000, ' : ''}8265`;
}

function waysOut({ name }: RayOwner, owners: readonly RayOwner[]): string[] {
  if (name === 'custom') return [redisWay(owners)];
  return name === 'demo' ? [`head > ${apiServer.address}: TCP ${apiServer.port}`] : [];
}

/** The lines of each owner, sorted. */
export const findExpectedWays = (owners: readonly RayOwner[]): Record<string, readonly string[]> =>
  Object.fromEntries(
    owners.map((owner) => [owner.name, ['own > own: all', ...dns, waysIn(owner), ...waysOut(owner, owners)].sort()]),
  );
