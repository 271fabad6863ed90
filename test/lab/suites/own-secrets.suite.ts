// What docs/tls.md shows of Secrets, run as it stands there on a real API server with the real cert-manager and kubectl:
// Secrets of one's own by OpenSSL and by cert-manager, who has the keys, and the sweeping of Secrets that nobody names any more.
import { mkdtempSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { expectToServe, readBlock } from '../../support/own-secrets.ts';
import type { KubernetesObject } from '../cluster/api.ts';
import { expandObjects } from '../cluster/expand.ts';
import { waitFor } from '../cluster/wait.ts';
import { pathOfBinary } from '../parts/binary.ts';
import { startCertManager } from '../servers/cert-manager.ts';
import { type ControlPlane, makeNamespace, startControlPlane } from '../servers/control-plane.ts';
import { labSuite } from '../suite.ts';

const namespace = 'ml';
const roles = ['head', 'worker'] as const;

labSuite('own-secrets', { parts: ['control-plane'] }, (life) => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane(life);
    await startCertManager(life, plane);
    await makeNamespace(plane.api, namespace);
  });

  /** Runs a block of the page in `folder`, with kubectl on the path. */
  const runBlock = async (name: string, folder: string): Promise<string> => {
    const path = `${dirname(pathOfBinary('control-plane', 'kubectl'))}:${process.env['PATH']}`;
    const env = { KUBECONFIG: plane.kubeconfig, PATH: path };
    return (await execa('bash', ['-uc', readBlock(name)], { cwd: folder, env })).stdout;
  };

  const readSecret = async (name: string) => {
    const { data } = await plane.api.read({ apiVersion: 'v1', kind: 'Secret', name, namespace });
    const decode = (key: string) => Buffer.from((data as Record<string, string>)[key] ?? '', 'base64').toString('utf8');
    return { certificate: decode('tls.crt'), key: decode('tls.key'), ca: decode('ca.crt') };
  };

  const listSecrets = async (): Promise<string[]> => {
    const labelSelector = 'rayshield.io/owner=demo-raycluster';
    const secrets = await plane.api.list({ apiVersion: 'v1', kind: 'Secret', namespace }, { labelSelector });
    return secrets.map(({ metadata }) => metadata.name).sort();
  };

  const waitForSecrets = (names: readonly string[]) =>
    waitFor(`the Secrets ${names.join(', ')}`, async () => {
      for (const name of names) await readSecret(name);
      return true;
    });

  describe('Secrets of your own', () => {
    test('the lines of OpenSSL and kubectl make Secrets that serve', async () => {
      const folder = mkdtempSync(join(life.folder('data'), 'openssl-'));
      await runBlock('own-secrets-openssl', folder);
      await runBlock('own-secrets-kubectl', folder);
      for (const role of roles) expectToServe(role, await readSecret(`ray-${role}-tls`));
      for (const role of roles) {
        await plane.api.remove({ apiVersion: 'v1', kind: 'Secret', name: `ray-${role}-tls`, namespace });
      }
    });

    test('the objects of cert-manager make Secrets that serve', async () => {
      const documents = parseAllDocuments(readBlock('own-secrets-cert-manager'));
      for (const document of documents) await plane.api.apply(document.toJS() as KubernetesObject);
      await waitForSecrets(roles.map((role) => `ray-${role}-tls`));
      for (const role of roles) expectToServe(role, await readSecret(`ray-${role}-tls`));
    });

    test('the cluster of the page mounts them and gets no certificates of its own', async () => {
      const objects = await expandObjects(readBlock('own-secrets-cluster'), {
        'operator-namespace': 'kuberay-operator',
      });
      expect(objects.filter(({ apiVersion }) => apiVersion.startsWith('cert-manager.io'))).toEqual([]);
      expect(JSON.stringify(objects.at(-1))).toContain('"secretName":"ray-head-tls"');
    });
  });

  test('an account without a role has no way to the keys', async () => {
    const answers = (await runBlock('who-has-keys', life.folder('data'))).trim().split('\n');
    expect(answers).toHaveLength(7);
    for (const answer of answers) expect(answer).toMatch(/: no$/);
  });

  describe('sweeping', () => {
    interface Applied {
      readonly objects: readonly KubernetesObject[];
      readonly secrets: readonly string[];
    }

    const applyGeneration = async (generation: number): Promise<Applied> => {
      const cluster = readBlock('own-secrets-cluster').replace(/^ {4}\w*ertificateSecretName: .*\n/gm, '');
      const asked = cluster.replace('enabled: true', `enabled: true\n    generation: ${generation}`);
      const printed = await expandObjects(asked, { 'operator-namespace': 'kuberay-operator' });
      const objects = printed.filter(({ apiVersion }) => apiVersion === 'cert-manager.io/v1');
      for (const object of objects) await plane.api.apply(object);
      const certificates = objects.filter(({ kind }) => kind === 'Certificate');
      const secrets = certificates.map(({ spec }) => (spec as { secretName: string }).secretName).sort();
      await waitForSecrets(secrets);
      return { objects, secrets };
    };

    /** What a GitOps tool does with objects that are no longer printed. */
    const prune = async (former: Applied, present: Applied): Promise<void> => {
      const kept = present.objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
      for (const { apiVersion, kind, metadata } of former.objects) {
        if (kept.includes(`${kind}/${metadata.name}`)) continue;
        await plane.api.remove({ apiVersion, kind, name: metadata.name, namespace });
      }
    };

    const makePod = (secretName: string): object => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'former', namespace },
      spec: {
        containers: [{ name: 'ray', image: 'ray' }],
        volumes: [{ name: 'ray-tls', secret: { secretName } }],
      },
    });

    test('takes what a raised generation has left, but what a pod still mounts', async () => {
      const former = await applyGeneration(0);
      const present = await applyGeneration(1);
      await prune(former, present);
      expect(await listSecrets()).toEqual([...former.secrets, ...present.secrets].sort());
      const [mounted = ''] = former.secrets.filter((name) => name.includes('worker'));
      await plane.api.create(makePod(mounted));
      await runBlock('sweep-secrets', life.folder('data'));
      expect(await listSecrets()).toEqual([mounted, ...present.secrets].sort());
      await plane.api.remove({ apiVersion: 'v1', kind: 'Pod', name: 'former', namespace }, { force: true });
      await runBlock('sweep-secrets', life.folder('data'));
      expect(await listSecrets()).toEqual(present.secrets);
    });
  });
});
