import { expect, test } from 'vitest';
import { patchAutoscaler } from '../../../plugin/tls/autoscaler.ts';
import { makeRaySpec } from '../../support/ray-spec.ts';

const clusterOf = (cluster: Readonly<Record<string, unknown>>) => makeRaySpec({ cluster }).cluster;

// Golden, as environment.test.ts.
const frozen = {
  env: [
    { name: 'RAY_USE_TLS', value: '1' },
    { name: 'RAY_TLS_SERVER_CERT', value: '/etc/ray/tls/tls.crt' },
    { name: 'RAY_TLS_SERVER_KEY', value: '/etc/ray/tls/tls.key' },
    { name: 'RAY_TLS_CA_CERT', value: '/etc/ray/tls/ca.crt' },
    { name: 'RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER', value: '0' },
  ],
  volumeMounts: [{ name: 'ray-tls', mountPath: '/etc/ray/tls', readOnly: true }],
};

test('the autoscaler gets certificates and the way to the head over loopback, in frozen texts', () => {
  expect(patchAutoscaler(clusterOf({ enableInTreeAutoscaling: true })).autoscalerOptions).toEqual(frozen);
});

test('options of the user stay, before ours', () => {
  const debug = { name: 'DEBUG', value: '1' };
  const logs = { name: 'logs', mountPath: '/logs' };
  const autoscalerOptions = { version: 'v2', env: [debug], volumeMounts: [logs] };
  expect(patchAutoscaler(clusterOf({ enableInTreeAutoscaling: true, autoscalerOptions })).autoscalerOptions).toEqual({
    version: 'v2',
    env: [debug, ...frozen.env],
    volumeMounts: [logs, ...frozen.volumeMounts],
  });
});

test('without autoscaling there is no container to change', () => {
  for (const cluster of [{}, { enableInTreeAutoscaling: false, autoscalerOptions: { version: 'v2' } }]) {
    expect(patchAutoscaler(clusterOf(cluster))).toEqual(clusterOf(cluster));
  }
});
