// The Certificates of an owner: its CA, one leaf for the head, one for all workers, one for each client.
// https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec
import type { KubernetesObject } from '../manifests/manifest.ts';
import { generatedLabels } from '../ray/labels.ts';
import { baseName, fitName } from '../ray/names.ts';
import type { PodGroup, RaySpec } from '../ray/spec.ts';
import type { Settings } from '../settings/settings.ts';
import { buildCertManagerObject } from './cert-manager-object.ts';
import { buildDnsNames, loopbackAddresses } from './dns-names.ts';
import { printDuration } from './duration.ts';
import { authorityIssuerRef, selfSignedIssuerRef } from './issuers.ts';
import { authorityLifetime, type Lifetime, resolveLifetime } from './lifetime.ts';
import { resolvePrivateKey } from './private-key.ts';
import { findSharedIssuer, type TLSSpec } from './request.ts';

/**
 * The spec of the CA's Certificate without its secretName, which is made of it. Its key never changes: leaves of before and
 * after a renewal trust each other.
 */
export const describeAuthority = (spec: RaySpec): object => ({
  ...describeSubject(spec, 'ca'),
  isCA: true,
  ...printLifetime(authorityLifetime),
  usages: ['cert sign', 'crl sign', 'digital signature'],
  privateKey: { algorithm: 'ECDSA', size: 256, encoding: 'PKCS8', rotationPolicy: 'Never' },
  issuerRef: selfSignedIssuerRef(spec),
});

export const buildAuthorityCertificate = (spec: RaySpec, settings: Settings, secretName: string): KubernetesObject =>
  buildCertManagerObject(
    spec,
    settings,
    { kind: 'Certificate', part: 'ca' },
    { secretName, ...describeAuthority(spec) },
  );

/** The leaf of the head or of all workers: every pod of Ray is server and client at once. */
export const buildNodeCertificate = (
  spec: TLSSpec,
  settings: Settings,
  role: PodGroup['role'],
  secretName: string,
): KubernetesObject =>
  buildCertManagerObject(
    spec,
    settings,
    { kind: 'Certificate', part: role },
    {
      secretName,
      ...describeSubject(spec, role),
      dnsNames: buildDnsNames(spec, settings, role),
      ipAddresses: loopbackAddresses,
      ...describeLeaf(spec, settings, ['server auth', 'client auth']),
    },
  );

/** A leaf that can dial the cluster and be dialled by nobody: it has no name but its common name. */
export function buildClientCertificate(
  spec: TLSSpec,
  settings: Settings,
  client: string,
  secretName: string,
): KubernetesObject {
  const part = `client-${client}`;
  const body = { secretName, ...describeSubject(spec, part), ...describeLeaf(spec, settings, ['client auth']) };
  return buildCertManagerObject(spec, settings, { kind: 'Certificate', part }, body);
}

const describeSubject = (spec: RaySpec, part: string): object => ({
  secretTemplate: { labels: generatedLabels(spec, 'tls') },
  commonName: fitName(`${baseName(spec)}-${part}`, 64),
});

// PKCS8, since cert-manager's default encoding for ECDSA is SEC1 (docs/design.md, Observed).
const describeLeaf = (spec: TLSSpec, settings: Settings, extendedUsages: readonly string[]): object => ({
  ...printLifetime(resolveLifetime(spec.tls, settings)),
  usages: ['digital signature', 'key encipherment', ...extendedUsages],
  privateKey: { ...resolvePrivateKey(spec.tls, settings), encoding: 'PKCS8', rotationPolicy: 'Always' },
  issuerRef: findSharedIssuer(spec, settings) ?? authorityIssuerRef(spec),
});

const printLifetime = ({ duration, renewBefore }: Lifetime): object => ({
  duration: printDuration(duration),
  renewBefore: printDuration(renewBefore),
});
