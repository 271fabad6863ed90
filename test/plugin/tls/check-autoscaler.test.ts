import { describe, expect, test } from 'vitest';
import type { Settings } from '../../../plugin/settings/settings.ts';
import type { SpecParts } from '../../support/ray-spec.ts';
import { checkCluster as checkTLS } from '../../support/tls-check.ts';

type Fields = Readonly<Record<string, unknown>>;
const scaling = (cluster: Fields, ray: Fields = {}): SpecParts => ({
  cluster: { enableInTreeAutoscaling: true, ...cluster },
  head: { ray },
});
// What is said of Ray's release itself is the subject of check-ray-version.test.ts.
const checkCluster = (parts: SpecParts, settings: Partial<Settings> = {}) =>
  checkTLS(parts, settings).filter(({ code }) => !code.startsWith('TLS_RAY_'));
const listFindings = (parts: SpecParts): string[] => checkCluster(parts).map(({ code, path }) => `${code} ${path}`);
const container = 'spec.headGroupSpec.template.spec.containers.0';
const variable = (value: string): Fields => ({ env: [{ name: 'RAY_enable_autoscaler_v2', value }] });

test.each([
  ['2.52.0', []],
  ['2.50.0', []],
  ['2.49.2', ['TLS_AUTOSCALER_V1 spec.rayVersion']],
  ['2.9.3', ['TLS_AUTOSCALER_V1 spec.rayVersion']],
  ['3.0.0', []],
])('Ray %s picks its autoscaler by itself: %j', (rayVersion, findings) => {
  expect(listFindings(scaling({ rayVersion }))).toEqual(findings);
});

test.each([
  ['rayproject/ray:2.52.0-py311-gpu', []],
  ['registry.example:5000/corp/ray:2.46.0', [`TLS_AUTOSCALER_V1 ${container}.image`]],
  ['rayproject/ray:2.46.0@sha256:9c1d', [`TLS_AUTOSCALER_V1 ${container}.image`]],
  ['rayproject/ray:nightly', [`TLS_AUTOSCALER_UNKNOWN ${container}.image`]],
  ['rayproject/ray', [`TLS_AUTOSCALER_UNKNOWN ${container}.image`]],
  ['registry.example:5000/corp/ray-app:1.4.0', [`TLS_AUTOSCALER_UNKNOWN ${container}.image`]],
  ['registry.example:5000/ray', [`TLS_AUTOSCALER_UNKNOWN ${container}.image`]],
  ['rayproject/ray@sha256:2', [`TLS_AUTOSCALER_UNKNOWN ${container}.image`]],
])('without rayVersion the image %s tells: %j', (image, findings) => {
  expect(listFindings(scaling({ rayVersion: undefined }, { image }))).toEqual(findings);
});

test('a rayVersion that is no number leaves it to the image', () => {
  expect(listFindings(scaling({ rayVersion: 'nightly' }))).toEqual([]);
  expect(listFindings(scaling({ rayVersion: 'nightly' }, { image: 'corp/ray:edge' }))).toEqual([
    'TLS_AUTOSCALER_UNKNOWN spec.rayVersion',
  ]);
});

test('a version that is asked for wins over what Ray would pick', () => {
  expect(listFindings(scaling({ rayVersion: '2.40.0', autoscalerOptions: { version: 'v2' } }))).toEqual([]);
  expect(listFindings(scaling({ autoscalerOptions: { version: 'v1' } }))).toEqual([
    'TLS_AUTOSCALER_V1 spec.autoscalerOptions.version',
  ]);
});

test.each(['1', 'true', 'True'])('so does the variable with %s', (value) => {
  expect(listFindings(scaling({ rayVersion: '2.40.0' }, variable(value)))).toEqual([]);
});

