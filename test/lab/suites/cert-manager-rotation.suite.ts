// What is issued again, when, and by which CA, when manifests change: with cert-manager's own controllers.
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { execa } from 'execa';
import { beforeAll, expect, test } from 'vitest';
import { findChainProblems } from '../cases/certificate.ts';
import { findIssueFaults, type Issued } from '../cases/issued.ts';
import { refOf } from '../cases/settled.ts';
import {
  applyInOrder,
  expandTlsCluster,
  isCertManagers,
  readAllIssued,
  revisionsOf,
  serialsOf,
} from '../cases/tls-cluster.ts';
import type { KubernetesObject } from '../cluster/api.ts';
import { waitFor } from '../cluster/wait.ts';
import { pathOfBinary } from '../parts/binary.ts';
import { startCertManager } from '../servers/cert-manager.ts';
import { type ControlPlane, makeNamespace, startControlPlane } from '../servers/control-plane.ts';
import { labSuite } from '../suite.ts';

const docs = new URL('../../../docs/tls.md', import.meta.url);

/** Whether a request for a second revision was signed, or waits for its Issuer. */
const isAnswered = ({ metadata, status }: KubernetesObject): boolean =>
  metadata.annotations?.['cert-manager.io/certificate-revision'] === '2' &&
  ((status as { conditions?: { type: string }[] } | undefined)?.conditions ?? []).some(({ type }) => type === 'Ready');

