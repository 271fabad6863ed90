// Who should reach whom in the fixtures, judged by hand from each fixture's README and design.md section 4. What is in no line
// is closed: strangers, other clusters, the internet and whoever only looks like a peer have none.
// Places are those of synthetic-pods.ts and bystanders.ts. A new fixture that is not of the usual kind needs lines here; what the
// suite shows as received is what is open.
import type { Owner } from './fixture-world.ts';
import type { KubeRayMinor } from './synthetic-pods.ts';

type Lines = readonly string[];

/** Lines for every owner of a fixture, or for each. */
type Expected = Lines | Readonly<Record<string, Lines>>;

const own = 'own > own: all';
const operator = 'operator > head: TCP 8265';
const submitter = 'submitter, operator > head: TCP 8265';
const anyOperator = 'operator, false operator > head: TCP 8265';
const kubeDns = 'own > kube-dns: TCP 53, UDP 53';
const onOpenshift = 'own > openshift-dns: TCP 5353, UDP 5353';
const anyDns = [
  'own > kube-dns, node-local-dns, metadata server, node-local address: TCP 53, UDP 53',
  onOpenshift,
] as const;
const sameNamespace =
  "stranger, job of a stranger, another's RayJob, app api, app feature-store, app gateway, app notebook, app profiler, " +
  'app redis, app studio, head of another, worker of another';
// Addresses at the edges of what the usual DNS rules name, beside the named ones.
const outside = 'internet, pod identity, 0.0.0.0';
const roundDns = '169.254.20.9, 169.254.20.11, 169.254.169.253, 169.254.169.255, 255.255.255.255';

const onlyIngress = (...lines: Lines): Lines => [own, 'own > everyone: all', ...lines];
const onlyEgress = (...lines: Lines): Lines => [own, 'everyone > own: all', ...lines];

/** Most fixtures close ingress alone: the operator is let in, and who submits. */
function usual({ name, submitters }: Owner): Lines {
  if (name.startsWith('RayService/')) return onlyIngress('operator > head: TCP 8000, 8265');
  return onlyIngress(submitters.length > 0 ? submitter : operator);
}

