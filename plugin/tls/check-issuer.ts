// Who signs: whether cert-manager is there at all, and what it means to share an issuer with others.
import type { Report } from '../findings/finding.ts';
import type { Settings } from '../settings/settings.ts';
import { buildNamespaceWildcard } from './dns-names.ts';
import { findSharedIssuer, type TLSSpec } from './request.ts';

export function checkIssuer(spec: TLSSpec, settings: Settings, report: Report): void {
  const { path } = spec.tls;
  if (lacksCertManager(settings)) report('TLS_CERT_MANAGER_MISSING', path, {});
  const issuer = findSharedIssuer(spec, settings)?.name;
  if (issuer === undefined) return;
  const at = [...path, 'issuerRef'];
  report('TLS_SHARED_ISSUER', at, { issuer });
  for (const wildcard of buildNamespaceWildcard(spec, settings)) {
    // KubeRay refuses a RayService with a head Service name of the user's.
    report('TLS_SHARED_ISSUER_WILDCARD', at, { issuer, wildcard, canFix: spec.kind !== 'RayService' });
  }
}

/** Argo CD lists `group/version` and `group/version/Kind`; an empty list means that nobody told. */
const lacksCertManager = ({ kubeApiVersions }: Settings): boolean =>
  kubeApiVersions.length > 0 && !kubeApiVersions.some((version) => /^cert-manager\.io\/v1(\/|$)/.test(version));
