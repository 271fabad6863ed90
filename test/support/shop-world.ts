// A small world for the evaluator's own tests: a shop with a web server, and who may want something from it.
import { isAllowed } from './network-policy.ts';
import type { Endpoint, NetworkPolicy, Pod, PodPort, Protocol } from './world.ts';

function pod(namespace: string, app: string, ip: string, ports: readonly PodPort[] = []): Pod {
  return { name: app, namespace, labels: { app }, ip, ports };
}

export const web = pod('shop', 'web', '10.0.0.1', [
  { name: 'http', containerPort: 8080 },
  { name: 'dns', containerPort: 53, protocol: 'UDP' },
]);
export const database = pod('shop', 'database', '10.0.0.2', [{ name: 'http', containerPort: 5432 }]);
export const teller = pod('bank', 'teller', '10.0.1.1');
/** Named and labelled as the shop's. */
export const bankWeb = pod('bank', 'web', '10.0.1.2');
export const guest: Pod = { ...pod('lab', 'guest', '10.0.2.1'), labels: {} };
export const six = pod('shop', 'six', 'fd00::66:1');
export const internet = '203.0.113.7';

const pods = [web, database, teller, bankWeb, guest, six];
const namespaces = [
  { name: 'shop', labels: { team: 'red' } },
  { name: 'bank', labels: { team: 'blue', env: 'prod' } },
  { name: 'lab', labels: {} },
];

export const policy = (spec: NetworkPolicy['spec'], namespace = 'shop'): NetworkPolicy => ({
  metadata: { name: 'policy', namespace },
  spec,
});

/** Who wants to reach whom, on TCP 8080 where nothing else is said. */
export interface Question {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly port?: number;
  readonly protocol?: Protocol;
}

export const ask = (
  policies: readonly NetworkPolicy[],
  { from, to, port = 8080, protocol = 'TCP' }: Question,
): boolean => isAllowed({ policies, pods, namespaces }, { from, to, port, protocol });
