// Who reaches whom on which port in each mode and for each kind: design.md section 4 as one matrix, asked of the policies
// that the product prints. Ports are the pods' own: 8265 dashboard, 8000 serve, 10001 client, 6379 GCS, 8080 metrics.
import { describe, expect, test } from 'vitest';
import type { IsolationMode, RayKind } from '../plugin/ray/spec.ts';
import { expandWorld } from './support/expanded-world.ts';
import { buildOwner } from './support/ray-owner.ts';
import type { Place, Reaches } from './support/ray-world.ts';

type Port = Parameters<Reaches>[2];
/** The way is open for these kinds and closed for the others. */
type Claim = readonly [from: Place, to: Place, ports: readonly Port[], open: readonly RayKind[]];

const kinds: readonly RayKind[] = ['RayCluster', 'RayJob', 'RayService', 'RayCronJob'];
const modes: readonly IsolationMode[] = ['denyAll', 'denyAllIngress', 'denyAllEgress'];
const all = kinds;
const none: readonly RayKind[] = [];
const jobs: readonly RayKind[] = ['RayJob', 'RayCronJob'];

const dns: readonly Port[] = [53, '53/UDP'];
// Ray binds ports of its own choice between the pods of a cluster: any of them, of any protocol, must pass.
const anyPort: readonly Port[] = [6379, 8265, 10001, 41234, '41234/UDP'];

const within: readonly Claim[] = [
  ['head', 'small', anyPort, all],
  ['small', 'head', anyPort, all],
  ['small', 'gpu', anyPort, all],
  ['gpu', 'small', anyPort, all],
  ['late', 'head', anyPort, all],
  ['head', 'late', anyPort, all],
  ['late', 'small', anyPort, all],
  ['next', 'small', anyPort, all],
  ['redisCleanup', 'head', anyPort, all],
];

const inwards: readonly Claim[] = [
  ['operator', 'head', [8265], all],
  ['operator', 'next', [8265], all],
  ['operator', 'head', [8000], ['RayService']],
  ['operator', 'next', [8000], ['RayService']],
  ['operator', 'head', [10001, 6379, 8080, 22], none],
  ['operator', 'small', [8265, 8000, 10001], none],
  ['operator', 'redisCleanup', [8265], none],
  ['operatorsNeighbour', 'head', [8265, 8000], none],
  ['fakeOperator', 'head', [8265, 8000], none],
  ['submitter', 'head', [8265], jobs],
  ['submitter', 'next', [8265], jobs],
  ['oldSubmitter', 'head', [8265], jobs],
  ['submitter', 'head', [10001, 6379, 8000, 22], none],
  ['submitter', 'small', [8265], none],
  ['namesakeSubmitter', 'head', [8265], none],
  ['visitor', 'head', [8265], none],
  ['prometheus', 'head', [8080, 44217, 44227], all],
  ['prometheus', 'small', [8080], all],
  ['prometheus', 'gpu', [8080], all],
  ['prometheus', 'late', [8080], all],
  ['prometheus', 'small', [44217, 44227], none],
  ['prometheus', 'head', [8265, 10001, 6379], none],
  ['fakePrometheus', 'head', [8080, 44217, 44227], none],
  ['fakePrometheus', 'small', [8080], none],
  ['redis', 'head', [6379], none],
  ['coreDns', 'head', dns, none],
  ['neighbourHead', 'head', anyPort, none],
  ['neighbourWorker', 'head', anyPort, none],
  ['neighbourWorker', 'small', anyPort, none],
  ['namesakeHead', 'head', anyPort, none],
  ['namesakeWorker', 'head', anyPort, none],
  ['namesakeWorker', 'small', anyPort, none],
  ['stranger', 'head', [...anyPort, 8080, 8000, 44217, 22], none],
  ['stranger', 'small', [...anyPort, 8080], none],
  ['stranger', 'late', anyPort, none],
  ['stranger', 'redisCleanup', anyPort, none],
  ['foreigner', 'head', [...anyPort, 8080, 8000], none],
  ['foreigner', 'small', anyPort, none],
  ['notebook', 'head', [8265, 10001], none],
  ['internet', 'head', [...anyPort, 8000], none],
  ['internet', 'small', anyPort, none],
];

