// NetworkPolicies of the user's in the input. Nobody has held them against a schema: one that the API server would not take
// counts as none. Defaults: SetDefaults_NetworkPolicy in pkg/apis/networking/v1/defaults.go of https://github.com/kubernetes/kubernetes
import type { KubernetesObject } from '../manifests/manifest.ts';
import { dropNulls } from '../manifests/nulls.ts';
import type { LabelSelector, PolicyPeer, PolicyPort } from '../ray/spec.ts';
import { readCidr } from '../settings/endpoint.ts';
import type { Rule } from './coverage.ts';

/** What a policy says; a direction that it leaves alone is undefined, one that it closes is an empty list. */
export interface ReadPolicy {
  readonly selector: LabelSelector;
  readonly ingress: readonly Rule[] | undefined;
  readonly egress: readonly Rule[] | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** Undefined where it is no policy of networking.k8s.io, or has no form that the API server takes. */
export function readPolicy(body: KubernetesObject): ReadPolicy | undefined {
  const spec = dropNulls(body['spec']);
  if (!body.apiVersion.startsWith('networking.k8s.io/') || !isMap(spec)) return undefined;
  const { podSelector = {}, policyTypes, ingress, egress } = spec;
  const [incoming, outgoing] = [readRules(ingress, 'from'), readRules(egress, 'to')];
  if (!isSelector(podSelector) || incoming === undefined || outgoing === undefined) return undefined;
  const types = isFilled(policyTypes) ? policyTypes : ['Ingress', ...(outgoing.length > 0 ? ['Egress'] : [])];
  return {
    selector: podSelector,
    ingress: types.includes('Ingress') ? incoming : undefined,
    egress: types.includes('Egress') ? outgoing : undefined,
  };
}

function readRules(value: unknown, side: 'from' | 'to'): Rule[] | undefined {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return undefined;
  const read = value.map((rule: unknown): Rule | undefined => {
    if (!isMap(rule)) return undefined;
    const [peers, ports] = [rule[side] ?? [], rule['ports'] ?? []];
    return isListOf(peers, isPeer) && isListOf(ports, isPort) ? { peers, ports } : undefined;
  });
  return read.every((rule) => rule !== undefined) ? read : undefined;
}

const isMap = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

const isListOf = <T>(value: unknown, isItem: (item: unknown) => item is T): value is readonly T[] =>
  Array.isArray(value) && value.every(isItem);

const isFilled = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value.length > 0;

const isText = (value: unknown): value is string => typeof value === 'string';

function isPeer(value: unknown): value is PolicyPeer {
  if (!isMap(value)) return false;
  const { podSelector, namespaceSelector, ipBlock } = value;
  const selectors = [podSelector, namespaceSelector].filter((one) => one !== undefined);
  if (ipBlock !== undefined) return selectors.length === 0 && isBlock(ipBlock);
  return selectors.length > 0 && selectors.every(isSelector);
}

const isBlock = (value: unknown): boolean =>
  isMap(value) && isRange(value['cidr']) && (value['except'] === undefined || isListOf(value['except'], isRange));

const isRange = (value: unknown): value is string =>
  isText(value) && value.includes('/') && readCidr(value) !== undefined;

function isPort(value: unknown): value is PolicyPort {
  if (!isMap(value)) return false;
  const { port, endPort, protocol } = value;
  const isForm = port === undefined || typeof port === 'number' || isText(port);
  return (
    isForm && (endPort === undefined || typeof endPort === 'number') && (protocol === undefined || isText(protocol))
  );
}

function isSelector(value: unknown): value is LabelSelector {
  if (!isMap(value)) return false;
  const { matchLabels = {}, matchExpressions = [] } = value;
  return isMap(matchLabels) && Object.values(matchLabels).every(isText) && isListOf(matchExpressions, isExpression);
}

type Expression = NonNullable<LabelSelector['matchExpressions']>[number];

const isExpression = (value: unknown): value is Expression =>
  isMap(value) &&
  isText(value['key']) &&
  isText(value['operator']) &&
  (value['values'] === undefined || isListOf(value['values'], isText));
