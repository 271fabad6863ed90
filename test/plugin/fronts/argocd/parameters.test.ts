import { describe, expect, test } from 'vitest';
import { readParameters } from '../../../../plugin/fronts/argocd/parameters.ts';
import type { Given } from '../../../../plugin/settings/resolve.ts';
import { collectReports, type Reported } from '../../../support/reports.ts';

function read(json: string | undefined): { given: unknown[]; reports: readonly Reported[] } {
  let given: Given[] = [];
  const reports = collectReports((report) => {
    given = readParameters(json, report);
  });
  return { given: given.map(({ setting, raw, spelling }) => [setting, raw, spelling]), reports };
}

test.each([undefined, '', 'null', '[]'])('%j sets nothing', (json) => {
  expect(read(json)).toEqual({ given: [], reports: [] });
});

test('texts, arrays and maps, as Argo CD writes them', () => {
  const json = JSON.stringify([
    { name: 'clusterDomain', string: 'a.b' },
    { name: 'dns', array: ['kube-dns', '10.0.0.1'] },
    { name: 'issuerRef', map: { name: 'ca', kind: 'ClusterIssuer' } },
  ]);
  expect(read(json)).toEqual({
    given: [
      ['clusterDomain', 'a.b', 'parameter clusterDomain'],
      ['dns', ['kube-dns', '10.0.0.1'], 'parameter dns'],
      ['issuerRef', { name: 'ca', kind: 'ClusterIssuer' }, 'parameter issuerRef'],
    ],
    reports: [],
  });
});

test('a form left blank sets nothing', () => {
  expect(read('[{"name":"namespace","string":""}]')).toEqual({ given: [], reports: [] });
});

test('an unknown name is refused with the nearest, or with all that are known', () => {
  const { given, reports } = read('[{"name":"clusterdomian","string":"a"},{"name":"values","map":{}}]');
  expect(given).toEqual([]);
  expect(reports.map(({ message }) => message)).toEqual([
    'parameter clusterdomian is no setting; did you mean clusterDomain?',
    expect.stringMatching(
      /^parameter values is no setting; the known names are clusterDomain, namespace, .*, helmSet, /,
    ),
  ]);
});

test.each([
  ['{"name":"clusterDomain","array":["a.b"]}', 'PARAMETER_TYPE', 'is given as array, and it takes string;'],
  ['{"name":"dns","map":{"a":"kube-dns"}}', 'PARAMETER_TYPE', 'is given as map, and it takes array or string;'],
  ['{"name":"helmSet","array":["a=b"]}', 'PARAMETER_TYPE', 'is given as array, and it takes map or string;'],
  ['{"name":"helmValues","array":["a"]}', 'PARAMETER_TYPE', 'is given as array, and it takes string or map;'],
  ['{"name":"issuerRef","array":["ca"]}', 'PARAMETER_TYPE', 'is given as array, and it takes string or map;'],
])('%s has the wrong form, and is told the right one', (entry, code, words) => {
  const { given, reports } = read(`[${entry}]`);
  expect(given).toEqual([]);
  expect(reports).toMatchObject([{ code, message: expect.stringContaining(words) }]);
});

test('a list may come as one text with commas', () => {
  expect(read('[{"name":"dns","string":"kube-dns,10.0.0.1"}]')).toMatchObject({
    given: [['dns', 'kube-dns,10.0.0.1', 'parameter dns']],
    reports: [],
  });
});

describe('what Argo CD would not write', () => {
  test.each(['{', '{"name":"dns"}', '"null"', '3'])('%s is refused', (json) => {
    expect(read(json)).toMatchObject({ given: [], reports: [{ code: 'PARAMETERS_FORM' }] });
  });

  test.each([
    { string: 'a' },
    { name: 'dns' },
    { name: 'dns', string: null },
    { name: 'dns', string: 'any', array: ['any'] },
    { name: 3, string: 'a' },
    null,
    'dns',
  ])('an entry %j is refused by its number', (entry) => {
    const { given, reports } = read(JSON.stringify([{ name: 'namespace', string: 'ml' }, entry]));
    expect(given).toHaveLength(1);
    expect(reports).toMatchObject([{ code: 'PARAMETERS_FORM', message: expect.stringContaining('entry 2 ') }]);
  });
});
