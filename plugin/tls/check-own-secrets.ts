// The user's own Secrets: they replace everything that makes certificates, so nothing of that may stand beside them.
import type { Report } from '../findings/finding.ts';
import type { TLSSpec } from './request.ts';

const makers = ['issuerRef', 'duration', 'renewBefore', 'privateKey', 'extraDnsNames', 'clients'] as const;

export function checkOwnSecrets({ tls }: TLSSpec, report: Report): void {
  for (const field of makers) {
    if (tls[field] !== undefined) report('TLS_OWN_SECRET_CONFLICT', [...tls.path, field], { field }, 'key');
  }
  const { certificateSecretName: head, workerCertificateSecretName: worker = head } = tls;
  if (head === undefined) report('TLS_WORKER_SECRET_ALONE', [...tls.path, 'workerCertificateSecretName'], {}, 'key');
  else if (head === worker) report('TLS_ONE_SECRET', [...tls.path, 'certificateSecretName'], {});
}
