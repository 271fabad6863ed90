// cert-manager: its definitions, its controllers and its webhook in one process (../go/control-plane/cert-manager).
// The webhook is configured as its chart does it, with the address in place of a Service.
import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { join } from 'node:path';
import { installDefinitions, readDefinitions } from '../cluster/crds.ts';
import { waitFor } from '../cluster/wait.ts';
import { folderOfPart, pathOfBinary } from '../parts/binary.ts';
import { type ControlPlane, makeNamespace } from './control-plane.ts';
import type { Life } from './life.ts';
import { findFreePort, startServer } from './server.ts';

/** Where a ClusterIssuer looks for its Secret, cert-manager's own default. */
export const clusterResourceNamespace = 'cert-manager';

function isHealthy(port: number, ca: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: '/healthz', ca }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).on('error', reject);
  });
}

const webhook = (plane: ControlPlane, path: string, port: number): object => ({
  name: 'webhook.cert-manager.io',
  admissionReviewVersions: ['v1'],
  clientConfig: {
    url: `https://127.0.0.1:${port}/${path}`,
    caBundle: readFileSync(plane.certificates.caFile).toString('base64'),
  },
  failurePolicy: 'Fail',
  sideEffects: 'None',
  matchPolicy: 'Equivalent',
});

async function configureWebhook(plane: ControlPlane, port: number): Promise<void> {
  const metadata = { name: 'cert-manager-webhook' };
  const rule = { apiGroups: ['cert-manager.io'], apiVersions: ['v1'] };
  await plane.api.apply({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata,
    webhooks: [
      {
        ...webhook(plane, 'validate', port),
        rules: [{ ...rule, operations: ['CREATE', 'UPDATE'], resources: ['*/*'] }],
      },
    ],
  });
  await plane.api.apply({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata,
    webhooks: [
      {
        ...webhook(plane, 'mutate', port),
        rules: [{ ...rule, operations: ['CREATE'], resources: ['certificaterequests'] }],
      },
    ],
  });
}

/** A Certificate without a name or SAN: cert-manager's webhook refuses it, and nothing else does. */
const refusedCertificate = {
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: { name: 'no-name', namespace: 'default' },
  spec: { secretName: 'none', issuerRef: { name: 'none' } },
};

/** Starts cert-manager; ready when its webhook refuses what it should. Ended with `life`. */
export async function startCertManager(life: Life, plane: ControlPlane): Promise<void> {
  await installDefinitions(plane.api, readDefinitions(join(folderOfPart('control-plane'), 'crds')));
  await makeNamespace(plane.api, clusterResourceNamespace);
  const port = await findFreePort();
  await startServer(life, {
    name: 'cert-manager',
    file: pathOfBinary('control-plane', 'cert-manager'),
    args: [
      `--kubeconfig=${plane.kubeconfig}`,
      `--webhook-address=127.0.0.1:${port}`,
      `--tls-cert-file=${plane.certificates.servingCertificateFile}`,
      `--tls-private-key-file=${plane.certificates.servingKeyFile}`,
      `--cluster-resource-namespace=${clusterResourceNamespace}`,
    ],
    isReady: () => isHealthy(port, plane.certificates.ca),
  });
  await configureWebhook(plane, port);
  await waitFor("cert-manager's webhook to be asked", () =>
    plane.api.apply(refusedCertificate, { dryRun: true }).then(
      () => undefined,
      (failure: Error) => failure.message.includes('webhook.cert-manager.io') || undefined,
    ),
  );
}
