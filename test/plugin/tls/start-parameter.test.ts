import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { buildNodeAddress, readNodeAddress } from '../../../plugin/tls/start-parameter.ts';
import { makeRaySpec } from '../../support/ray-spec.ts';
import { makeSettings } from '../../support/settings.ts';

const domain = 'demo-raycluster-head-nodes.ml.svc.cluster.local';
const parameter = buildNodeAddress(makeRaySpec(), makeSettings(), 'head');

/** What the shell makes of the parameter when DNS knows the names `known` and nothing else. */
function evaluate(podIP: string, known: readonly string[]): string {
  const stubs = 'getent() { case " $KNOWN " in *" $2 "*) ;; *) return 2 ;; esac; }; sleep() { :; };';
  const env = { PATH: process.env['PATH'], HOSTNAME: 'pod-x7k2p', KNOWN: known.join(' '), RAYSHIELD_POD_IP: podIP };
  const script = `${stubs} echo --node-ip-address=${parameter}`;
  return execFileSync('bash', ['-c', script], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}

test('the text is frozen', () => {
  expect(parameter).toBe(
    '$(s=demo-raycluster-head-nodes.ml.svc.cluster.local; d=$(echo $RAYSHIELD_POD_IP | tr .: -).$s; for i in $(seq 120); do for n in $d $HOSTNAME.$s; do getent hosts $n >/dev/null && break 2; done; echo rayshield: waiting for $d in DNS >&2; n=$d; sleep 1; done; echo $n)',
  );
});

test('what it was made for can be read from it, and from nothing else', () => {
  expect(readNodeAddress(parameter)).toEqual({
    service: 'demo-raycluster-head-nodes',
    namespace: 'ml',
    clusterDomain: 'cluster.local',
  });
  for (const other of [undefined, '', '$RAYSHIELD_POD_IP', parameter.slice(1), '$(s=demo.ml; echo $s)']) {
    expect(readNodeAddress(other)).toBeUndefined();
  }
});

test('Flux and Kubernetes leave it alone', () => {
  expect(parameter).not.toMatch(/\$\{|\$\$|\$\([A-Za-z_.-][\w.-]*\)/);
});

test.each([
  ['10.66.0.10', `10-66-0-10.${domain}`],
  ['fd00:66::11', `fd00-66--11.${domain}`],
])('a pod with the address %s is called %s', (podIP, name) => {
  expect(evaluate(podIP, [name])).toBe(`--node-ip-address=${name}`);
});

test('where DNS knows pods by their names, the host name is taken', () => {
  expect(evaluate('10.66.0.10', [`pod-x7k2p.${domain}`])).toBe(`--node-ip-address=pod-x7k2p.${domain}`);
});

test('a name that never resolves is given to Ray all the same, after a bounded wait', () => {
  expect(evaluate('10.66.0.10', [])).toBe(`--node-ip-address=10-66-0-10.${domain}`);
});

test('workers have a domain of their own, by role, namespace and cluster domain', () => {
  const settings = makeSettings({ clusterDomain: 'corp.internal' });
  const spec = makeRaySpec({ kind: 'RayService', name: 'chat', namespace: 'prod' });
  expect(buildNodeAddress(spec, settings, 'worker')).toContain(
    's=chat-rayservice-worker-nodes.prod.svc.corp.internal;',
  );
});
