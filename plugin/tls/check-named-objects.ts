// Objects that tlsOptions names and the same input defines: as they stand there, they would not do. Of what the input does not
// hold nothing is said, for it may be in the cluster.
import type { FieldPath, Report } from '../findings/finding.ts';
import { valueAt } from '../manifests/edit.ts';
import type { Neighbour } from '../manifests/neighbours.ts';
import type { Settings } from '../settings/settings.ts';
import { findSharedIssuer, type TLSSpec } from './request.ts';

// The files that the TLS variables name (environment.ts).
const keys = ['tls.crt', 'tls.key', 'ca.crt'];

/** Reports Secrets and issuers of the input that are not what the owner takes them for. */
export function checkNamedObjects(spec: TLSSpec, settings: Settings, report: Report): void {
  checkSecret(spec, 'certificateSecretName', report);
  checkSecret(spec, 'workerCertificateSecretName', report);
  checkIssuer(spec, settings, report);
}

function checkSecret(
  spec: TLSSpec,
  field: 'certificateSecretName' | 'workerCertificateSecretName',
  report: Report,
): void {
  const { [field]: name, path } = spec.tls;
  if (name === undefined) return;
  const secrets = spec.neighbours('Secret').filter((one) => one.name === name && one.body.apiVersion === 'v1');
  const own = secrets.find(({ namespace }) => namespace === spec.namespace);
  const at = [...path, field];
  const [other] = secrets;
  if (own !== undefined) checkKeys(own, at, report);
  else if (other !== undefined) reportElsewhere(other, 'Secret', at, report);
}

function checkKeys({ body, name, place }: Neighbour, at: FieldPath, report: Report): void {
  const entries = ['data', 'stringData'].flatMap((field) => Object.entries(Object(valueAt(body, [field]))));
  const held = entries.filter(([, value]) => value !== null && value !== '').map(([key]) => key);
  const missing = keys.filter((key) => !held.includes(key));
  // An empty Secret with annotations is how some controllers are told which one to fill.
  const isFilledLater = held.length === 0 && Object.keys(Object(body.metadata.annotations)).length > 0;
  if (missing.length > 0 && !isFilledLater) report('TLS_SECRET_INCOMPLETE', at, { name, place, missing });
}

const reportElsewhere = ({ name, place, namespace }: Neighbour, kind: string, at: FieldPath, report: Report): void =>
  report('TLS_REFERENCE_ELSEWHERE', at, { kind, name, place, namespace });

function checkIssuer(spec: TLSSpec, settings: Settings, report: Report): void {
  const asked = findSharedIssuer(spec, settings);
  if (asked === undefined || asked.group !== 'cert-manager.io') return;
  if (asked.kind !== 'Issuer' && asked.kind !== 'ClusterIssuer') return;
  const at = [...spec.tls.path, 'issuerRef'];
  const find = (kind: 'Issuer' | 'ClusterIssuer'): readonly Neighbour[] =>
    spec
      .neighbours(kind)
      .filter(({ name, body }) => name === asked.name && body.apiVersion.startsWith('cert-manager.io/'));
  const named = find(asked.kind);
  const own = asked.kind === 'Issuer' ? named.find(({ namespace }) => namespace === spec.namespace) : named[0];
  if (own !== undefined) {
    checkSigner(own, asked.kind, at, report);
    return;
  }
  const [other] = find(asked.kind === 'Issuer' ? 'ClusterIssuer' : 'Issuer');
  const [far] = named;
  if (other !== undefined) {
    const { name, place, body } = other;
    report('TLS_ISSUER_OTHER_KIND', at, { name, place, asked: asked.kind, found: body.kind });
  } else if (far !== undefined) reportElsewhere(far, 'Issuer', at, report);
}

/** Signers whose certificates Ray's nodes could not check, or that sign no names within a cluster. */
function checkSigner({ body, name, place }: Neighbour, kind: string, at: FieldPath, report: Report): void {
  const spec = Object(body['spec']);
  const type = (['selfSigned', 'acme'] as const).find((field) => valueAt(spec, [field]) !== undefined);
  // https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.IssuerConfig
  const signs = ['ca', 'vault', 'venafi'].some((field) => valueAt(spec, [field]) !== undefined);
  if (type === undefined && !signs) report('TLS_ISSUER_UNFIT', at, { kind, name, place, type: 'none' });
  if (type !== undefined) report('TLS_ISSUER_UNFIT', at, { kind, name, place, type });
}
