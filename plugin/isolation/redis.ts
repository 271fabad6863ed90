// Egress to the Redis of GCS fault tolerance: https://docs.ray.io/en/latest/cluster/kubernetes/user-guides/kuberay-gcs-ft.html
// A policy knows pods and addresses, not host names: what cannot be told from the address needs a rule of the user's.
import type { FieldPath, Report } from '../findings/finding.ts';
import { findVariable, findVariableSources } from '../ray/env-from.ts';
import type { EgressRule, RaySpec } from '../ray/spec.ts';
import { readCidr } from '../settings/endpoint.ts';
import type { Settings } from '../settings/settings.ts';
import type { Rule } from './coverage.ts';
import { opensPort } from './exposure.ts';
import { canonicalIPv6 } from './ip-range.ts';
import { podsIn, podsWithin, tcp } from './rules.ts';
import { findWaysOut } from './user-rules.ts';

/** Where a Redis address leads: nowhere but the pod itself, to pods of a namespace, to an address, or somewhere unknown. */
type Target =
  | { readonly to: 'itself' }
  | { readonly to: 'service'; readonly namespace: string | undefined; readonly port: number }
  | { readonly to: 'address'; readonly cidr: string; readonly port: number }
  | { readonly to: 'host'; readonly port: number };

type ServiceTarget = Extract<Target, { readonly to: 'service' }>;
type Asked = { readonly path: FieldPath; readonly address: string | undefined };

const addressVariable = 'RAY_REDIS_ADDRESS';
const defaultPort = 6379;
const octet = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const ipv4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`);
const label = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';

/** The rules for the Redis that an owner's spec names; empty where it names none, or a user's rule allows it. */
export function buildRedisRules(spec: RaySpec, settings: Settings, report: Report): EgressRule[] {
  const asked = findRedis(spec);
  if (asked === undefined) return [];
  if (asked.address === undefined) {
    if (waysOfHead(spec).length === 0) report('REDIS_ADDRESS_HIDDEN', asked.path, {});
    else if (waysOfAll(spec).length === 0) report('REDIS_CLEANUP_CLOSED', asked.path, {});
    return [];
  }
  const target = readAddress(asked.address, settings.clusterDomain);
  if (target.to === 'itself') return [];
  if (target.port < 1 || target.port > 65_535) {
    report('REDIS_PORT_INVALID', asked.path, {});
    return [];
  }
  const ports = [tcp(target.port)];
  if (target.to === 'address') return [{ to: [{ ipBlock: { cidr: target.cidr } }], ports }];
  if (target.to === 'service') return buildServiceRule(spec, asked, target, report);
  if (!allow(spec, waysOfHead(spec), target.port)) report('REDIS_HOST_UNKNOWN', asked.path, { port: target.port });
  else if (!allow(spec, waysOfAll(spec), target.port)) report('REDIS_CLEANUP_CLOSED', asked.path, {});
  return [];
}

function buildServiceRule(
  spec: RaySpec,
  { path }: Asked,
  { namespace, port }: ServiceTarget,
  report: Report,
): EgressRule[] {
  const facts = { port, ...(namespace === undefined ? {} : { namespace }) };
  if (!allow(spec, waysOfHead(spec), port)) report('REDIS_TARGET_PORT', path, facts);
  return [{ to: [namespace === undefined ? podsWithin() : podsIn(namespace)], ports: [tcp(port)] }];
}

/** The address by the field of its own, else by the environment that KubeRay took before it; undefined where it is hidden. */
function findRedis(spec: RaySpec): Asked | undefined {
  const options = spec.cluster.gcsFaultToleranceOptions;
  if (options?.backend === 'rocksdb') return undefined;
  if (options?.redisAddress !== undefined) {
    return { path: [...spec.path, 'gcsFaultToleranceOptions', 'redisAddress'], address: options.redisAddress };
  }
  if (spec.owner.body.metadata.annotations?.['ray.io/ft-enabled']?.toLowerCase() !== 'true') return undefined;
  const { env = [] } = spec.head.rayContainer;
  // The last of several entries counts, as in the kubelet.
  const index = env.findLastIndex(({ name }) => name === addressVariable);
  if (index === -1) return findFromSources(spec);
  return { path: [...spec.head.path, 'template', 'spec', 'containers', 0, 'env', index], address: env[index]?.value };
}

/** Whoever turns fault tolerance on and names no address has it in one of the container's sources. */
function findFromSources(spec: RaySpec): Asked | undefined {
  const found = findVariable(spec, spec.head, addressVariable);
  if (found !== undefined) return { path: found.path, address: found.value };
  const unseen = findVariableSources(spec, spec.head).find(({ variables }) => variables === undefined);
  return unseen && { path: unseen.path, address: undefined };
}

function readAddress(text: string, clusterDomain: string): Target {
  const first = text.split(',')[0]?.trim() ?? '';
  const bare = first
    .replace(/^[a-z+]+:\/\//i, '')
    .replace(/^[^@/]*@/, '')
    .replace(/\/.*$/, '');
  const parts = /^(?:\[([0-9a-f:.]+)\]|([^:]*))(?::(\d+))?$/i.exec(bare);
  const port = Number(parts?.[3] ?? defaultPort);
  const host = (parts?.[1] ?? parts?.[2] ?? '').toLowerCase().replace(/\.$/, '');
  if (parts?.[1] !== undefined) return readIPv6(host, port);
  if (host === 'localhost' || /^127(?:\.\d{1,3}){3}$/.test(host)) return { to: 'itself' };
  if (ipv4.test(host)) return { to: 'address', cidr: `${host}/32`, port };
  const domain = clusterDomain.replaceAll('.', '\\.');
  const service = new RegExp(`^${label}(?:\\.(${label})(?:\\.svc(?:\\.${domain})?)?)?$`).exec(host);
  return service ? { to: 'service', namespace: service[1], port } : { to: 'host', port };
}

function readIPv6(host: string, port: number): Target {
  if (readCidr(host) === undefined) return { to: 'host', port };
  const address = canonicalIPv6(host);
  return address === '::1' ? { to: 'itself' } : { to: 'address', cidr: `${address}/128`, port };
}

/** What of the input lets the head get out: rules of the user's, and policies over its pods. */
const waysOfHead = (spec: RaySpec): readonly Rule[] => findWaysOut(spec, [spec.head]);

/** Those that are not the head's alone: KubeRay's Redis clean-up pods are pods of the cluster and no head. */
function waysOfAll(spec: RaySpec): readonly Rule[] {
  if (spec.isolation === undefined) return [];
  const { head: _, ...isolation } = spec.isolation;
  return waysOfHead({ ...spec, isolation });
}

/** Whether one of the rules opens this port, wherever to. */
const allow = (spec: RaySpec, rules: readonly Rule[], port: number): boolean =>
  rules.some(({ ports }) => opensPort(spec, ports, port));
