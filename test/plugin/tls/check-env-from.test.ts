// Variables by envFrom: seen, unseen, and those that cannot be ours.
import { describe, expect, test } from 'vitest';
import { checkCluster, listFindings } from '../../support/tls-check.ts';

const map = (key: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: extra, namespace: ml}\ndata: {${key}: x, OTHER: x}\n`;
const from = (source: object) => ({ head: { ray: { envFrom: [source] } } });
const extra = { configMapRef: { name: 'extra' } };
const at = 'spec.headGroupSpec.template.spec.containers.0.envFrom.0';

describe('an object of the input', () => {
  test('is told with the variables that it brings', () => {
    const [found] = checkCluster({ ...from(extra), neighbours: map('RAY_TLS_CA_CERT') });
    expect(found).toMatchObject({ code: 'TLS_ENV_FROM', path: at, facts: { variables: ['RAY_TLS_CA_CERT'] } });
  });

  test('is judged by its prefix', () => {
    expect(listFindings({ ...from({ ...extra, prefix: 'RAY_' }), neighbours: map('ADDRESS') })).toEqual([
      `TLS_ENV_FROM ${at}`,
    ]);
    expect(listFindings({ ...from({ ...extra, prefix: 'X_' }), neighbours: map('RAY_ADDRESS') })).toEqual([]);
  });
});

describe('an object that is not in the input', () => {
  test.each<[string, object, string[]]>([
    ['may bring anything', { secretRef: { name: 'far' } }, [`TLS_ENV_FROM_UNSEEN ${at}`]],
    [
      'may bring ours with a part of the name',
      { prefix: 'RAY_T', secretRef: { name: 'far' } },
      [`TLS_ENV_FROM_UNSEEN ${at}`],
    ],
    ['cannot bring ours with another prefix', { prefix: 'AWS_', secretRef: { name: 'far' } }, []],
  ])('%s', (_, source, expected) => {
    expect(listFindings(from(source))).toEqual(expected);
  });
});
