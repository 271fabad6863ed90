// Rules that fit their schema and that the API server refuses all the same: were it to refuse a policy and take the owner,
// the owner would run unprotected. Its rules: pkg/apis/networking/validation/validation.go and, for selectors,
// apimachinery's pkg/apis/meta/v1/validation in https://github.com/kubernetes/kubernetes
import type { FieldPath, Report } from '../findings/finding.ts';
import type { LabelSelector, PolicyPeer, PolicyPort } from '../ray/spec.ts';
import { readCidr } from '../settings/endpoint.ts';
import { isStrictlyWithin } from './ip-range.ts';

const labelName = /^[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?$/;
const labelPrefix = /^(?=.{1,253}\/)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*\//;
const portName = /^(?=.*[a-z])(?!.*--)[a-z0-9](?:[-a-z0-9]{0,13}[a-z0-9])?$/;

/** Reports what the API server would refuse of one side of a rule. `path` leads to `from` or `to`. */
export function checkPeers(peers: readonly PolicyPeer[], path: FieldPath, report: Report): void {
  for (const [index, peer] of peers.entries()) {
    const at = [...path, index];
    const { ipBlock, namespaceSelector, podSelector } = peer;
    if (Object.keys(peer).length === 0) report('RULE_INVALID', at, { problem: 'empty-peer' });
    if (ipBlock && (namespaceSelector || podSelector)) {
      report('RULE_INVALID', at, { problem: 'block-beside-selector' });
    }
    if (ipBlock) checkBlock(ipBlock, [...at, 'ipBlock'], report);
    if (namespaceSelector) checkSelector(namespaceSelector, [...at, 'namespaceSelector'], report);
    if (podSelector) checkSelector(podSelector, [...at, 'podSelector'], report);
  }
}

function checkBlock({ cidr, except = [] }: NonNullable<PolicyPeer['ipBlock']>, path: FieldPath, report: Report): void {
  const isRange = (text: string): boolean => text.includes('/') && readCidr(text) !== undefined;
  if (!isRange(cidr)) {
    report('RULE_INVALID', [...path, 'cidr'], { problem: 'range' });
    return;
  }
  for (const [index, range] of except.entries()) {
    const isPart = isRange(range) && isStrictlyWithin(range, cidr);
    if (!isPart) report('RULE_INVALID', [...path, 'except', index], { problem: 'exception-outside' });
  }
}

function checkSelector(selector: LabelSelector, path: FieldPath, report: Report): void {
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
    const at = [...path, 'matchLabels', key];
    if (!isLabelKey(key)) report('RULE_INVALID', at, { problem: 'label-key' }, 'key');
    checkLabelValue(value, at, report);
  }
  for (const [index, expression] of (selector.matchExpressions ?? []).entries()) {
    checkExpression(expression, [...path, 'matchExpressions', index], report);
  }
}

type Expression = NonNullable<LabelSelector['matchExpressions']>[number];

function checkExpression({ key, operator, values = [] }: Expression, path: FieldPath, report: Report): void {
  if (!isLabelKey(key)) report('RULE_INVALID', [...path, 'key'], { problem: 'label-key' });
  const takesValues = operator === 'In' || operator === 'NotIn';
  if (takesValues !== values.length > 0) {
    report('RULE_INVALID', path, { problem: takesValues ? 'values-missing' : 'values-surplus' });
  }
  for (const [index, value] of values.entries()) checkLabelValue(value, [...path, 'values', index], report);
}

function checkLabelValue(value: string, path: FieldPath, report: Report): void {
  if (value !== '' && !labelName.test(value)) report('RULE_INVALID', path, { problem: 'label-value' });
}

const isLabelKey = (key: string): boolean => labelName.test(key.includes('/') ? key.replace(labelPrefix, '') : key);

/** Whether a text can be the name of a port. */
export const isPortName = (text: string): boolean => portName.test(text);

/** Reports ports that the API server would refuse. `path` leads to `ports`. */
export function checkPorts(ports: readonly PolicyPort[], path: FieldPath, report: Report): void {
  for (const [index, { port, endPort }] of ports.entries()) {
    const at = [...path, index];
    if (typeof port === 'string' && !isPortName(port)) {
      report('RULE_INVALID', [...at, 'port'], { problem: /^\d+$/.test(port) ? 'port-in-quotes' : 'port-name' });
    }
    if (endPort === undefined) continue;
    const problem = typeof port !== 'number' ? 'end-without-port' : 'end-below-port';
    if (typeof port !== 'number' || endPort < port) report('RULE_INVALID', [...at, 'endPort'], { problem });
  }
}
