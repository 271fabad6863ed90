// The one rule that cert-manager's CRDs declare in CEL: the Venafi of an Issuer or ClusterIssuer is of one kind. It is checked
// where all kinds are.
import type { Report } from '../findings/finding.ts';
import { valueAt } from '../manifests/edit.ts';
import type { KubernetesObject } from '../manifests/manifest.ts';

const venafi = ['tpp', 'cloud', 'ngts'] as const;

/** Reports what the API server would refuse of an issuer that fits its schema. */
export function checkIssuerRules(body: KubernetesObject, report: Report): void {
  if (body.apiVersion !== 'cert-manager.io/v1' || !['Issuer', 'ClusterIssuer'].includes(body.kind)) return;
  const path = ['spec', 'venafi'];
  const value = valueAt(body, path);
  if (value === undefined || value === null) return;
  const given = venafi.filter((field) => valueAt(value, [field]) !== undefined);
  if (given.length !== 1) report('ISSUER_VENAFI', path, { given, allowed: venafi }, 'key');
}
