// What cert-manager was asked to sign, and how a certificate is renewed before its time.
import { waitFor } from '../cluster/wait.ts';
import { readCredentials } from './core-cluster.ts';
import { type RayLab, rayNamespace } from './lab.ts';

/** The names of all CertificateRequests: one for each certificate, ever, as long as nothing is renewed. */
export const listRequests = async ({ api }: RayLab): Promise<string[]> => {
  const kind = { apiVersion: 'cert-manager.io/v1', kind: 'CertificateRequest', namespace: rayNamespace };
  return (await api.list(kind)).map(({ metadata }) => metadata.name).sort();
};

/** Has cert-manager issue a certificate again, with a new key: its Secret is gone, so it makes another. Gives the new one in PEM. */
export async function renew(lab: RayLab, secretName: string): Promise<string> {
  const { cert } = await readCredentials(lab, secretName);
  await lab.api.remove({ apiVersion: 'v1', kind: 'Secret', name: secretName, namespace: rayNamespace });
  return waitFor(`a new certificate in ${secretName}`, async () => {
    const renewed = await readCredentials(lab, secretName);
    return renewed.cert !== '' && renewed.cert !== cert ? renewed.cert : undefined;
  });
}