const outwards: readonly Claim[] = [
  ['head', 'coreDns', dns, all],
  ['small', 'coreDns', dns, all],
  ['gpu', 'coreDns', dns, all],
  ['late', 'coreDns', dns, all],
  ['redisCleanup', 'coreDns', dns, all],
  ['head', 'coreDns', [9153], none],
  ['head', 'nodeLocalAddress', dns, all],
  ['head', 'metadata', dns, all],
  ['head', 'metadata', [80, 988], none],
  ['small', 'metadata', [80, 988], none],
  ['head', 'podIdentity', [...dns, 80], none],
  ['head', 'openshiftDns', [5353, '5353/UDP'], all],
  ['head', 'openshiftDns', dns, none],
  ['head', 'fakeDns', dns, none],
  ['head', 'kubeProxy', dns, none],
  ['head', 'internet', dns, none],
  ['head', 'redis', [6379], all],
  ['small', 'redis', [6379], all],
  ['late', 'redis', [6379], all],
  ['redisCleanup', 'redis', [6379], all],
  ['head', 'redis', [6380, '6379/UDP'], none],
  ['head', 'farRedis', [6379], none],
  ['head', 'redisOutside', [6379], none],
  ['head', 'apiServer', [6443], all],
  ['next', 'apiServer', [6443], all],
  ['head', 'apiServer', [443], none],
  ['small', 'apiServer', [6443], none],
  ['late', 'apiServer', [6443], none],
  ['redisCleanup', 'apiServer', [6443], none],
  ['head', 'operator', [8080, 8443], none],
  ['head', 'submitter', [8265], none],
  ['head', 'prometheus', [9090], none],
  ['head', 'neighbourHead', [8265, 10001], none],
  ['small', 'neighbourWorker', [8265, 41234], none],
  ['small', 'namesakeHead', anyPort, none],
  ['head', 'stranger', [80, 443, 8265], none],
  ['small', 'stranger', [80, 443], none],
  ['late', 'stranger', [80, 443], none],
  ['redisCleanup', 'stranger', [80, 443], none],
  ['head', 'foreigner', [80, 443], none],
  ['small', 'foreigner', [80, 443], none],
  ['head', 'internet', [80, 443], none],
  ['small', 'internet', [80, 443], none],
];

const settings = {
  apiServer: [{ cidr: '172.18.0.2/32', port: 6443 }],
  monitoringNamespaces: ['monitoring'],
  operatorNamespace: 'kuberay-system',
};

function expandMatrix(kind: RayKind, mode: IsolationMode): Reaches {
  const cluster = {
    autoscalerOptions: { version: 'v2' },
    enableInTreeAutoscaling: true,
    gcsFaultToleranceOptions: { redisAddress: 'redis:6379' },
    networkIsolation: { mode },
  };
  const container = { name: 'submit', image: 'rayproject/ray:2.52.0' };
  const submitterPodTemplate = { spec: { restartPolicy: 'Never', containers: [container] } };
  return expandWorld(
    [buildOwner(kind, { cluster, ...(kind === 'RayCronJob' ? { job: { submitterPodTemplate } } : {}) })],
    settings,
  );
}

describe.each(modes.flatMap((mode) => kinds.map((kind) => [mode, kind] as const)))('%s, %s:', (mode, kind) => {
  const openInwards = mode === 'denyAllEgress';
  const openOutwards = mode === 'denyAllIngress';
  const rows = (claims: readonly Claim[], always: boolean) =>
    claims.flatMap(([from, to, ports, open]) => {
      const allowed = always || open.includes(kind);
      return ports.map((port) => [from, allowed ? 'reaches' : 'does not reach', to, port] as const);
    });
  let reaches: Reaches | undefined;

  test.each([...rows(within, true), ...rows(inwards, openInwards), ...rows(outwards, openOutwards)])(
    '%s %s %s on %s',
    (from, verb, to, port) => {
      reaches ??= expandMatrix(kind, mode);
      expect(reaches(from, to, port)).toBe(verb === 'reaches');
    },
  );
});
