// Names of objects that tlsOptions refers to: a name that no object can have would leave pods waiting for ever.
// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
import type { FieldPath, Report } from '../findings/finding.ts';
import { isDnsName } from '../settings/dns-name.ts';
import type { TLSSpec } from './request.ts';

export function checkReferences({ tls }: TLSSpec, report: Report): void {
  const references: readonly (readonly [FieldPath, string | undefined])[] = [
    [['certificateSecretName'], tls.certificateSecretName],
    [['workerCertificateSecretName'], tls.workerCertificateSecretName],
    [['issuerRef', 'name'], tls.issuerRef?.name],
  ];
  for (const [path, name] of references) {
    if (name !== undefined && !isDnsName(name)) {
      report('TLS_REFERENCE_INVALID', [...tls.path, ...path], { field: path.join('.') });
    }
  }
}
