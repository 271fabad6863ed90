// What cert-manager made of a Certificate, held against what was asked: the Secret, its certificate, its key and its CA.
// https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec
import type { Api, KubernetesObject } from '../cluster/api.ts';
import { waitFor } from '../cluster/wait.ts';
import { findChainProblems, type KeyFile, type ReadCertificate, readCertificate, readKey } from './certificate.ts';
import { refOf } from './settled.ts';

interface CertificateSpec {
  readonly secretName: string;
  readonly secretTemplate?: { readonly labels?: Readonly<Record<string, string>> };
  readonly commonName?: string;
  readonly dnsNames?: readonly string[];
  readonly ipAddresses?: readonly string[];
  readonly isCA?: boolean;
  readonly duration: string;
  readonly renewBefore: string;
  readonly usages: readonly string[];
  readonly privateKey: { readonly algorithm: 'ECDSA' | 'RSA'; readonly size: number };
}

export interface Issued {
  readonly name: string;
  readonly spec: CertificateSpec;
  readonly secret: KubernetesObject;
  readonly certificate: ReadCertificate;
  readonly key: KeyFile;
  readonly ca: ReadCertificate;
  /** How many PEM blocks `tls.crt` and `ca.crt` have. */
  readonly blocks: readonly [number, number];
  /** How often it was issued under this Certificate. */
  readonly revision: number | undefined;
  readonly renewalTime: Date;
}

interface Status {
  readonly revision?: number;
  readonly renewalTime?: string;
  readonly conditions?: readonly {
    readonly type: string;
    readonly status: string;
    readonly observedGeneration?: number;
  }[];
}

const specOf = (certificate: KubernetesObject): CertificateSpec => certificate['spec'] as CertificateSpec;

const countBlocks = (pem: string): number => pem.split('-----BEGIN CERTIFICATE-----').length - 1;

function isReady({ metadata, status }: KubernetesObject): boolean {
  const { conditions = [] } = (status ?? {}) as Status;
  const isTrue = (type: string): boolean =>
    conditions.some(
      (one) => one.type === type && one.status === 'True' && one.observedGeneration === metadata.generation,
    );
  return isTrue('Ready') && !conditions.some(({ type, status: is }) => type === 'Issuing' && is === 'True');
}

/** Waits until a Certificate is ready as it is now, and reads what its Secret holds. */
export async function readIssued(api: Api, certificate: KubernetesObject): Promise<Issued> {
  const { name, namespace } = certificate.metadata;
  const ready = await waitFor(
    `Certificate ${namespace}/${name} to be ready`,
    async () => {
      const found = await api.read(refOf(certificate));
      return isReady(found) ? found : undefined;
    },
    { timeout: 120_000 },
  );
  const spec = specOf(ready);
  const secret = await api.read({ apiVersion: 'v1', kind: 'Secret', name: spec.secretName, namespace });
  const data = secret['data'] as Readonly<Record<string, string>>;
  const [chain, key, ca] = ['tls.crt', 'tls.key', 'ca.crt'].map((file) =>
    Buffer.from(data[file] ?? '', 'base64').toString(),
  );
  const { revision, renewalTime = '' } = ready['status'] as Status;
  return {
    name,
    spec,
    secret,
    certificate: readCertificate(chain ?? ''),
    key: readKey(key ?? ''),
    ca: readCertificate(ca ?? ''),
    blocks: [countBlocks(chain ?? ''), countBlocks(ca ?? '')],
    revision,
    renewalTime: new Date(renewalTime),
  };
}

// RFC 5280, KeyUsage and ExtKeyUsage, as cert-manager and as forge name them.
const keyUsages: Readonly<Record<string, string>> = {
  'digital signature': 'digitalSignature',
  'key encipherment': 'keyEncipherment',
  'cert sign': 'keyCertSign',
  'crl sign': 'cRLSign',
};
const extendedKeyUsages: Readonly<Record<string, string>> = {
  'server auth': 'serverAuth',
  'client auth': 'clientAuth',
};
const curves: Readonly<Record<number, string>> = { 256: 'prime256v1', 384: 'secp384r1', 521: 'secp521r1' };

const mapped = (usages: readonly string[], names: Readonly<Record<string, string>>): string[] =>
  usages.flatMap((usage) => names[usage] ?? []).sort();

/** Milliseconds of a duration as rayshield prints it: `8760h0m0s`. */
function readPrintedDuration(text: string): number {
  const [, hours = 0, minutes = 0, seconds = 0] = /^(?:(\d+)h)?(?:(\d+)m)?(\d+)s$/.exec(text) ?? [];
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
}

const describeAsked = ({ algorithm, size }: CertificateSpec['privateKey']): string =>
  algorithm === 'RSA' ? `RSA ${size}` : `EC ${curves[size]}`;

/** Where what was issued is not what was asked, one sentence each; empty where all is. */
export function findIssueFaults({ spec, secret, certificate, key, ca, blocks, renewalTime }: Issued): string[] {
  const lifetime = certificate.notAfter.getTime() - certificate.notBefore.getTime();
  const claims: readonly [claim: string, asked: unknown, found: unknown][] = [
    ['common name', spec.commonName ?? '', certificate.commonName],
    ['DNS names', spec.dnsNames ?? [], certificate.dnsNames],
    ['addresses', spec.ipAddresses ?? [], certificate.ipAddresses],
    ['names of other kinds', [], certificate.otherNames],
    ['is a CA', spec.isCA ?? false, certificate.isCA],
    ['basic constraints are critical', true, certificate.basicConstraintsAreCritical],
    ['key usages', mapped(spec.usages, keyUsages), [...certificate.keyUsages].sort()],
    ['extended key usages', mapped(spec.usages, extendedKeyUsages), [...certificate.extendedKeyUsages].sort()],
    [
      'every usage is one of the two kinds',
      spec.usages.length,
      certificate.keyUsages.length + certificate.extendedKeyUsages.length,
    ],
    ['key', describeAsked(spec.privateKey), certificate.key],
    ['key file', ['PRIVATE KEY', describeAsked(spec.privateKey)], [key.encoding, key.key]],
    ['key belongs to the certificate', true, key.belongsTo(certificate)],
    ['duration', readPrintedDuration(spec.duration), lifetime],
    ['renewal', readPrintedDuration(spec.renewBefore), certificate.notAfter.getTime() - renewalTime.getTime()],
    ['chain', [], findChainProblems(certificate, ca)],
    ['one certificate, one CA', [1, 1], blocks],
    ['labels', spec.secretTemplate?.labels, { ...secret.metadata.labels, 'controller.cert-manager.io/fao': undefined }],
    [
      'type and keys',
      ['kubernetes.io/tls', ['ca.crt', 'tls.crt', 'tls.key']],
      [secret['type'], Object.keys(secret['data'] as object).sort()],
    ],
    ['owners, with which the Secret would go', undefined, secret.metadata.ownerReferences],
  ];
  return claims.flatMap(([claim, asked, found]) =>
    JSON.stringify(asked) === JSON.stringify(found)
      ? []
      : [`${claim}: asked ${JSON.stringify(asked)}, found ${JSON.stringify(found)}`],
  );
}
