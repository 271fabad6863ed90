import { describe, expect, test } from 'vitest';
import { defaultText } from '../../../plugin/settings/default-text.ts';
import { settingNames, settingOf, settingTable } from '../../../plugin/settings/table.ts';

describe.each(settingNames)('%s', (name) => {
  const { default: value, example, kind, read, title, description } = settingOf(name);

  test('its example can be read', () => expect(read(example)).toHaveProperty('value'));

  test('its default, written as text, is read as the default', () => {
    expect(read(defaultText(name))).toEqual({ value });
  });

  test('it is described', () => {
    expect(title).toMatch(/^[A-Z]/);
    expect(description).toMatch(/\.$/);
  });

  test('a value of a wrong type is a problem', () => {
    const map = kind === 'map' || name === 'helmValues' ? [] : [{ some: 'map' }];
    for (const wrong of [null, undefined, ...map, [[]]]) expect(read(wrong)).toHaveProperty('problem');
    if (kind !== 'boolean' && name !== 'apiServer') expect(read(true)).toHaveProperty('problem');
  });
});

test.each([
  ['clusterDomain', 'corp.example', 'corp.example'],
  ['kuberayVersion', 1.6, '1.6'],
  ['kuberayVersion', '1.6', '1.6'],
  ['kubeApiVersions', 'v1,apps/v1/Deployment', ['v1', 'apps/v1/Deployment']],
  ['kubeVersion', '1.33', '1.33'],
  ['kubeVersion', 'v1.29.3-eks-1234567', 'v1.29.3-eks-1234567'],
  ['monitoringNamespaces', 'a,\nb,,', ['a', 'b']],
  ['monitoringNamespaces', ['a', 'b'], ['a', 'b']],
  ['namespace', '', ''],
  ['skipDryRun', 'false', false],
  ['skipDryRun', true, true],
  ['maxDepth', '64', 64],
  ['maxDepth', 64, 64],
  ['maxAliases', 0, 0],
  ['certificateDuration', '1h', '1h'],
  ['timeout', '1m30s', '1m30s'],
  ['kubeVersion', '1.36', '1.36'],
  ['helmSet', 'a.b=c=d\n\ne=f,g', { 'a.b': 'c=d', e: 'f,g' }],
  ['helmSet', { a: 1, b: true, c: 'x' }, { a: '1', b: 'true', c: 'x' }],
  ['helmSet', '', {}],
  ['helmValues', { a: { b: [1, true, null] } }, '{"a":{"b":[1,true,null]}}'],
  ['helmValues', 'a: b', 'a: b'],
  ['helmSetFile', { script: 'train.py' }, { script: 'train.py' }],
  ['timeout', '1m30s', '1m30s'],
] as const)('%s: %j is %j', (name, raw, value) => expect(settingTable[name].read(raw)).toEqual({ value }));

test.each([
  ['clusterDomain', 'cluster.local.', { expected: 'dns-name' }],
  ['clusterDomain', 'Cluster.Local', { expected: 'dns-name' }],
  ['clusterDomain', '', { expected: 'dns-name' }],
  ['clusterDomain', 'a;b', { expected: 'dns-name' }],
  ['namespace', 'a.b', { expected: 'namespace' }],
  ['namespace', 'a'.repeat(64), { expected: 'namespace' }],
  ['kuberayVersion', '1.2', { expected: 'one-of', values: ['1.3', '1.4', '1.5', '1.6', '1.7'] }],
  ['kubeApiVersions', 'v1,cert-manager', { expected: 'api-version', entry: 1 }],
  // Without quotes YAML reads 1.30 as 1.3.
  ['kubeVersion', 1.3, { expected: 'kube-version' }],
  ['kubeVersion', '1', { expected: 'kube-version' }],
  ['monitoringNamespaces', ['a', 3], { expected: 'namespace', entry: 1 }],
  ['certificateDuration', '59m', { expected: 'duration', values: ['1h'] }],
  ['certificateRenewBefore', '90d', { expected: 'duration', values: ['5m'] }],
  ['timeout', '0s', { expected: 'duration', values: ['1ms'] }],
  ['privateKeyAlgorithm', 'ecdsa', { expected: 'one-of', values: ['ECDSA', 'RSA'] }],
  ['skipDryRun', 'yes', { expected: 'boolean' }],
  ['maxDepth', '501', { expected: 'integer', values: ['1', '500'] }],
  ['maxDepth', '0x10', { expected: 'integer', values: ['1', '500'] }],
  ['source', 'Helm', { expected: 'one-of', values: ['auto', 'directory', 'kustomize', 'helm', 'command'] }],
  ['include', '{a', { expected: 'glob' }],
  ['helmReleaseName', 'A', { expected: 'release-name' }],
  ['helmValueFiles', 'a,https://example.com/b', { expected: 'source-path', entry: 1 }],
  ['helmSet', 'a', { expected: 'map' }],
  ['helmSet', { a: ['b'] }, { expected: 'map' }],
  ['helmSet', { 'a,b': 'c' }, { expected: 'map' }],
  ['helmSetFile', { a: 'https://example.com/b' }, { expected: 'map' }],
  ['kustomizeOptions', '-o', { expected: 'kustomize-option', entry: 0 }],
  ['maxDocuments', -1, { expected: 'integer', values: ['1', '10000000'] }],
] as const)('%s: %j is refused', (name, raw, problem) => expect(settingTable[name].read(raw)).toEqual({ problem }));

test('an integer that JSON has no exact form for is no value of a map', () => {
  expect(settingTable.helmValues.read({ a: [9007199254740993n] })).toEqual({ problem: { expected: 'yaml' } });
});
