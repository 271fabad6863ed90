// Closed egress beside what Ray or a cloud's library must fetch from elsewhere to work at all.
import type { Report } from '../findings/finding.ts';
import { valueAt } from '../manifests/edit.ts';
import type { Neighbour } from '../manifests/neighbours.ts';
import { isRayApiVersion } from '../manifests/read.ts';
import { closesEgress } from '../ray/mode.ts';
import { findRuntimeEnvs, findVisitingEnvs, isSourceVariable, type RuntimeEnvs } from '../ray/runtime-env.ts';
import type { PodGroup, RaySpec } from '../ray/spec.ts';
import { opensPort } from './exposure.ts';
import { findWaysOut } from './user-rules.ts';

/** Reports what closed egress keeps from working, where no rule of the input opens a way that could be meant for it. */
export function checkFetching(spec: RaySpec, report: Report): void {
  if (!closesEgress(spec)) return;
  checkRuntimeEnv(spec, report);
  checkCloudIdentity(spec, report);
}

// HTTPS and HTTP: where packages, archives and object stores are, unless somebody says otherwise.
const webPorts = [443, 80];

function checkRuntimeEnv(spec: RaySpec, report: Report): void {
  const own = findRuntimeEnvs(spec);
  if (own !== undefined && isKeptOut(spec, own))
    report('RUNTIME_ENV_CLOSED', own.path, { fetched: own.fetched }, 'key');
  for (const { body, name, place } of findVisitingJobs(spec)) {
    const found = findVisitingEnvs(body);
    if (found === undefined || !isKeptOut(spec, found)) continue;
    const facts = { fetched: found.fetched, job: { name, place } };
    report('RUNTIME_ENV_CLOSED', spec.isolation?.path ?? [], facts, 'key');
  }
}

/** RayJobs of the input that run on this cluster. */
const findVisitingJobs = (spec: RaySpec): readonly Neighbour[] =>
  spec.kind === 'RayCluster'
    ? spec.neighbours('RayJob', /clusterSelector/).filter(({ body, namespace }) => {
        const cluster = valueAt(body, ['spec', 'clusterSelector', 'ray.io/cluster']);
        return isRayApiVersion(body.apiVersion) && namespace === spec.namespace && cluster === spec.name;
      })
    : [];

function isKeptOut(spec: RaySpec, found: RuntimeEnvs): boolean {
  const groups = [spec.head, ...spec.workers];
  const ways = findWaysOut(spec, groups);
  const isOpen = ways.some(({ ports }) => webPorts.some((port) => opensPort(spec, ports, port)));
  // Whoever names a source of his own may have opened the way to it on any port.
  const namesSource = found.namesSource || groups.some(mayNameSource);
  return !isOpen && !(namesSource && ways.length > 0);
}

const mayNameSource = ({ rayContainer }: PodGroup): boolean =>
  rayContainer['envFrom'] !== undefined || (rayContainer.env ?? []).some(({ name }) => isSourceVariable(name));

// How a ServiceAccount gets the rights of a cloud, and the ports on which pods ask for them.
// https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
// https://docs.cloud.google.com/kubernetes-engine/docs/how-to/workload-identity (network policies)
// https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html
const clouds = [
  { provider: 'AWS', annotation: 'eks.amazonaws.com/role-arn', ports: [443] },
  { provider: 'Google Cloud', annotation: 'iam.gke.io/gcp-service-account', ports: [988, 80] },
  { provider: 'Azure', annotation: 'azure.workload.identity/client-id', ports: [443] },
] as const;

const anyCloud = /eks\.amazonaws\.com|iam\.gke\.io|azure\.workload\.identity/;

function checkCloudIdentity(spec: RaySpec, report: Report): void {
  const accounts = spec.neighbours('ServiceAccount', anyCloud).filter(({ namespace }) => namespace === spec.namespace);
  if (accounts.length === 0) return;
  const said = new Set<Neighbour>();
  for (const group of [spec.head, ...spec.workers]) {
    const account = accounts.find(({ name }) => name === accountOf(spec, group));
    const cloud = clouds.find(({ annotation }) => account?.body.metadata.annotations?.[annotation] !== undefined);
    if (account === undefined || cloud === undefined || said.has(account)) continue;
    const ways = findWaysOut(spec, [group]);
    if (ways.some(({ ports }) => cloud.ports.some((port) => opensPort(spec, ports, port)))) continue;
    said.add(account);
    const facts = { provider: cloud.provider, account: account.name, place: account.place };
    report('CLOUD_IDENTITY_CLOSED', [...group.path, 'template', 'spec', 'serviceAccountName'], facts);
  }
}

/**
 * `serviceAccount` is the field's name of old. Without one pods run as `default`; KubeRay makes an account of its own for the
 * head of an autoscaled cluster.
 */
const accountOf = ({ cluster }: RaySpec, { role, template }: PodGroup): unknown =>
  template.spec['serviceAccountName'] ??
  template.spec['serviceAccount'] ??
  (role === 'head' && cluster.enableInTreeAutoscaling === true ? undefined : 'default');
