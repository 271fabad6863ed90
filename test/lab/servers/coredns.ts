// CoreDNS as kubeadm configures it, without the parts that reach beyond the cluster: https://coredns.io/plugins/kubernetes/

import { Resolver } from 'node:dns/promises';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathOfBinary } from '../parts/binary.ts';
import type { ControlPlane } from './control-plane.ts';
import type { Life } from './life.ts';
import { findFreePort, startServer } from './server.ts';

export interface CoreDnsOptions {
  readonly address?: string;
  readonly port?: number;
  /** Names pods in headless Services by pod instead of by address, the option `endpoint_pod_names`. */
  readonly endpointPodNames?: boolean;
  /** How long a negative answer is kept, in seconds; kubeadm's is 30 with one tenth of it for failures. */
  readonly denialTtl?: number;
}

interface CorefileFacts extends Required<CoreDnsOptions> {
  readonly kubeconfig: string;
  readonly readyPort: number;
}

/** The Corefile. `pods insecure` and the TTL are kubeadm's. */
const writeCorefile = (facts: CorefileFacts): string => `.:${facts.port} {
    bind ${facts.address}
    errors
    ready ${facts.address}:${facts.readyPort}
    kubernetes cluster.local in-addr.arpa ip6.arpa {
        kubeconfig ${facts.kubeconfig}
        pods insecure
        ttl 30${facts.endpointPodNames ? '\n        endpoint_pod_names' : ''}
    }
    cache 30 {
        denial 9984 ${facts.denialTtl}
    }
}
`;

/** Writes a Corefile into the suite's folder and gives its path. */
function makeCorefile(life: Life, facts: CorefileFacts): string {
  const path = join(life.folder('data'), `Corefile-${facts.port}`);
  writeFileSync(path, writeCorefile(facts));
  return path;
}

/** Starts CoreDNS; ready when it answers for `kubernetes.default`. Gives a resolver that asks it. */
export async function startCoreDns(life: Life, plane: ControlPlane, options: CoreDnsOptions = {}): Promise<Resolver> {
  const port = options.port ?? (await findFreePort());
  const facts = {
    address: options.address ?? '127.0.0.1',
    port,
    endpointPodNames: options.endpointPodNames ?? false,
    denialTtl: options.denialTtl ?? 1,
    kubeconfig: plane.kubeconfig,
    readyPort: await findFreePort(),
  };
  const resolver = new Resolver({ timeout: 1_000, tries: 1 });
  resolver.setServers([`${facts.address}:${port}`]);
  await startServer(life, {
    name: `coredns-${port}`,
    file: pathOfBinary('control-plane', 'coredns'),
    args: ['-conf', makeCorefile(life, facts)],
    isReady: async () =>
      (await fetch(`http://${facts.address}:${facts.readyPort}/ready`)).ok &&
      (await resolver.resolve4('kubernetes.default.svc.cluster.local')).length > 0,
  });
  return resolver;
}
