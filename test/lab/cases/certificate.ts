// A certificate as a relying party sees it (RFC 5280). node:crypto has the key, the signature and the dates; node-forge reads the
// extensions, which node:crypto shows only in part. forge itself knows RSA keys alone, so it never gets to see the key.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import forge from 'node-forge';

export interface ReadCertificate {
  /** Hexadecimal. */
  readonly serialNumber: string;
  readonly commonName: string;
  readonly dnsNames: readonly string[];
  /** In their shortest form. */
  readonly ipAddresses: readonly string[];
  /** Kinds of subject alternative names beside those two, by their number in RFC 5280, GeneralName. */
  readonly otherNames: readonly number[];
  readonly isCA: boolean;
  readonly basicConstraintsAreCritical: boolean;
  /** As forge names them, in the order of RFC 5280. */
  readonly keyUsages: readonly string[];
  readonly extendedKeyUsages: readonly string[];
  /** `EC prime256v1`, `RSA 2048`. */
  readonly key: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly x509: X509Certificate;
}

interface Extension {
  readonly name?: string;
  readonly critical: boolean;
  readonly altNames?: readonly { readonly type: number; readonly value: string; readonly ip?: string }[];
  readonly [usage: string]: unknown;
}

// Public functions of forge that its types leave out.
const { certificateExtensionsFromAsn1 } = forge.pki as unknown as {
  certificateExtensionsFromAsn1: (asn1: forge.asn1.Asn1) => Extension[];
};

// RFC 5280, TBSCertificate: extensions [3].
const extensionsTag = 3;
const dnsName = 2;
const ipAddress = 7;

const childrenOf = (asn1: forge.asn1.Asn1): forge.asn1.Asn1[] => (Array.isArray(asn1.value) ? asn1.value : []);

function readExtensions(der: Buffer): ReadonlyMap<string, Extension> {
  const [toBeSigned] = childrenOf(forge.asn1.fromDer(der.toString('binary')));
  const holder =
    toBeSigned && childrenOf(toBeSigned).find(({ type, tagClass }) => tagClass === 0x80 && type === extensionsTag);
  const extensions = holder === undefined ? [] : certificateExtensionsFromAsn1(holder);
  return new Map(extensions.map((extension) => [extension.name ?? '', extension]));
}

const usagesOf = (extension: Extension | undefined): string[] =>
  Object.entries(extension ?? {}).flatMap(([name, value]) => (value === true && name !== 'critical' ? [name] : []));

/** One spelling for each address: `::1` and `0:0:0:0:0:0:0:1` are the same. */
const shortest = (address: string): string =>
  address.includes(':') ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;

/** `EC prime256v1` or `RSA 2048`, of a public or private key. */
const describeKey = ({
  asymmetricKeyType: type,
  asymmetricKeyDetails: details,
}: X509Certificate['publicKey']): string =>
  type === 'ec' ? `EC ${details?.namedCurve}` : `${type?.toUpperCase()} ${details?.modulusLength}`;

/** Reads one certificate in PEM. */
export function readCertificate(pem: string): ReadCertificate {
  const x509 = new X509Certificate(pem);
  const extensions = readExtensions(x509.raw);
  const names = extensions.get('subjectAltName')?.altNames ?? [];
  const constraints = extensions.get('basicConstraints');
  return {
    serialNumber: x509.serialNumber,
    commonName: /^CN=(.*)$/m.exec(x509.subject ?? '')?.[1] ?? '',
    dnsNames: names.filter(({ type }) => type === dnsName).map(({ value }) => value),
    ipAddresses: names.filter(({ type }) => type === ipAddress).map(({ ip }) => shortest(ip ?? '')),
    otherNames: names.map(({ type }) => type).filter((type) => type !== dnsName && type !== ipAddress),
    isCA: constraints?.['cA'] === true,
    basicConstraintsAreCritical: constraints?.critical === true,
    keyUsages: usagesOf(extensions.get('keyUsage')),
    extendedKeyUsages: usagesOf(extensions.get('extKeyUsage')),
    key: describeKey(x509.publicKey),
    notBefore: new Date(x509.validFrom),
    notAfter: new Date(x509.validTo),
    x509,
  };
}

/** Why `certificate` would not be taken by who trusts `ca` alone; empty where it would. */
export function findChainProblems(certificate: ReadCertificate, ca: ReadCertificate): string[] {
  const problems = {
    'the CA is none': !ca.isCA,
    'the CA may not sign certificates': !ca.keyUsages.includes('keyCertSign'),
    'the issuer has another name or key identifier': !certificate.x509.checkIssued(ca.x509),
    'the signature is of another key': !certificate.x509.verify(ca.x509.publicKey),
    'it begins before its CA': certificate.notBefore < ca.notBefore,
    'it ends after its CA': certificate.notAfter > ca.notAfter,
  };
  return Object.entries(problems).flatMap(([problem, isSo]) => (isSo ? [problem] : []));
}

export interface KeyFile {
  /** The label of its PEM block: `PRIVATE KEY` is PKCS#8 (RFC 7468). */
  readonly encoding: string;
  /** As in {@link ReadCertificate}. */
  readonly key: string;
  readonly belongsTo: (certificate: ReadCertificate) => boolean;
}

/** Reads a private key in PEM. */
export function readKey(pem: string): KeyFile {
  const key = createPrivateKey(pem);
  return {
    encoding: /^-----BEGIN ([A-Z ]+)-----/.exec(pem)?.[1] ?? '',
    key: describeKey(key),
    belongsTo: ({ x509 }) => x509.checkPrivateKey(key),
  };
}