labSuite('cert-manager-rotation', { parts: ['control-plane'] }, (life) => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane(life);
    await startCertManager(life, plane);
  });

  /** Expands, applies what is cert-manager's in the printed order, and waits for all certificates. */
  async function rollOut(namespace: string, tlsOptions: object): Promise<Map<string, Issued>> {
    const objects = (await expandTlsCluster(namespace, tlsOptions)).filter(isCertManagers);
    await applyInOrder(plane.api, objects);
    return readAllIssued(plane.api, objects);
  }

  const listRequests = (namespace: string): Promise<KubernetesObject[]> =>
    plane.api.list({ apiVersion: 'cert-manager.io/v1', kind: 'CertificateRequest', namespace });

  const faultsOf = (issued: ReadonlyMap<string, Issued>): string[] => {
    const ca = issued.get('ca')?.certificate;
    if (ca === undefined) throw new Error('there is no CA');
    return [...issued.values()].flatMap((one) => [
      ...findIssueFaults(one).map((fault) => `${one.name}: ${fault}`),
      ...findChainProblems(one.certificate, ca).map((problem) => `${one.name}, to the CA of the owner: ${problem}`),
    ]);
  };

  test('the same manifest again issues nothing', async () => {
    await makeNamespace(plane.api, 'again');
    const first = await rollOut('again', { enabled: true, clients: [{ name: 'notebook' }] });
    expect([...first.keys()]).toEqual(['ca', 'head', 'worker', 'client-notebook']);
    expect(faultsOf(first)).toEqual([]);
    const second = await rollOut('again', { enabled: true, clients: [{ name: 'notebook' }] });
    expect(serialsOf(second)).toEqual(serialsOf(first));
    expect(await listRequests('again')).toHaveLength(4);
  });

  test('another duration issues each leaf once more, by the same CA, under the same names', async () => {
    const before = await rollOut('again', { enabled: true });
    const after = await rollOut('again', { enabled: true, duration: '2160h' });
    expect(revisionsOf(after)).toEqual({ ca: 1, head: 2, worker: 2 });
    expect(faultsOf(after)).toEqual([]);
    expect(after.get('ca')?.certificate.serialNumber).toBe(before.get('ca')?.certificate.serialNumber);
    expect(after.get('head')?.spec.secretName).toBe(before.get('head')?.spec.secretName);
    const again = await rollOut('again', { enabled: true, duration: '2160h' });
    expect(serialsOf(again)).toEqual(serialsOf(after));
  });

  test('objects that are deleted and made again find their Secrets and the same certificates', async () => {
    await makeNamespace(plane.api, 'back');
    const before = await rollOut('back', { enabled: true });
    const objects = (await expandTlsCluster('back', { enabled: true })).filter(isCertManagers);
    for (const object of [...objects].reverse()) await plane.api.remove(refOf(object));
    const after = await rollOut('back', { enabled: true });
    expect(serialsOf(after)).toEqual(serialsOf(before));
    expect(faultsOf(after)).toEqual([]);
  });

  test('a raised generation makes a CA and leaves anew, together, and leaves the old Secrets', async () => {
    await makeNamespace(plane.api, 'raised');
    const before = await rollOut('raised', { enabled: true });
    const after = await rollOut('raised', { enabled: true, generation: 1 });
    expect(faultsOf(after)).toEqual([]);
    for (const [name, { certificate, spec, ca }] of after) {
      const old = before.get(name);
      expect(spec.secretName).not.toBe(old?.spec.secretName);
      expect(certificate.x509.publicKey.equals(old?.certificate.x509.publicKey ?? certificate.x509.publicKey)).toBe(
        false,
      );
      expect(findChainProblems(certificate, old?.ca ?? ca)).not.toEqual([]);
    }
    const names = (await plane.api.list({ apiVersion: 'v1', kind: 'Secret', namespace: 'raised' })).map(
      ({ metadata }) => metadata.name,
    );
    const both = [...before.values(), ...after.values()].map(({ spec }) => spec.secretName);
    expect(names).toEqual(expect.arrayContaining(both));
  });

  // Helm and Flux apply all Certificates of a release before its Issuers: kinds that they do not know go by their names. With
  // many owners that is a while.
  test('a raised generation gives one new CA to all, even where the Issuers come later', async () => {
    await makeNamespace(plane.api, 'late');
    const before = await rollOut('late', { enabled: true });
    const objects = (await expandTlsCluster('late', { enabled: true, generation: 1 })).filter(isCertManagers);
    const [certificates, issuers] = ['Certificate', 'Issuer'].map((kind) => objects.filter((one) => one.kind === kind));
    await applyInOrder(plane.api, certificates ?? []);
    await waitFor(
      'each Certificate to have a request again',
      async () => (await listRequests('late')).filter(isAnswered).length >= 3 || undefined,
    );
    await applyInOrder(plane.api, issuers ?? []);
    const after = await readAllIssued(plane.api, objects);
    expect(faultsOf(after)).toEqual([]);
    expect(after.get('ca')?.certificate.serialNumber).not.toBe(before.get('ca')?.certificate.serialNumber);
  });

  test('the commands of docs/tls.md sweep the Secrets that stay behind, and no others', async () => {
    await makeNamespace(plane.api, 'ml');
    const old = await rollOut('ml', { enabled: true });
    const now = await rollOut('ml', { enabled: true, generation: 1 });
    await plane.api.apply({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'of-the-user', namespace: 'ml' } });
    const secretsOf = (issued: ReadonlyMap<string, Issued>): string[] =>
      [...issued.values()].map(({ spec }) => spec.secretName);
    const expectSecrets = async (names: readonly string[]): Promise<void> => {
      const present = await plane.api.list({ apiVersion: 'v1', kind: 'Secret', namespace: 'ml' });
      expect(present.map(({ metadata }) => metadata.name).sort()).toEqual([...names, 'of-the-user'].sort());
    };
    await expectSecrets([...secretsOf(old), ...secretsOf(now)]);
    // What is no longer printed is pruned, or deleted by hand.
    await plane.api.remove({
      apiVersion: 'cert-manager.io/v1',
      kind: 'Issuer',
      name: 'demo-raycluster-ca',
      namespace: 'ml',
    });
    await runBlock(/```sh sweep-secrets\n([\s\S]*?)```/);
    await expectSecrets(secretsOf(now));
    const objects = (await expandTlsCluster('ml', { enabled: true, generation: 1 })).filter(isCertManagers);
    for (const object of [...objects].reverse()) await plane.api.remove(refOf(object));
    await runBlock(/```sh\n(kubectl delete secrets [^\n]*\n)```/);
    await expectSecrets([]);
  });

  /** Runs a block of docs/tls.md, as it stands there, with the lab's kubectl. */
  async function runBlock(block: RegExp): Promise<void> {
    const [, script] = block.exec(readFileSync(docs, 'utf8')) ?? [];
    if (script === undefined) throw new Error(`docs/tls.md has no block ${block}`);
    const path = `${dirname(pathOfBinary('control-plane', 'kubectl'))}:${process.env['PATH']}`;
    await execa('bash', ['-c', script], { env: { KUBECONFIG: plane.kubeconfig, PATH: path } });
  }
});
