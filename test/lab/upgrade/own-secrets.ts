// The Secrets that a user brings: two Certificates of a CA of the user's own, under the names that steps.ts gives.
import type { KubernetesObject } from '../cluster/api.ts';
import { namespace } from './observe.ts';

const build = (kind: string, name: string, spec: object): KubernetesObject => ({
  apiVersion: 'cert-manager.io/v1',
  kind,
  metadata: { name, namespace },
  spec,
});

const leaf = (name: string): KubernetesObject =>
  build('Certificate', name, { secretName: name, dnsNames: ['localhost'], issuerRef: { name: 'own-ca' } });

export const ownSecrets: readonly KubernetesObject[] = [
  build('Issuer', 'own-root', { selfSigned: {} }),
  build('Certificate', 'own-ca', {
    secretName: 'own-ca',
    isCA: true,
    commonName: 'own',
    issuerRef: { name: 'own-root' },
  }),
  build('Issuer', 'own-ca', { ca: { secretName: 'own-ca' } }),
  leaf('own-head'),
  leaf('own-worker'),
];