const exceptions: Readonly<Record<string, Expected>> = {
  'autoscaler-goes-by-a-rule': onlyEgress(kubeDns, 'head > 10.8.0.0, 10.8.0.15: TCP 443'),
  'autoscaler-has-the-api-server': onlyEgress(kubeDns, 'head > 10.0.0.1, fd00::1: TCP 6443'),
  'clients-have-certificates': onlyIngress(operator, 'api, app studio > head: TCP 10001'),
  'cloud-account-behind-closed-egress': onlyEgress(...anyDns),
  'cloud-account-with-a-way-out': onlyEgress(
    onOpenshift,
    'head > 169.254.169.252: TCP 988',
    'head, redis-cleanup > kube-dns, node-local-dns, metadata server, node-local address: TCP 53, UDP 53',
    'worker aws, worker azure, worker aws-too, worker plain > kube-dns, node-local-dns: TCP 53, UDP 53',
    'worker aws, worker azure, worker aws-too, worker plain > metadata server, node-local address: TCP 53, 443, UDP 53',
    `worker aws, worker azure, worker aws-too, worker plain > ${outside}, 169.254.20.9, 169.254.20.11, 169.254.169.251, ` +
      '169.254.169.252, 169.254.169.253, 169.254.169.255, 255.255.255.255: TCP 443',
  ),
  'cluster-is-written-with-anchors': onlyIngress(operator, `${sameNamespace} > own: TCP 10001`),
  'container-names-its-ports': onlyIngress(
    'operator > head: TCP 8001, 8266',
    'prometheus > head: TCP 9090-9091, 44217, 44227',
    'prometheus > redis-cleanup, worker gpu: TCP 9090-9091',
  ),
  'cron-job-has-no-submitter-template': onlyIngress("submitter, operator, another's RayJob > head: TCP 8265"),
  'dashboard-stays-open': onlyEgress(kubeDns),
  'dns-is-anywhere-usual': onlyEgress(...anyDns),
  'dns-is-cloud-dns-for-gke': onlyEgress('own > metadata server: TCP 53, UDP 53'),
  'dns-is-kube-dns': onlyEgress(kubeDns),
  'dns-is-named-by-address-and-labels': onlyEgress(
    'own > kube-dns, 10.96.0.10: TCP 53, UDP 53',
    'own > 10.20.0.0, 10.20.255.255: TCP 1053, UDP 1053',
    'own > edge-dns, fd00:10:96::a: TCP 5353, UDP 5353',
  ),
  'dns-is-node-local': onlyEgress('own > node-local-dns, node-local address: TCP 53, UDP 53'),
  'dns-is-that-of-openshift': onlyEgress(onOpenshift),
  'egress-alone-is-closed': onlyEgress(
    kubeDns,
    'own > internet, 203.0.113.0, 203.0.113.6, 203.0.113.8, 203.0.113.255: TCP 443',
  ),
  'folder-holds-several-files': onlyIngress('RayJob/evaluate submitter, operator > head: TCP 8265'),
  'gcs-state-is-on-disk': onlyEgress(kubeDns),
  'groups-have-rules-of-their-own': [
    own,
    operator,
    kubeDns,
    'own > object store: TCP 9000',
    'app gateway > head: TCP 8000',
    'head > 198.51.100.20: TCP 5432',
    'app profiler > worker cpu: TCP 9999',
    'worker cpu > 198.51.100.30: TCP 443',
    'worker gpu > 198.51.100.40: TCP 443',
  ],
  'head-is-published-with-a-rule': onlyIngress(operator, '192.0.2.0, 192.0.2.255 > head: TCP 10001'),
  'ingress-alone-is-closed': onlyIngress(operator, 'app feature-store > own: TCP 10001, UDP 5000-5010'),
  'isolation-is-an-empty-map': [own, anyOperator, ...anyDns],
  'isolation-is-spelt-as-in-kuberay': onlyIngress(operator, 'app profiler > worker cpu: TCP 9999'),
  'json-with-escaped-slashes': onlyEgress(...anyDns),
  'monitoring-reads-the-metrics': onlyIngress(
    operator,
    'prometheus, second prometheus > head: TCP 8080, 44217, 44227',
    'prometheus, second prometheus > redis-cleanup: TCP 8080',
  ),
  'operator-may-run-in-any-namespace': onlyIngress(anyOperator),
  'owner-accepts-an-open-rule': onlyIngress('everyone > head: TCP 8265'),
  'owner-accepts-warnings': onlyIngress("submitter, operator, false operator, another's RayJob > head: TCP 8265"),
  'policies-of-the-input-open-more': [
    own,
    // The user's policy over all pods of the namespace closes their egress too.
    `everyone but ${sameNamespace} > head: TCP 8265`,
    'worker gpu > everyone: all',
    'own but worker gpu > kube-dns, node-local-dns: TCP 53, UDP 53',
    'own but worker gpu > openshift-dns: TCP 5353, UDP 5353',
    'own but worker gpu > metadata server, node-local address: TCP 53, 443, UDP 53',
    `own but worker gpu > ${outside}, 9.255.255.255, 11.0.0.0, ${roundDns}: TCP 443`,
  ],
  'policies-of-the-input-open-no-more': [
    own,
    operator,
    ...anyDns,
    '10.0.0.0, 10.0.255.255, 10.1.0.0, 10.1.255.255, 10.2.0.0, 10.255.255.255 > own: TCP 10001',
  ],
  'rayjob-closes-egress-alone': onlyEgress(kubeDns),
  'rayjob-submits-to-an-isolated-cluster-of-the-same-stream': onlyIngress(
    'RayJob/ingest submitter, RayJob/evaluate submitter, operator > head: TCP 8265',
  ),
  // The settings name another namespace for the operator than all other fixtures.
  'rayjob-without-a-name-visits-an-isolated-cluster': onlyIngress(),
  'rayservice-is-isolated-with-mutual-tls': [
    own,
    kubeDns,
    'operator > head: TCP 8000, 8265',
    'ingress controller > own: TCP 8000',
  ],
  'rayservice-keeps-its-cluster': onlyEgress(...anyDns),
  'rayservice-name-is-as-long-as-allowed': onlyIngress(
    'operator > head: TCP 8000, 8265',
    'app profiler > worker nodes-with-eight-accelerators-and-very-much-memory-in-each-one: TCP 9999',
  ),
  'redis-address-is-in-a-secret': onlyEgress(kubeDns, 'own > app redis: TCP 6379'),
  'redis-is-a-full-service-name': onlyEgress(kubeDns, 'own > cache: TCP 6379'),
  'redis-is-a-list-with-schemes': onlyEgress(kubeDns, 'own > fd00:40::15: TCP 6390'),
  'redis-is-a-service-of-another-namespace': onlyEgress(kubeDns, 'own > cache: TCP 6380'),
  'redis-is-a-service-of-the-namespace': onlyEgress(kubeDns, `own > ${sameNamespace}: TCP 6379`),
  'redis-is-an-address': onlyEgress(kubeDns, 'own > 10.40.1.15: TCP 6379'),
  'redis-is-in-the-annotated-environment': onlyEgress(kubeDns, `own > ${sameNamespace}: TCP 6379`),
  'redis-is-in-the-pod-itself': onlyEgress(kubeDns),
  'redis-is-opened-for-the-head-alone': onlyEgress(...anyDns, 'head > 192.0.2.0, 192.0.2.15: TCP 6379'),
  'redis-is-outside-and-has-a-rule': onlyEgress(kubeDns, 'own > 192.0.2.0, 192.0.2.15: TCP 6379'),
  'rule-ports-that-nobody-listens-on': onlyIngress(
    operator,
    `${sameNamespace} > head, redis-cleanup: TCP 8443`,
    `${sameNamespace} > worker small: TCP 8266-8270, 8443`,
  ),
  // The port name jupyter is the head's, metrics every pod's.
  'rule-ports-that-somebody-listens-on': onlyIngress(
    operator,
    `${sameNamespace} > head: TCP 8080, 8888, 9001, 44217, 52365`,
    `${sameNamespace} > redis-cleanup: TCP 8080, 52365`,
    `${sameNamespace} > worker small: TCP 7000, 8080, 52365`,
  ),
  'rules-have-no-peers-or-ports': [
    own,
    'operator > head: TCP 8000, 8265',
    'everyone but operator > head: TCP 8000',
    // To all pods on all ports, to the range too, and to everyone else on 443.
    'own > everyone but internet, metadata server, node-local address, pod identity, 198.51.99.255, 198.51.101.0: all',
    'own > internet, metadata server, node-local address, pod identity, 198.51.99.255, 198.51.101.0: TCP 443',
  ],
  'runtime-environment-behind-closed-egress': onlyEgress(...anyDns),
  'runtime-environment-with-a-way-out': {
    'RayJob/train': onlyEgress(
      'RayService/captions head, RayService/captions redis-cleanup > own: TCP 443',
      `own > ${outside}, ${roundDns}: TCP 443`,
      'own > kube-dns, node-local-dns: TCP 53, UDP 53',
      'own > metadata server, node-local address: TCP 53, 443, UDP 53',
      onOpenshift,
    ),
    'RayJob/tune': onlyEgress('RayService/captions head, RayService/captions redis-cleanup > own: TCP 443', ...anyDns),
    'RayJob/local': onlyEgress('RayService/captions head, RayService/captions redis-cleanup > own: TCP 443', ...anyDns),
    // A policy of the user's opens 443 to everyone.
    'RayService/captions': onlyEgress(
      'own > all other owners: TCP 443',
      'own > everyone but kube-dns, node-local-dns, openshift-dns, metadata server, node-local address: TCP 443',
      'own > kube-dns, node-local-dns, metadata server, node-local address: TCP 53, 443, UDP 53',
      'own > openshift-dns: TCP 443, 5353, UDP 5353',
    ),
  },
  'start-parameters-move-the-ports': onlyIngress(
    'operator > head: TCP 8266',
    'app studio > head: TCP 10002',
    'prometheus > head: TCP 9090, 44217, 44227',
    'prometheus > redis-cleanup: TCP 9090',
  ),
  'tokens-are-reviewed': onlyEgress(kubeDns, 'head > 10.0.0.1: TCP 6443'),
  'values-are-words-of-yaml-one-point-one': onlyIngress(operator, 'app notebook > own: TCP 10001'),
};

// Without a submitter template a RayCronJob's runs are known by a label of KubeRay 1.7 alone; settings that name an older one
// are refused.
const needsLabelOf17 = ['cron-job-has-no-submitter-template', 'owner-accepts-warnings'];

const isLines = (expected: Expected): expected is Lines => Array.isArray(expected);

/** The names of fixtures that differ from the usual. */
export const exceptionalFixtures: Lines = Object.keys(exceptions);

/** What should be open for an owner of a fixture under a KubeRay version, sorted. */
export function findExpected(fixture: string, owner: Owner, minor: KubeRayMinor): string[] {
  const expected = exceptions[fixture] ?? usual(owner);
  const lines = isLines(expected) ? expected : expected[owner.name];
  if (lines === undefined) throw new Error(`${fixture} has no expectation for ${owner.name}`);
  const unknown = minor !== '1.7' && needsLabelOf17.includes(fixture);
  return (unknown ? lines.map((line) => line.replace(/^submitter, /, '')) : [...lines]).sort();
}