test.each(['0', 'false', 'no', ''])('the variable with %j turns v2 off', (value) => {
  const at = `TLS_AUTOSCALER_V1 ${container}.env.0`;
  expect(listFindings(scaling({}, variable(value)))).toEqual([at]);
  expect(listFindings(scaling({ autoscalerOptions: { version: 'v2' } }, variable(value)))).toEqual([at]);
});

test('a variable whose value stands elsewhere leaves the version unknown', () => {
  const env = [{ name: 'RAY_enable_autoscaler_v2', valueFrom: { configMapKeyRef: { name: 'ray', key: 'v2' } } }];
  expect(listFindings(scaling({}, { env }))).toEqual([`TLS_AUTOSCALER_UNKNOWN ${container}.env.0`]);
});

test('the remedy is one that the operator takes', () => {
  const remedyOf = (parts: SpecParts, settings: Partial<Settings> = {}) =>
    checkCluster({ ...scaling({ rayVersion: '2.40.0' }), ...parts }, settings)[0]?.message.split('; ')[1];
  expect(remedyOf({})).toContain('autoscalerOptions.version');
  expect(remedyOf({}, { kuberayVersion: '1.4' })).toContain('autoscalerOptions.version');
  expect(remedyOf({}, { kuberayVersion: '1.3' })).toContain('RAY_enable_autoscaler_v2');
  expect(remedyOf({ apiVersion: 'ray.io/v1alpha1' })).toContain('RAY_enable_autoscaler_v2');
});

test('the autoscaler dials one port only', () => {
  const head = { rayStartParams: { port: '6380' } };
  expect(listFindings({ ...scaling({}), head })).toEqual([
    'TLS_AUTOSCALER_PORT spec.headGroupSpec.rayStartParams.port',
  ]);
  expect(listFindings({ head })).toEqual([]);
});

test('without autoscaling its version does not matter', () => {
  expect(listFindings({ cluster: { rayVersion: '2.9.0', autoscalerOptions: { version: 'v1' } } })).toEqual([]);
});

test('hand-made TLS in autoscalerOptions is refused, whether they are in use or not', () => {
  const autoscalerOptions = {
    env: [
      { name: 'RAY_USE_TLS', value: '1' },
      { name: 'RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER', value: '1' },
    ],
    volumeMounts: [{ name: 'certs', mountPath: '/etc/ray/tls' }],
  };
  expect(listFindings({ cluster: { autoscalerOptions } })).toEqual([
    'TLS_VARIABLE_SET spec.autoscalerOptions.env.0.name',
    'TLS_VARIABLE_SET spec.autoscalerOptions.env.1.name',
    'TLS_MOUNT_SET spec.autoscalerOptions.volumeMounts.0',
  ]);
});

describe('the variable by envFrom', () => {
  const map = (value: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: extra, namespace: ml}\ndata: {RAY_enable_autoscaler_v2: "${value}"}\n`;
  const found = (cluster: Fields, neighbours: string, ray: Fields = {}): string[] =>
    listFindings({ ...scaling(cluster, { envFrom: [{ configMapRef: { name: 'extra' } }], ...ray }), neighbours });

  test('is seen in a ConfigMap of the input', () => {
    expect(found({}, map('0'))).toEqual([`TLS_AUTOSCALER_V1 ${container}.envFrom.0`]);
    expect(found({}, map('1'))).toEqual([]);
    expect(found({ rayVersion: '2.46.0' }, map('true'))).toEqual([]);
  });

  test('loses against the field and against a variable of the container', () => {
    expect(found({ autoscalerOptions: { version: 'v2' } }, map('0'))).toEqual([]);
    expect(found({}, map('0'), variable('1'))).toEqual([]);
  });

  test('cannot be told from what a Secret holds in base64', () => {
    const secret = map('MA==').replace('ConfigMap', 'Secret');
    const envFrom = [{ secretRef: { name: 'extra' } }];
    expect(found({}, secret, { envFrom })).toEqual([`TLS_AUTOSCALER_UNKNOWN ${container}.envFrom.0`]);
  });
});
