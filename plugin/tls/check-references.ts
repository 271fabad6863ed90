// Names of objects that tlsOptions refers to: a name that no object can have would leave pods waiting for ever.
// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
import type { FieldPath, Report } from '../findings/finding.ts';
import { sortByNearness } from '../findings/nearest.ts';
import { isDnsName } from '../settings/dns-name.ts';
import type { Settings } from '../settings/settings.ts';
import { findSharedIssuer, type TLSSpec } from './request.ts';

// The name of a Service: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#rfc-1035-label-names
const dns1035 = /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const issuerKinds = ['Issuer', 'ClusterIssuer'];

/** Reports names that no object of their kind can have; the head Service's also goes into certificates and addresses. */
export function checkReferences(spec: TLSSpec, settings: Settings, report: Report): void {
  const { tls } = spec;
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
  const service = spec.cluster.headGroupSpec.headService?.metadata?.name;
  if (service !== undefined && !dns1035.test(service)) {
    report('TLS_HEAD_SERVICE_INVALID', [...spec.path, 'headGroupSpec', 'headService', 'metadata', 'name'], {});
  }
  const issuer = findSharedIssuer(spec, settings);
  if (issuer?.group === 'cert-manager.io' && !issuerKinds.includes(issuer.kind)) {
    report('TLS_ISSUER_KIND', [...tls.path, 'issuerRef', 'kind'], { kinds: sortByNearness(issuer.kind, issuerKinds) });
  }
}
