// Who reaches whom: policies in nftables, names from CoreDNS, Services.
// https://kubernetes.io/docs/concepts/services-networking/
import { expect, test } from 'vitest';
import { waitFor } from '../../cluster/wait.ts';
import { bash, type PodLab, reaches } from './pod-lab.ts';

/** Declares the tests; `lab` is asked inside of them. */
export function proveNetwork(lab: () => PodLab): void {
  const server = {
    command: ['python3', '-m', 'http.server', '8000'],
    ports: [{ name: 'web', containerPort: 8000 }],
    readinessProbe: { tcpSocket: { port: 8000 }, periodSeconds: 1 },
  };
  const policy = (spec: object): object => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'closed', namespace: 'lab' },
    spec,
  });

  test('a closed pod is reached by whom its policy lets in, on the port that it opens; changes are obeyed', async () => {
    const peer = {
      podSelector: { matchLabels: { app: 'peer' } },
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ml' } },
    };
    const closed = { podSelector: { matchLabels: { app: 'server' } }, policyTypes: ['Ingress', 'Egress'] };
    await lab().api.apply(policy({ ...closed, ingress: [{ from: [peer], ports: [{ port: 'web' }] }] }));
    const [target, friend, stranger] = await Promise.all([
      lab().run('lab/server', server),
      lab().run('ml/peer', server),
      lab().run('lab/peer', server),
    ]);
    await target.exec(['bash', '-c', 'nohup python3 -m http.server 8001 >/dev/null 2>&1 &']);
    await waitFor('the second port', async () => ((await reaches(target, target, 8001)) ? true : undefined));
    expect([await reaches(friend, target, 8000), await reaches(stranger, target, 8000)]).toEqual([true, false]);
    expect([await reaches(friend, target, 8001), await reaches(target, friend, 8000)]).toEqual([false, false]);
    await lab().api.apply(policy({ ...closed, policyTypes: ['Ingress'] }));
    await waitFor('egress to be open', async () => ((await reaches(target, friend, 8000)) ? true : undefined));
    expect(await reaches(friend, target, 8000)).toBe(false);
    await lab().api.remove({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      namespace: 'lab',
      name: 'closed',
    });
    await waitFor('ingress to be open', async () => ((await reaches(stranger, target, 8001)) ? true : undefined));
  });

  test('rules of every form are obeyed as they are meant', async () => {
    const [target, asker] = await Promise.all([lab().run('lab/forms', server), lab().run('lab/forms-asker', {})]);
    const open = async (...ingress: object[]): Promise<void> => {
      const podSelector = { matchLabels: { app: 'forms' } };
      await lab().api.apply(policy({ podSelector, policyTypes: ['Ingress'], ingress }));
    };
    const ports = [{ port: 8000 }];
    const ipBlock = (cidr: string, ...except: string[]): object => ({ from: [{ ipBlock: { cidr, except } }], ports });
    const forms: [rules: object[], isOpen: boolean][] = [
      [[], false],
      [[{ ports: [{ port: 7999, endPort: 8001 }] }], true],
      [[{ ports: [{ port: 8000, protocol: 'UDP' }, { protocol: 'SCTP' }] }], false],
      [[ipBlock('0.0.0.0/0')], true],
      [[ipBlock('::/0', 'fd00::/8'), ipBlock('10.0.0.0/8', '10.66.0.0/16', '10.66.0.0/24')], false],
      [[ipBlock(`${asker.ip}/32`)], true],
      [[{ from: [{ podSelector: {} }], ports: [{ port: 'none' }] }], false],
      [[{ from: [{ podSelector: {} }] }], true],
    ];
    for (const [rules, isOpen] of forms) {
      await open(...rules);
      await waitFor(`${JSON.stringify(rules)} to be obeyed`, async () =>
        (await reaches(asker, target, 8000)) === isOpen ? true : undefined,
      );
    }
    await lab().api.remove({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      namespace: 'lab',
      name: 'closed',
    });
  });

  test('a pod is closed before its first container runs', async () => {
    await lab().api.apply(policy({ podSelector: {}, policyTypes: ['Egress'] }));
    const { ip } = await lab().run('ml/target', server);
    // Several, with nothing to wait for: a filter that comes late comes too late for one of them.
    const quick = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) =>
      lab().runToEnd(
        `lab/quick-${name}`,
        { command: ['bash', '-c', `(exec 3<>/dev/tcp/${ip}/8000) & sleep 0.3; kill %1 && echo closed || echo open`] },
        { spec: { automountServiceAccountToken: false } },
      ),
    );
    for (const log of await Promise.all(quick)) expect(log.trim().split('\n').at(-1)).toBe('closed');
    await lab().api.remove({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      namespace: 'lab',
      name: 'closed',
    });
  });

  test('names and Services lead to pods', async () => {
    const { ip } = await lab().run('ml/served', server);
    const service = (name: string, spec: object): object => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: 'ml' },
      spec: { selector: { app: 'served' }, ports: [{ port: 80, targetPort: 'web' }], ...spec },
    });
    await lab().api.apply(service('nodes', { clusterIP: 'None', publishNotReadyAddresses: true }));
    await lab().api.apply(service('front', {}));
    const asker = await lab().run('ml/asker', {});
    const dashed = `${ip.replaceAll('.', '-')}.nodes.ml.svc.cluster.local`;
    await waitFor('the dashed name', async () =>
      (await bash(asker, `getent hosts ${dashed}`)).startsWith(ip) ? true : undefined,
    );
    await waitFor('the Service', async () =>
      (await bash(asker, 'curl -sm1 -o /dev/null -w %{http_code} http://front')) === '200' ? true : undefined,
    );
  });
}
